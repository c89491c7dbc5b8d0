package io.autodump.cli.config;

import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.internal.IoReason;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/** Writes a configuration to start from. Never replaces a file. */
public final class StartingPoint {
    private static final String SECRETS = "secrets";
    private static final String EXAMPLE = "example.json";

    private StartingPoint() {}

    /** The commented configuration. */
    public static String configuration() {
        return resource(Configuration.FILE_NAME);
    }

    /**
     * Writes {@code autodump.yaml}, and an example secret unless secrets exist. Only its owner can read the secret.
     *
     * @return the files that were written
     * @throws AutoDumpException {@code INVALID_ARGUMENT} if a configuration exists; nothing is written then
     */
    public static List<Path> write(Path folder) {
        Path configuration = folder.resolve(Configuration.FILE_NAME);
        if (Files.exists(configuration)) {
            throw new AutoDumpException(
                    ErrorCode.INVALID_ARGUMENT,
                    configuration + " already exists; nothing was written",
                    "change that file, or use another folder: autodump init FOLDER");
        }
        List<Path> written = new ArrayList<>();
        try {
            Files.createDirectories(folder);
            Path secrets = folder.resolve(SECRETS);
            if (!Files.exists(secrets)) {
                Files.createDirectory(secrets, onlyForTheOwner("rwx------"));
                written.add(create(secrets.resolve(EXAMPLE), resource(EXAMPLE), onlyForTheOwner("rw-------")));
            }
            written.add(0, create(configuration, configuration()));
            return written;
        } catch (IOException failed) {
            throw new AutoDumpException(
                    ErrorCode.INVALID_ARGUMENT,
                    "couldn't write to " + folder + ": " + IoReason.of(failed),
                    "use a folder that you can write to: autodump init FOLDER",
                    failed);
        }
    }

    private static Path create(Path file, String text, FileAttribute<?>... attributes) throws IOException {
        Files.createFile(file, attributes);
        return Files.writeString(file, text, StandardOpenOption.TRUNCATE_EXISTING);
    }

    private static FileAttribute<?>[] onlyForTheOwner(String permissions) {
        boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    private static String resource(String name) {
        try (InputStream in = StartingPoint.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new AssertionError("missing in the jar: " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}

package io.autodump.postgres.part;

import io.autodump.core.database.TlsMode;
import io.autodump.core.dump.Checksum;
import io.autodump.core.dump.DumpFileType;
import io.autodump.core.dump.DumpKey;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.dump.DumpSettings;
import io.autodump.core.dump.SourceReport;
import io.autodump.core.dump.StoredFile;
import io.autodump.core.port.DumpUpload;
import io.autodump.core.port.PreparedDump.PartSink;
import io.autodump.core.restore.StoredParts;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** The parts of one dump, in memory. */
final class MemoryParts implements PartSink, StoredParts {
    private static final Instant WHEN = Instant.parse("2026-11-22T08:00:00Z");

    private final Map<String, byte[]> stored = new ConcurrentHashMap<>();
    private final Set<String> open = ConcurrentHashMap.newKeySet();
    private final Consumer<String> onWrite;

    MemoryParts() {
        this(name -> {});
    }

    /** Does something with the name of a part whenever bytes of it come. */
    MemoryParts(Consumer<String> onWrite) {
        this.onWrite = onWrite;
    }

    /** The parts that are begun and neither committed nor closed. */
    Set<String> open() {
        return open;
    }

    void put(String name, byte[] bytes) {
        stored.put(name, bytes);
    }

    byte[] get(String name) {
        return Objects.requireNonNull(stored.get(name)).clone();
    }

    @Override
    public InputStream open(String name) {
        return new ByteArrayInputStream(Objects.requireNonNull(stored.get(name)));
    }

    @Override
    public DumpUpload part(String name) {
        if (stored.containsKey(name) || !open.add(name)) {
            throw new IllegalStateException(name + " is there");
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        return new DumpUpload() {
            @Override
            public void write(byte[] buffer, int offset, int length) {
                onWrite.accept(name);
                bytes.write(buffer, offset, length);
            }

            @Override
            public StoredFile commit() {
                byte[] all = bytes.toByteArray();
                stored.put(name, all);
                return new StoredFile(
                        all.length, Checksum.ofSha256(Checksum.newSha256().digest(all)));
            }

            @Override
            public void close() {
                open.remove(name);
            }
        };
    }

    /** As a store's folder would have them. */
    void writeTo(Path folder) {
        stored.forEach((name, bytes) -> {
            try {
                Path file = folder.resolve(name);
                Files.createDirectories(Optional.ofNullable(file.getParent()).orElse(folder));
                Files.write(file, bytes);
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        });
    }

    static DumpManifest manifest(SourceReport report, DumpFileType fileType, DumpSettings settings) {
        return report.parts()
                .describe(DumpManifest.builder())
                .key(DumpKey.of(Optional.empty(), "test", "test", WHEN, fileType.extension()))
                .secretName("test")
                .database("test")
                .engine("postgres")
                .scheduledAt(WHEN)
                .startedAt(WHEN)
                .finishedAt(WHEN)
                .serverVersion(report.serverVersion())
                .clientVersion(report.clientVersion())
                .tls(TlsMode.DISABLE)
                .replica(false)
                .fileType(fileType)
                .settings(settings)
                .archiveEntries(report.archiveEntries())
                .roles(report.roles())
                .databaseProperties(report.databaseProperties())
                .serverNeeds(report.serverNeeds())
                .tables(report.tables())
                .toolVersion("test")
                .build();
    }
}

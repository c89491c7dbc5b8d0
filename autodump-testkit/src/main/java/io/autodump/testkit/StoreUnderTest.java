package io.autodump.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.autodump.core.database.TlsMode;
import io.autodump.core.dump.Checksum;
import io.autodump.core.dump.Compression;
import io.autodump.core.dump.DumpFileType;
import io.autodump.core.dump.DumpFormat;
import io.autodump.core.dump.DumpKey;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.dump.DumpSettings;
import io.autodump.core.port.DumpStore;
import io.autodump.core.port.DumpUpload;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A store under test, and dumps to put into it. */
public abstract class StoreUnderTest {
    static final Instant WHEN = Instant.parse("2026-11-22T08:00:00Z");
    static final DumpKey KEY = key("orders", WHEN);
    static final byte[] BYTES = "a dump, whole from end to end".getBytes(UTF_8);

    StoreUnderTest() {}

    /** The store under test; empty when a test begins, and the same one during a test. */
    protected abstract DumpStore store();

    List<DumpKey> keys() {
        try (Stream<DumpKey> keys = store().list()) {
            return keys.toList();
        }
    }

    byte[] read(DumpKey key) throws IOException {
        try (InputStream stored = store().open(key)) {
            return stored.readAllBytes();
        }
    }

    DumpManifest dump(DumpKey key, byte[] bytes) {
        upload(key, bytes);
        DumpManifest manifest = manifest(key, bytes).build();
        store().publish(manifest);
        return manifest;
    }

    /** What another attempt would write: as many, and hardly any others. */
    static byte[] otherBytes() {
        byte[] other = BYTES.clone();
        other[0]++;
        return other;
    }

    void upload(DumpKey key, byte[] bytes) {
        try (DumpUpload upload = store().begin(key)) {
            upload.write(bytes, 0, bytes.length);
            upload.commit();
        }
    }

    static DumpManifest.Builder manifest(DumpKey key, byte[] bytes) {
        return DumpManifest.builder()
                .key(key)
                .secretName("orders")
                .database("shop")
                .engine("postgres")
                .scheduledAt(WHEN)
                .startedAt(WHEN.plusSeconds(2))
                .finishedAt(WHEN.plusSeconds(60))
                .serverVersion("15.18")
                .clientVersion("15.18")
                .tls(TlsMode.VERIFY_FULL)
                .replica(false)
                .fileType(new DumpFileType(DumpFormat.CUSTOM, Compression.DEFAULT))
                .settings(DumpSettings.defaults())
                .sourceBytes(2L * bytes.length)
                .storedBytes(bytes.length)
                .checksum(checksum(bytes))
                .archiveEntries(42)
                .toolVersion("test");
    }

    static DumpKey key(String secret, Instant when) {
        return DumpKey.of(Optional.empty(), secret, "shop", when, ".dump.zst");
    }

    static Checksum checksum(byte[] bytes) {
        return Checksum.ofSha256(Checksum.newSha256().digest(bytes));
    }
}

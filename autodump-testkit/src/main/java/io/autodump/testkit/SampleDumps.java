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
import java.time.Instant;
import java.util.Optional;

/** Some bytes that the contracts store as a dump. */
final class SampleDumps {
    static final Instant WHEN = Instant.parse("2026-11-22T08:00:00Z");
    static final DumpKey KEY = key("orders");
    static final byte[] BYTES = "a dump, whole from end to end".getBytes(UTF_8);

    private SampleDumps() {}

    static DumpKey key(String secretName) {
        return key(secretName, WHEN);
    }

    static DumpKey key(String secretName, Instant when) {
        return DumpKey.of(Optional.empty(), secretName, "shop", when, ".dump.zst");
    }

    static DumpManifest publish(DumpStore store, DumpKey key) {
        upload(store, key);
        DumpManifest manifest = manifest(key);
        store.publish(manifest);
        return manifest;
    }

    static void upload(DumpStore store, DumpKey key) {
        upload(store, key, BYTES);
    }

    static void upload(DumpStore store, DumpKey key, byte[] bytes) {
        try (DumpUpload upload = store.begin(key)) {
            upload.write(bytes, 0, bytes.length);
            upload.commit();
        }
    }

    static DumpManifest manifest(DumpKey key) {
        return manifest(key, BYTES).build();
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

    static Checksum checksum(byte[] bytes) {
        return Checksum.ofSha256(Checksum.newSha256().digest(bytes));
    }
}

package io.autodump.cli;

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
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/** A whole dump of the database {@code shop} of the secret {@code orders}, whose bytes are no archive. */
final class SampleDump {
    private static final byte[] BYTES = "a dump".getBytes(StandardCharsets.UTF_8);

    private SampleDump() {}

    /** Puts it into a store, as scheduled for an instant. */
    static DumpKey publish(DumpStore store, Instant at) {
        DumpKey key = DumpKey.of(Optional.empty(), "orders", "shop", at, ".dump.zst");
        try (DumpUpload upload = store.begin(key)) {
            upload.write(BYTES, 0, BYTES.length);
            upload.commit();
        }
        store.publish(DumpManifest.builder()
                .key(key)
                .secretName("orders")
                .database("shop")
                .engine("postgres")
                .scheduledAt(at)
                .startedAt(at)
                .finishedAt(at.plusSeconds(60))
                .serverVersion("15.18")
                .clientVersion("15.18")
                .tls(TlsMode.VERIFY_FULL)
                .replica(false)
                .fileType(new DumpFileType(DumpFormat.CUSTOM, Compression.DEFAULT))
                .settings(DumpSettings.defaults())
                .sourceBytes(2L * BYTES.length)
                .storedBytes(BYTES.length)
                .checksum(Checksum.ofSha256(Checksum.newSha256().digest(BYTES)))
                .archiveEntries(42)
                .toolVersion("test")
                .build());
        return key;
    }
}

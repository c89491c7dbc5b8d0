package io.autodump.core.usecase;

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

/** Manifests of dumps with few properties. */
public final class Manifests {
    private Manifests() {}

    public static DumpManifest.Builder of(String secretName, String scheduledAt) {
        Instant at = Instant.parse(scheduledAt);
        return DumpManifest.builder()
                .key(DumpKey.of(Optional.empty(), secretName, "shop", at, ".dump.zst"))
                .secretName(secretName)
                .database("shop")
                .engine("postgres")
                .scheduledAt(at)
                .startedAt(at)
                .finishedAt(at.plusSeconds(60))
                .serverVersion("15.18")
                .clientVersion("15.18")
                .tls(TlsMode.DISABLE)
                .replica(false)
                .fileType(new DumpFileType(DumpFormat.CUSTOM, Compression.DEFAULT))
                .settings(DumpSettings.defaults())
                .sourceBytes(4)
                .storedBytes(4)
                .checksum(Checksum.ofSha256(Checksum.newSha256().digest(new byte[4])))
                .toolVersion("test");
    }

    /** Puts a dump of four bytes into a store. */
    public static DumpManifest publish(DumpStore store, DumpManifest manifest) {
        try (DumpUpload upload = store.begin(manifest.key())) {
            upload.write(new byte[4], 0, 4);
            upload.commit();
        }
        store.publish(manifest);
        return manifest;
    }
}

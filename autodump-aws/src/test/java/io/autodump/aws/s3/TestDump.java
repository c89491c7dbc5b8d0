package io.autodump.aws.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.autodump.aws.s3.request.S3Limits;
import io.autodump.core.database.TlsMode;
import io.autodump.core.dump.Checksum;
import io.autodump.core.dump.Compression;
import io.autodump.core.dump.DumpFileType;
import io.autodump.core.dump.DumpFormat;
import io.autodump.core.dump.DumpKey;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.dump.DumpPart;
import io.autodump.core.dump.DumpParts;
import io.autodump.core.dump.DumpSettings;
import io.autodump.core.port.DumpStore;
import io.autodump.core.port.DumpUpload;
import io.autodump.core.port.PartsUpload;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** A dump of three parts: two of the smallest size and a rest. */
public final class TestDump {
    static final Instant WHEN = Instant.parse("2026-11-22T08:00:00Z");
    static final DumpKey KEY = DumpKey.of(Optional.empty(), "orders", "shop", WHEN, ".dump.zst");
    static final int PARTS = 3;
    private static final int BUFFER = 1_000_003;
    private static final byte[] BYTES = random();

    private TestDump() {}

    static byte[] bytes() {
        return BYTES.clone();
    }

    /** As the use case does it. */
    static void make(DumpStore store) {
        try (DumpUpload upload = store.begin(KEY)) {
            write(upload, BYTES);
            upload.commit();
        }
        store.publish(manifest());
    }

    static void commit(DumpStore store, byte[] bytes) {
        try (DumpUpload upload = store.begin(KEY)) {
            write(upload, bytes);
            upload.commit();
        }
    }

    static void write(DumpUpload upload, byte[] bytes) {
        for (int from = 0; from < bytes.length; from += BUFFER) {
            upload.write(bytes, from, Math.min(BUFFER, bytes.length - from));
        }
    }

    static DumpManifest manifest() {
        return manifest(BYTES).build();
    }

    static DumpManifest.Builder manifest(byte[] bytes) {
        return DumpManifest.builder()
                .key(KEY)
                .secretName("orders")
                .database("shop")
                .engine("postgres")
                .scheduledAt(WHEN)
                .startedAt(WHEN)
                .finishedAt(WHEN.plusSeconds(60))
                .serverVersion("15.18")
                .clientVersion("15.18")
                .tls(TlsMode.VERIFY_FULL)
                .replica(false)
                .fileType(new DumpFileType(DumpFormat.CUSTOM, Compression.DEFAULT))
                .settings(DumpSettings.defaults())
                .sourceBytes(bytes.length)
                .storedBytes(bytes.length)
                .checksum(checksum(bytes))
                .toolVersion("test");
    }

    static Checksum checksum(byte[] bytes) {
        return Checksum.ofSha256(Checksum.newSha256().digest(bytes));
    }

    private static byte[] random() {
        byte[] bytes = new byte[(int) (2 * S3Limits.MIN_PART) + 12_345];
        new Random(11).nextBytes(bytes);
        return bytes;
    }

    /** Commits a dump of parts of these names; each has its name as its bytes. */
    static DumpManifest commitParts(DumpStore store, String... names) {
        List<DumpPart> parts = new ArrayList<>();
        try (PartsUpload upload = store.beginParts(KEY, 1)) {
            for (String name : names) {
                parts.add(part(upload, name));
            }
            upload.commit();
        }
        return new DumpParts(parts, List.of()).describe(manifest(BYTES)).build();
    }

    static DumpPart part(PartsUpload upload, String name) {
        byte[] bytes = name.getBytes(UTF_8);
        DumpPart.Builder part = DumpPart.builder()
                .name(name)
                .sourceBytes(bytes.length)
                .compression(Compression.DEFAULT)
                .table(Optional.of("public.t").filter(table -> name.startsWith("data/")));
        try (DumpUpload file = upload.part(name)) {
            file.write(bytes, 0, bytes.length);
            return part.stored(file.commit()).build();
        }
    }
}

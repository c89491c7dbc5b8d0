package io.autodump.aws.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.autodump.aws.AwsClients;
import io.autodump.aws.S3Kind;
import io.autodump.aws.s3.request.S3Limits;
import io.autodump.core.AutoDump;
import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.database.Password;
import io.autodump.core.database.TlsMode;
import io.autodump.core.dump.Checksum;
import io.autodump.core.dump.Compression;
import io.autodump.core.dump.DumpFileType;
import io.autodump.core.dump.DumpFormat;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.dump.RestoreOptions;
import io.autodump.core.dump.RestoreReport;
import io.autodump.core.dump.SourceReport;
import io.autodump.core.port.DumpProgress;
import io.autodump.core.port.DumpRestorer;
import io.autodump.core.port.PreparedDump;
import io.autodump.core.testing.FakeArchiveInspector;
import io.autodump.testkit.aws.S3Rules;
import io.autodump.testkit.aws.StrictS3;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.DigestOutputStream;
import java.time.Duration;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A dump of 12 GB is made in, read from and restored out of stores with the rules of other vendors. */
@EnabledIfSystemProperty(named = "autodump.test.large", matches = "true", disabledReason = "make test-large runs it")
class TwelveGigabytesTest {
    /** {@code -Dautodump.test.bytes} tries the test itself with fewer. */
    private static final long BYTES = Long.getLong("autodump.test.bytes", 12_000_000_000L);

    private static final RestoreOptions NEW =
            RestoreOptions.builder().create(true).build();
    private static final DatabaseSecret DATABASE = DatabaseSecret.builder()
            .username("app")
            .password(Password.of("hunter2"))
            .host("localhost")
            .database("shop")
            .build();

    /** {@code -Dautodump.test.stores} chooses those whose names hold this text. */
    static Stream<Arguments> kinds() {
        String chosen = System.getProperty("autodump.test.stores", "");
        return allKinds().filter(kind -> String.valueOf(kind.get()[0]).contains(chosen));
    }

    private static Stream<Arguments> allKinds() {
        return Stream.of(
                Arguments.of("R2", S3Rules.r2(), S3Kind.R2, 10_000),
                Arguments.of("GCS", S3Rules.gcs(), S3Kind.GCS, 10_000),
                Arguments.of("B2", S3Rules.b2(), S3Kind.B2, 10_000),
                Arguments.of("Ceph", S3Rules.ceph(), S3Kind.CEPH, 10_000),
                Arguments.of("1,000 parts", S3Rules.thousandParts(), S3Kind.AWS, 1000),
                Arguments.of("Ceph with 1,000 parts", S3Rules.ceph().maxParts(1000), S3Kind.CEPH, 1000));
    }

    @Timeout(value = 30, unit = TimeUnit.MINUTES)
    @ParameterizedTest(name = "{0}")
    @MethodSource("kinds")
    void isMadeVerifiedAndRestored(String name, S3Rules rules, S3Kind kind, int maxParts) {
        try (StrictS3 server = StrictS3.start(rules);
                AwsClients clients = AwsClients.builder()
                        .region(rules.region().orElse("eu-central-1"))
                        .credentials("test", "test")
                        .s3Endpoint(server.endpoint())
                        .s3PathStyle(true)
                        .s3Checksums(kind.checksums())
                        .build()) {
            DigestOutputStream restored = new DigestOutputStream(OutputStream.nullOutputStream(), Checksum.newSha256());
            AutoDump autoDump = AutoDump.builder()
                    .dumpSource((database, settings) -> new Synthetic())
                    .dumpStore(S3DumpStore.builder(clients.s3(), "dumps")
                            .kind(kind)
                            .maxParts(maxParts)
                            .memory(512 * S3Limits.MIB)
                            .build())
                    .archiveInspector(new FakeArchiveInspector())
                    .dumpRestorer(restorer(restored))
                    .build();

            DumpManifest made = timed(name + ": made", () -> autoDump.dump("orders", DATABASE))
                    .manifest();
            assertThat(made.storedBytes()).isEqualTo(BYTES);
            timed(name + ": verified", () -> autoDump.verify(made.key()));
            timed(name + ": restored", () -> autoDump.restore(made.key(), DATABASE, NEW, DumpProgress.SILENT));

            assertThat(Checksum.ofSha256(restored.getMessageDigest().digest())).isEqualTo(made.checksum());
            assertThat(server.openUploads()).isZero();
        }
    }

    private static <T> T timed(String what, Supplier<T> work) {
        long start = System.nanoTime();
        T result = work.get();
        long seconds = Duration.ofNanos(System.nanoTime() - start).toSeconds();
        System.out.println(String.format(Locale.ROOT, "%s in %d s", what, seconds));
        return result;
    }

    private static DumpRestorer restorer(OutputStream target) {
        return new DumpRestorer() {
            @Override
            public void check(DumpManifest manifest, DatabaseSecret database, RestoreOptions options) {}

            @Override
            public RestoreReport restore(
                    DumpManifest manifest,
                    InputStream stored,
                    DatabaseSecret database,
                    RestoreOptions options,
                    DumpProgress progress) {
                try {
                    stored.transferTo(target);
                } catch (IOException failed) {
                    throw new UncheckedIOException(failed);
                }
                return RestoreReport.builder()
                        .clientVersion("15.18")
                        .serverVersion("15.18")
                        .build();
            }
        };
    }

    /** Writes blocks of random bytes, which the server keeps once each. Their order is part of the checksum. */
    private static final class Synthetic implements PreparedDump {
        private static final int BLOCK = 1 << 18;
        private static final int BLOCKS = 64;

        @Override
        public DumpFileType fileType() {
            return new DumpFileType(DumpFormat.CUSTOM, Compression.DEFAULT);
        }

        @Override
        public long databaseBytes() {
            return BYTES * 2;
        }

        @Override
        public SourceReport writeTo(OutputStream sink, DumpProgress progress) {
            byte[] blocks = new byte[BLOCK * BLOCKS];
            Random random = new Random(1);
            random.nextBytes(blocks);
            try {
                for (long left = BYTES; left > 0; left -= BLOCK) {
                    sink.write(blocks, random.nextInt(BLOCKS) * BLOCK, (int) Math.min(BLOCK, left));
                }
                sink.flush();
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
            return SourceReport.builder()
                    .serverVersion("15.18")
                    .clientVersion("15.18")
                    .tls(TlsMode.VERIFY_FULL)
                    .archiveEntries(FakeArchiveInspector.ENTRIES)
                    .sourceBytes(BYTES)
                    .build();
        }

        @Override
        public void close() {}
    }
}

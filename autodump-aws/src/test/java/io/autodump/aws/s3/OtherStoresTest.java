package io.autodump.aws.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.autodump.aws.AwsClients;
import io.autodump.aws.S3Kind;
import io.autodump.aws.s3.S3UploadProbe.Need;
import io.autodump.aws.s3.request.S3Limits;
import io.autodump.core.error.AutoDumpException;
import io.autodump.testkit.aws.S3Rules;
import io.autodump.testkit.aws.S3Server;
import io.autodump.testkit.aws.StrictS3;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Stores with the rules of other vendors: the probe names what is missing, and with it a dump is made and read. */
class OtherStoresTest {
    private static final long MIB = S3Limits.MIB;

    static Stream<Arguments> kinds() {
        return Stream.of(
                Arguments.of(S3Kind.R2, S3Rules.r2(), Set.of(Need.NO_CHECKSUMS, Need.EQUAL_PARTS)),
                Arguments.of(S3Kind.GCS, S3Rules.gcs(), Set.of(Need.NO_CHECKSUMS, Need.NO_CONDITIONAL_WRITES)),
                Arguments.of(S3Kind.B2, S3Rules.b2(), Set.of(Need.NO_CHECKSUMS, Need.NO_CONDITIONAL_WRITES)),
                Arguments.of(S3Kind.CEPH, S3Rules.ceph(), Set.of(Need.NO_CHECKSUMS, Need.NO_CONDITIONAL_WRITES)));
    }

    /** The probe sends up to 40 MiB for each. */
    static Stream<Arguments> someKinds() {
        return kinds().limit(3);
    }

    @ParameterizedTest
    @MethodSource("someKinds")
    void theProbeNamesWhatIsMissing(S3Kind kind, S3Rules rules, Set<Need> needs) {
        try (StrictS3 server = StrictS3.start(rules);
                AwsClients clients = clients(server, rules, true)) {
            S3UploadProbe.Result result =
                    builder(clients).buildUploadProbe(clients.s3(false)).run();

            assertThat(result.failure()).isEmpty();
            assertThat(result.needs()).isEqualTo(needs);
            assertThat(result.leftover()).isEmpty();
            assertThat(server.keys()).isEmpty();
            assertThat(server.openUploads()).isZero();
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void theKindHasWhatIsNeeded(S3Kind kind, S3Rules rules, Set<Need> needs) throws IOException {
        try (StrictS3 server = StrictS3.start(rules);
                AwsClients clients = clients(server, rules, kind.checksums())) {
            S3DumpStoreBuilder builder = builder(clients).kind(kind).firstPartSize(S3Limits.MIN_PART);

            assertThat(builder.buildUploadProbe(clients.s3(false)).run())
                    .isEqualTo(new S3UploadProbe.Result(Set.of(), Optional.empty(), Optional.empty()));

            S3DumpStore store = builder.build();
            int before = server.reads();
            TestDump.make(store);
            // Only a store whose ETags say nothing is read after the upload.
            assertThat(server.reads() - before).isEqualTo(kind == S3Kind.GCS ? 1 : 0);
            assertThat(store.find(TestDump.KEY)).contains(TestDump.manifest());
            try (InputStream stored = store.open(TestDump.KEY)) {
                assertThat(stored).hasBinaryContent(TestDump.bytes());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void withoutTheKindNoDumpIsPublished(S3Kind kind, S3Rules rules, Set<Need> needs) {
        try (StrictS3 server = StrictS3.start(rules);
                AwsClients clients = clients(server, rules, true)) {
            S3DumpStore store =
                    builder(clients).firstPartSize(S3Limits.MIN_PART).build();

            AutoDumpException failed = catchThrowableOfType(AutoDumpException.class, () -> TestDump.make(store));

            assertThat(failed).hasMessageContaining("nothing was published");
            assertThat(server.keys()).isEmpty();
        }
    }

    @Test
    void aThousandPartsAreEnoughIfPartsGrowFaster() {
        S3Rules rules = S3Rules.thousandParts();
        try (StrictS3 server = StrictS3.start(rules);
                AwsClients clients = clients(server, rules, true)) {
            assertThat(builder(clients)
                            .buildUploadProbe(clients.s3(false))
                            .run()
                            .needs())
                    .containsExactly(Need.FEWER_PARTS);
            S3DumpStoreBuilder builder = builder(clients).maxParts(1000).memory(256 * MIB);
            assertThat(builder.buildUploadProbe(clients.s3(false)).run().needs())
                    .isEmpty();
            assertThat(builder.sizes().usual().reach()).isGreaterThan(90 * S3Limits.GIB);
        }
    }

    @Test
    void aStoreThatDoesAllOfItNeedsNothing() {
        S3UploadProbe probe =
                S3DumpStore.builder(FaultyS3.direct(), S3Server.newBucket()).buildUploadProbe(FaultyS3.direct());

        assertThat(probe.run()).isEqualTo(new S3UploadProbe.Result(Set.of(), Optional.empty(), Optional.empty()));
    }

    @Test
    void stopsBeforeTheFirstByteIfNoDumpCanFit() {
        S3Rules rules = S3Rules.r2();
        try (StrictS3 server = StrictS3.start(rules);
                AwsClients clients = clients(server, rules, false)) {
            S3DumpStore store = builder(clients)
                    .kind(S3Kind.R2)
                    .firstPartSize(S3Limits.MIN_PART)
                    .maxParts(10)
                    .build();

            AutoDumpException failed =
                    catchThrowableOfType(AutoDumpException.class, () -> store.begin(TestDump.KEY, 2000 * MIB));

            assertThat(failed.report())
                    .contains("a database of 2.0 GiB doesn't fit into one file of this store, which holds 50.0 MiB")
                    .contains("nothing was dumped")
                    .contains("part-size");
            assertThat(server.openUploads()).isZero();
        }
    }

    @Test
    void equalPartsBecomeLargerWithTheDatabase() {
        S3DumpStoreBuilder builder = builder(AwsClients.builder()
                        .region("auto")
                        .credentials("test", "test")
                        .build())
                .kind(S3Kind.R2)
                .memory(2048 * MIB);

        assertThat(builder.sizes().planFor(0).largest()).isEqualTo(64 * MIB);
        assertThat(builder.sizes().planFor(100 * S3Limits.GIB).largest()).isEqualTo(64 * MIB);
        assertThat(builder.sizes().planFor(S3Limits.TIB).reach()).isGreaterThanOrEqualTo(2 * S3Limits.TIB);
        assertThat(builder.sizes().planFor(S3Limits.TIB).sizeOf(1))
                .isEqualTo(builder.sizes().planFor(S3Limits.TIB).sizeOf(9_999));
    }

    private static S3DumpStoreBuilder builder(AwsClients clients) {
        return S3DumpStore.builder(clients.s3(), "dumps").prefix("nightly");
    }

    private static AwsClients clients(StrictS3 server, S3Rules rules, boolean checksums) {
        return AwsClients.builder()
                .region(rules.region().orElse("eu-central-1"))
                .credentials("test", "test")
                .s3Endpoint(server.endpoint())
                .s3PathStyle(true)
                .s3Checksums(checksums)
                .build();
    }
}

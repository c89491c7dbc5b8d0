package io.autodump.aws.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autodump.aws.s3.request.S3Call;
import io.autodump.aws.s3.request.S3Limits;
import io.autodump.aws.s3.request.Sha256;
import io.autodump.core.dump.DumpKey;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.port.DumpStore;
import io.autodump.core.port.DumpUpload;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.ObjectLockMode;
import software.amazon.awssdk.services.s3.model.StorageClass;

class S3DumpStoreTest {
    private static final byte[] OTHER = "another attempt's bytes".getBytes(UTF_8);

    private final FaultyS3 s3 = FaultyS3.patient();

    @AfterEach
    void close() throws IOException {
        s3.close();
    }

    @Test
    void asksForEverythingThatIsConfiguredForFileAndManifest() throws IOException {
        Instant now = Instant.parse("2026-11-22T08:00:00Z");
        TestDump.make(s3.builder()
                .expectedBucketOwner("123456789012")
                .kmsKeyId("arn:aws:kms:eu-central-1:123456789012:key/k")
                .tag("team", "shop & more")
                .storageClass(StorageClass.STANDARD_IA)
                .objectLock(ObjectLockMode.COMPLIANCE, Duration.ofDays(7))
                .clock(() -> now)
                .build());

        S3Request file = s3.proxy.requests(S3Call.CREATE_UPLOAD).get(0);
        S3Request manifest = s3.proxy.requests(S3Call.PUT).get(0);
        assertThat(List.of(file, manifest)).allSatisfy(request -> {
            assertThat(request.header("x-amz-server-side-encryption")).contains("aws:kms");
            assertThat(request.header("x-amz-server-side-encryption-aws-kms-key-id"))
                    .contains("arn:aws:kms:eu-central-1:123456789012:key/k");
            assertThat(request.header("x-amz-tagging")).contains("team=shop%20%26%20more");
            assertThat(request.header("x-amz-object-lock-mode")).contains("COMPLIANCE");
            assertThat(request.header("x-amz-object-lock-retain-until-date")).contains("2026-11-29T08:00:00Z");
        });
        assertThat(file.header("x-amz-storage-class")).contains("STANDARD_IA");
        assertThat(manifest.header("x-amz-storage-class")).isEmpty();
        assertThat(s3.proxy.requests())
                .allSatisfy(request -> assertThat(request.header("x-amz-expected-bucket-owner"))
                        .as(request.target())
                        .contains("123456789012"));
    }

    @Test
    void sendsAChecksumWithEveryPartAndWithTheWhole() {
        TestDump.make(s3.store());

        assertThat(s3.proxy.requests(S3Call.CREATE_UPLOAD).get(0).header("x-amz-checksum-type"))
                .contains("FULL_OBJECT");
        assertThat(s3.proxy.requests(S3Call.UPLOAD_PART))
                .hasSize(TestDump.PARTS)
                .allSatisfy(
                        part -> assertThat(part.header("x-amz-checksum-crc32c")).isPresent())
                .allSatisfy(part -> assertThat(part.header("x-amz-trailer")).isEmpty())
                .allSatisfy(part -> assertThat(part.header("content-md5")).isEmpty())
                .allSatisfy(
                        part -> assertThat(part.header("x-amz-content-sha256")).contains("UNSIGNED-PAYLOAD"));
        S3Request complete = s3.proxy.requests(S3Call.COMPLETE_UPLOAD).get(0);
        assertThat(complete.header("x-amz-checksum-crc32c")).isPresent();
        assertThat(complete.header("x-amz-mp-object-size")).contains(String.valueOf(TestDump.bytes().length));
        assertThat(complete.header("if-none-match")).contains("*");
        assertThat(s3.proxy.requests(S3Call.PUT).get(0).header("x-amz-content-sha256"))
                .as("the body of the manifest is signed")
                .hasValueSatisfying(hash -> assertThat(hash).startsWith("STREAMING-AWS4-HMAC-SHA256-PAYLOAD"));
    }

    @Test
    void replacesOnlyTheUnfinishedFileThatItSawWhenItBegan() throws IOException {
        TestDump.commit(s3.store(), OTHER);
        TestDump.make(s3.store());

        S3Request complete = s3.proxy.requests(S3Call.COMPLETE_UPLOAD).get(1);
        assertThat(complete.header("if-match")).isPresent();
        s3.assertDumpIsWhole();
    }

    @Test
    void doesNotCallItASuccessWhenATwinReplacedTheFileWhileTheManifestWasWritten() {
        DumpStore store = s3.store();
        TestDump.commit(store, TestDump.bytes());
        DumpStore twin = s3.directStore();
        s3.proxy.on(S3Call.PUT, 1, FaultProxy.after(() -> TestDump.commit(twin, OTHER)));

        AutoDumpException failure = s3.failureOf(() -> store.publish(TestDump.manifest()));

        assertThat(failure.code()).isEqualTo(ErrorCode.OUTCOME_UNKNOWN);
        assertThat(failure.report()).contains("replaced", "verify dump " + TestDump.KEY);
    }

    @Test
    void saysThatTheFileOfAFinishedDumpWasRemoved() {
        TestDump.make(s3.store());
        FaultyS3.direct().deleteObject(request -> request.bucket(s3.bucket).key(TestDump.KEY.toString()));

        AutoDumpException failure = s3.failureOf(() -> s3.store().find(TestDump.KEY));

        assertThat(failure.code()).isEqualTo(ErrorCode.DUMP_CORRUPT);
        assertThat(failure.report()).contains("the file was removed", TestDump.KEY.manifestKey());
    }

    @Test
    void keepsTheFileOfATwinThatHasNoManifestYet() {
        try (DumpUpload late = s3.store().begin(TestDump.KEY)) {
            TestDump.write(late, OTHER);
            DumpStore first = s3.store();
            TestDump.commit(first, TestDump.bytes());

            AutoDumpException failure = s3.failureOf(late::commit);

            assertThat(failure.code()).isEqualTo(ErrorCode.STORE_FAILED);
            assertThat(failure.getMessage()).contains("another attempt at the same run", "nothing was published");
            first.publish(TestDump.manifest());
        }
        assertThat(s3.directStore().find(TestDump.KEY)).contains(TestDump.manifest());
        assertThat(s3.openUploads()).isEmpty();
    }

    @Test
    void keepsAFinishedDumpThatAppearsBetweenTheLookAndTheCompletion() throws IOException {
        DumpStore twin = s3.directStore();
        s3.proxy.on(S3Call.COMPLETE_UPLOAD, 1, FaultProxy.after(() -> TestDump.make(twin)));
        try (DumpUpload late = s3.store().begin(TestDump.KEY)) {
            TestDump.write(late, OTHER);

            AutoDumpException failure = s3.failureOf(late::commit);

            assertThat(failure.code()).isEqualTo(ErrorCode.DUMP_EXISTS);
        }
        s3.assertDumpIsWhole();
    }

    @Test
    void refusesToPublishForAFileThatWasReplacedSinceItsCommit() {
        DumpStore store = s3.store();
        TestDump.commit(store, TestDump.bytes());
        byte[] sameLength = TestDump.bytes();
        sameLength[4711] ^= 1;
        TestDump.commit(s3.directStore(), sameLength);

        AutoDumpException failure = s3.failureOf(() -> store.publish(TestDump.manifest()));

        assertThat(failure.code()).isEqualTo(ErrorCode.STORE_FAILED);
        assertThat(failure.getMessage()).contains("isn't the file that was committed", "nothing was published");
        s3.assertNothingIsVisible();
    }

    @Test
    void publishesWhatAnotherProcessCommittedAfterHavingReadItAll() throws IOException {
        TestDump.commit(s3.store(), TestDump.bytes());

        s3.store().publish(TestDump.manifest());

        s3.assertDumpIsWhole();
    }

    @Test
    void refusesAndRemovesAFileWhoseStoredBytesDiffer() {
        onReadBack(answer -> answer.with("x-amz-checksum-crc32c", "AAAAAA=="));

        AutoDumpException failure = s3.failureOf(() -> TestDump.make(s3.store()));

        assertThat(failure.code()).isEqualTo(ErrorCode.DUMP_CORRUPT);
        assertThat(failure.report()).contains("CRC-32C AAAAAA==", "nothing was published", "HINT: ");
        s3.assertNothingIsVisible();
        assertThat(FaultyS3.direct()
                        .listObjectsV2(request -> request.bucket(s3.bucket))
                        .contents())
                .isEmpty();
    }

    @Test
    void refusesAFileOfAnotherSize() {
        onReadBack(answer -> answer.with("content-length", "17"));

        AutoDumpException failure = s3.failureOf(() -> TestDump.make(s3.store()));

        assertThat(failure.code()).isEqualTo(ErrorCode.DUMP_CORRUPT);
        assertThat(failure.getMessage()).contains("17 bytes instead of " + TestDump.bytes().length);
    }

    @Test
    void understandsAStoreThatShowsACompositeChecksum() throws IOException {
        onReadBack(answer ->
                answer.with("x-amz-checksum-crc32c", compositeChecksum()).with("x-amz-checksum-type", "COMPOSITE"));

        TestDump.make(s3.store());

        s3.assertDumpIsWhole();
    }

    @Test
    void readsTheWholeFileBackWhereTheStoreShowsNoChecksum() throws IOException {
        onReadBack(answer -> answer.without("x-amz-checksum-crc32c"));
        TestDump.make(s3.store());

        assertThat(s3.proxy.requests(S3Call.GET)).hasSize(1);
        s3.assertDumpIsWhole();
    }

    @Test
    void letsS3RefuseAPartThatWasChangedOnItsWay() {
        s3.proxy.on(request -> request.part() == 2, 0, Integer.MAX_VALUE, FaultProxy.answer(400, "BadDigest"));

        AutoDumpException failure = s3.failureOf(() -> TestDump.make(s3.store()));

        assertThat(failure.report()).contains("part 2", "BadDigest", "HINT: bytes changed on the way to S3");
        assertThat(s3.openUploads()).isEmpty();
    }

    @Test
    void goesOnWhereADownloadBroke() throws IOException {
        TestDump.make(s3.store());
        s3.proxy.on(S3Call.GET, 3, FaultProxy.cutAnswer(1_000_000));

        try (InputStream stored = s3.store().open(TestDump.KEY)) {
            assertThat(Sha256.of(stored)).isEqualTo(TestDump.manifest().checksum());
        }
        List<S3Request> reads = s3.proxy.requests(S3Call.GET);
        assertThat(reads).hasSize(4);
        assertThat(reads.get(3).header("range"))
                .hasValueSatisfying(range -> assertThat(range).endsWith("-"));
        assertThat(reads.get(3).header("if-match")).isPresent();
    }

    @Test
    void neverMixesTwoVersionsOfAFileInOneDownload() throws IOException {
        TestDump.commit(s3.store(), TestDump.bytes());
        s3.proxy.on(S3Call.GET, 1, FaultProxy.cutAnswer(1_000_000));
        try (InputStream stored = s3.store().open(TestDump.KEY)) {
            TestDump.commit(s3.directStore(), OTHER);

            assertThatThrownBy(() -> Sha256.of(stored))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("replaced while it was read");
        }
    }

    @Test
    void givesUpADownloadThatBringsNothing() throws IOException {
        TestDump.make(s3.store());
        s3.proxy.on(S3Call.GET, Integer.MAX_VALUE, FaultProxy.cutAnswer(0));

        try (InputStream stored = s3.store().open(TestDump.KEY)) {
            assertThatThrownBy(() -> Sha256.of(stored))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("can't be read beyond byte 0");
        }
    }

    @Test
    void listsPageAfterPageAsItIsRead() {
        int dumps = 1_005;
        IntStream.range(0, dumps)
                .mapToObj(second ->
                        DumpKey.of(Optional.empty(), "orders", "shop", TestDump.WHEN.plusSeconds(second), ".dump"))
                .forEach(key -> put(key.manifestKey()));
        try (Stream<DumpKey> keys = s3.store().list()) {
            assertThat(keys.limit(3).count()).isEqualTo(3);
        }
        assertThat(s3.proxy.requests(S3Call.LIST)).hasSize(1);
        try (Stream<DumpKey> keys = s3.store().list()) {
            assertThat(keys.distinct().count()).isEqualTo(dumps);
        }
        assertThat(s3.proxy.requests(S3Call.LIST)).hasSize(3);
    }

    @Test
    void saysWhichCallFailedInTheMiddleOfAListing() {
        s3.proxy.on(S3Call.LIST, Integer.MAX_VALUE, FaultProxy.answer(403, "AccessDenied"));

        AutoDumpException failure = s3.failureOf(() -> s3.store().list().toList());

        assertThat(failure.report())
                .contains("ListObjectsV2", "HINT: allow s3:ListBucket on arn:aws:s3:::" + s3.bucket + " to");
    }

    @Test
    void refusesAKeyThatHasNoRoomForItsManifestBeforeAByteIsWritten() {
        DumpStore store = s3.builder().prefix("p".repeat(1000)).build();

        AutoDumpException failure = s3.failureOf(() -> store.begin(TestDump.KEY));

        assertThat(failure.report()).contains("S3 accepts 1024", "HINT: use a shorter prefix");
        assertThat(s3.proxy.requests()).isEmpty();
    }

    @Test
    void refusesToBeginWhereAManifestLiesAlone() {
        put(TestDump.KEY.manifestKey());

        assertThat(s3.failureOf(() -> s3.store().begin(TestDump.KEY)).code()).isEqualTo(ErrorCode.DUMP_EXISTS);
    }

    @Test
    void refusesAManifestThatWasMoved() {
        TestDump.make(s3.store());
        String moved = DumpKey.of(Optional.empty(), "other", "shop", TestDump.WHEN, ".dump.zst")
                .manifestKey();
        FaultyS3.direct()
                .copyObject(request -> request.sourceBucket(s3.bucket)
                        .sourceKey(TestDump.KEY.manifestKey())
                        .destinationBucket(s3.bucket)
                        .destinationKey(moved));

        AutoDumpException failure =
                s3.failureOf(() -> s3.store().find(DumpKey.ofManifest(moved).orElseThrow()));

        assertThat(failure.code()).isEqualTo(ErrorCode.INVALID_DOCUMENT);
    }

    @Test
    void keepsADumpVisibleUntilItsManifestIsGoneAndSaysWhatIsLeft() {
        TestDump.make(s3.store());
        s3.proxy.on(
                request -> request.call() == S3Call.DELETE && !request.isForManifest(),
                0,
                9,
                FaultProxy.answer(403, "AccessDenied"));

        AutoDumpException failure = s3.failureOf(() -> s3.store().delete(TestDump.KEY));

        assertThat(failure.report())
                .contains("DeleteObject", "its file is still there", "HINT: allow s3:DeleteObject on arn:aws:s3:::");
        s3.assertNothingIsVisible();
    }

    private void onReadBack(UnaryOperator<HttpMessage> change) {
        s3.proxy.on(
                request -> request.call() == S3Call.HEAD && !request.isForManifest(),
                1,
                1,
                FaultProxy.changeAnswer(change));
    }

    private static String compositeChecksum() {
        byte[] bytes = TestDump.bytes();
        int part = (int) S3Limits.MIN_PART;
        return Crc32c.composite(
                List.of(crc(bytes, 0, part), crc(bytes, part, part), crc(bytes, 2 * part, bytes.length - 2 * part)));
    }

    private static Crc32c crc(byte[] bytes, int offset, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, offset, length);
        return new Crc32c((int) crc.getValue());
    }

    private void put(String key) {
        FaultyS3.direct().putObject(request -> request.bucket(s3.bucket).key(key), RequestBody.fromString("{}"));
    }
}

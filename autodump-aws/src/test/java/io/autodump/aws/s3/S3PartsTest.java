package io.autodump.aws.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.autodump.aws.s3.part.PartPlan;
import io.autodump.aws.s3.part.PartSizes;
import io.autodump.aws.s3.request.S3Bucket;
import io.autodump.aws.s3.request.S3Call;
import io.autodump.aws.s3.request.S3Limits;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.port.Leftover;
import io.autodump.core.port.PartsUpload;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.S3Object;

class S3PartsTest {
    private static final String ARCHIVE = "archive.dump.zst";
    private static final String FIRST = "data/0001.copy.zst";
    private static final String SECOND = "data/0002.copy.zst";

    private final FaultyS3 s3 = FaultyS3.patient();

    @AfterEach
    void close() throws IOException {
        s3.close();
    }

    @Test
    void showsADumpOfPartsInTheIndexOfManifests() {
        S3Manifests index = new S3Manifests(FaultyS3.direct(), s3.bucket, Optional.empty());
        DumpManifest manifest = TestDump.commitParts(s3.store(), ARCHIVE, FIRST);
        assertThat(index.list()).isEmpty();

        s3.store().publish(manifest);
        assertThat(index.list()).containsExactly(TestDump.KEY);
        assertThat(index.find(TestDump.KEY)).contains(manifest);

        remove(ARCHIVE);
        assertThat(index.list()).as("a manifest without its archive").isEmpty();
        assertThat(index.find(TestDump.KEY)).isEmpty();
    }

    @Test
    void namesTheMissingPart() {
        DumpManifest manifest = TestDump.commitParts(s3.store(), ARCHIVE, FIRST);
        s3.store().publish(manifest);
        remove(FIRST);

        AutoDumpException failure = s3.failureOf(() -> s3.store().find(TestDump.KEY));

        assertThat(failure.code()).isEqualTo(ErrorCode.DUMP_CORRUPT);
        assertThat(failure).hasMessageContaining(FIRST);
    }

    @Test
    void findsAndAbortsThePartsOfAKilledProcess() {
        PartsUpload killed = s3.directStore().beginParts(TestDump.KEY, 2);
        TestDump.part(killed, ARCHIVE);
        TestDump.write(killed.part(FIRST), TestDump.bytes());
        S3Leftovers threeDaysLater = leftovers(Duration.ofDays(3));

        assertThat(threeDaysLater.abandonedUploads())
                .extracting(Leftover::place)
                .containsExactly(uri(FIRST));
        assertThat(threeDaysLater.filesWithoutManifest()).containsExactly(new Leftover(uri(ARCHIVE), ARCHIVE.length()));
        threeDaysLater.abortAbandoned();

        assertThat(s3.openUploads()).isEmpty();
        s3.store().publish(TestDump.commitParts(s3.store(), ARCHIVE));
        assertThat(leftovers(Duration.ofDays(3)).filesWithoutManifest()).isEmpty();
    }

    @Test
    void dumpsAgainWithoutThePermissionToDelete() {
        TestDump.commitParts(s3.directStore(), ARCHIVE, FIRST, SECOND);
        s3.proxy.on(
                request -> request.call() == S3Call.DELETE,
                0,
                Integer.MAX_VALUE,
                FaultProxy.answer(403, "AccessDenied"));
        PartsUpload aborted = s3.store().beginParts(TestDump.KEY, 1);
        TestDump.part(aborted, ARCHIVE);
        aborted.close();

        DumpManifest manifest = TestDump.commitParts(s3.store(), ARCHIVE, FIRST);
        s3.store().publish(manifest);

        assertThat(s3.directStore().find(TestDump.KEY)).contains(manifest);
        assertThat(s3.directStore().unfinished(""))
                .as("a left-over part of the dump")
                .isEmpty();
        s3.directStore().delete(TestDump.KEY);
        assertThat(objects()).isEmpty();
    }

    @Test
    void deletesManyPartsWithOneRequest() {
        publish(1002);

        s3.store().delete(TestDump.KEY);

        assertThat(objects()).isEmpty();
        assertThat(s3.proxy.requests(S3Call.DELETE_MANY)).hasSize(2);
        assertThat(s3.proxy.requests())
                .filteredOn(request -> request.call() == S3Call.DELETE || request.call() == S3Call.DELETE_MANY)
                .first()
                .as("the manifest goes first")
                .matches(S3Request::isForManifest);
    }

    @ParameterizedTest
    @CsvSource({"501, NotImplemented", "400, InvalidArgument", "405, MethodNotAllowed"})
    void deletesPartByPartIfTheStoreKnowsNoOtherWay(int status, String code) {
        publish(3);
        s3.proxy.on(S3Call.DELETE_MANY, Integer.MAX_VALUE, FaultProxy.answer(status, code));

        s3.store().delete(TestDump.KEY);

        assertThat(objects()).isEmpty();
        assertThat(s3.proxy.requests(S3Call.DELETE_MANY)).hasSize(1);
    }

    @Test
    void namesThePartsThatItMayNotDelete() {
        publish(5);
        s3.proxy.on(S3Call.DELETE_MANY, 1, FaultProxy.changeAnswer(S3PartsTest::refusingFour));

        AutoDumpException failure = s3.failureOf(() -> s3.store().delete(TestDump.KEY));

        assertThat(failure.code()).isEqualTo(ErrorCode.STORE_FAILED);
        assertThat(failure.report())
                .contains("S3 DeleteObjects of k1, k2, k3 and 1 more")
                .contains("403 AccessDenied: not yours; the dump has no manifest, parts of it are still there")
                .contains("s3:DeleteObject");
    }

    private static HttpMessage refusingFour(HttpMessage answer) {
        String errors = IntStream.rangeClosed(1, 4)
                .mapToObj(i ->
                        "<Error><Key>k" + i + "</Key><Code>AccessDenied</Code><Message>not yours</Message></Error>")
                .collect(Collectors.joining());
        return HttpMessage.xml(200, "<DeleteResult>" + errors + "</DeleteResult>");
    }

    /** A dump of one data part, and other parts of an earlier attempt. */
    private void publish(int objects) {
        s3.directStore().publish(TestDump.commitParts(s3.directStore(), ARCHIVE, FIRST));
        for (int i = 3; i <= objects; i++) {
            String part = TestDump.KEY.partKey("data/%04d.copy.zst".formatted(i));
            FaultyS3.direct().putObject(request -> request.bucket(s3.bucket).key(part), RequestBody.fromString("x"));
        }
    }

    @Test
    void aLateTwinReplacesNoPart() {
        PartsUpload twin = s3.store().beginParts(TestDump.KEY, 1);
        DumpManifest manifest = TestDump.commitParts(s3.store(), ARCHIVE, FIRST);

        AutoDumpException late = s3.failureOf(() -> TestDump.part(twin, ARCHIVE));
        twin.close();

        assertThat(late.code()).isEqualTo(ErrorCode.STORE_FAILED);
        assertThat(late).hasMessageContaining("another attempt at the same run wrote");
        s3.store().publish(manifest);
        assertThat(s3.directStore().find(TestDump.KEY)).contains(manifest);
    }

    @Test
    void publishesNothingIfAPartIsRemoved() {
        S3DumpStore store = s3.store();
        DumpManifest manifest = TestDump.commitParts(store, ARCHIVE, FIRST);
        remove(FIRST);

        assertThat(s3.failureOf(() -> store.publish(manifest)).code()).isEqualTo(ErrorCode.DUMP_NOT_FOUND);
        s3.assertNothingIsVisible();
    }

    @Test
    void sharesTheMemoryOfOneUploadAmongItsParts() {
        UploadSettings one = new UploadSettings(
                PartSizes.fixed(PartPlan.reaching(8 * S3Limits.MIB, 64 * S3Limits.MIB, S3Limits.TIB / 8)),
                128 * S3Limits.MIB,
                4,
                true,
                Duration.ofMinutes(1));

        assertThat(one.shared(1)).isEqualTo(one);
        assertThat(one.shared(4).memory()).isEqualTo(32 * S3Limits.MIB);
        assertThat(one.shared(4).parallelism()).isEqualTo(2);
        assertThat(one.shared(32).sizes().usual().first()).isEqualTo(S3Limits.MIN_PART);
        assertThat(one.shared(32).parallelism()).isEqualTo(1);
    }

    private String uri(String part) {
        return "s3://" + s3.bucket + "/" + TestDump.KEY.partKey(part);
    }

    private void remove(String part) {
        FaultyS3.direct().deleteObject(request -> request.bucket(s3.bucket).key(TestDump.KEY.partKey(part)));
    }

    private List<String> objects() {
        return FaultyS3.direct().listObjectsV2(request -> request.bucket(s3.bucket)).contents().stream()
                .map(S3Object::key)
                .toList();
    }

    private S3Leftovers leftovers(Duration later) {
        S3Bucket bucket = new S3Bucket(FaultyS3.direct(), s3.bucket, Optional.empty(), Duration.ofSeconds(30));
        return new S3Leftovers(bucket, "", () -> Instant.now().plus(later));
    }
}

package io.autodump.aws.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.autodump.aws.s3.request.S3Call;
import io.autodump.core.error.AutoDumpException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class S3StoreProbeTest {
    private final FaultyS3 s3 = FaultyS3.patient();

    @AfterEach
    void close() throws IOException {
        s3.close();
    }

    @Test
    void findsEveryPermissionAndLeavesNothing() {
        List<S3StoreProbe.Attempt> attempts = probe();

        assertThat(attempts).allMatch(attempt -> attempt.failure().isEmpty());
        assertThat(attempts.stream().map(S3StoreProbe.Attempt::action))
                .containsExactly(
                        "s3:ListBucket",
                        "s3:GetObject",
                        "s3:PutObject",
                        "s3:ListMultipartUploadParts",
                        "s3:AbortMultipartUpload",
                        "s3:ListBucketMultipartUploads");
        assertNothingRemains();
    }

    @Test
    void readsAManifestWhereThereIsOne() {
        TestDump.make(s3.directStore());

        List<S3StoreProbe.Attempt> attempts = s3.builder().buildProbe().run();

        assertThat(attempts).allMatch(attempt -> attempt.failure().isEmpty());
        assertThat(s3.proxy.requests(S3Call.GET)).singleElement().matches(S3Request::isForManifest);
    }

    @ParameterizedTest
    @CsvSource({
        "LIST, s3:ListBucket, ''",
        "GET, s3:GetObject, /nightly/*",
        "CREATE_UPLOAD, s3:PutObject, /nightly/*",
        "UPLOAD_PART, s3:PutObject, /nightly/*",
        "LIST_PARTS, s3:ListMultipartUploadParts, /nightly/*",
        "ABORT_UPLOAD, s3:AbortMultipartUpload, /nightly/*",
        "LIST_UPLOADS, s3:ListBucketMultipartUploads, ''"
    })
    void namesTheActionThatIsDeniedAndItsResource(S3Call denied, String action, String objects) {
        s3.proxy.on(denied, Integer.MAX_VALUE, FaultProxy.answer(403, "AccessDenied"));

        List<S3StoreProbe.Attempt> attempts = probe();

        assertThat(attempts.stream().map(S3StoreProbe.Attempt::failure).flatMap(Optional::stream))
                .singleElement()
                .satisfies(failure -> assertThat(failure.hint().orElseThrow())
                        .startsWith("allow " + action + " on arn:aws:s3:::" + s3.bucket + objects + " to this role"));
        assertThat(s3.visibleDumps()).isEmpty();
    }

    @Test
    void leavesAloneWhatWouldFailAlike() {
        s3.proxy.on(S3Call.LIST, Integer.MAX_VALUE, FaultProxy.answer(404, "NoSuchBucket"));

        assertThat(probe())
                .singleElement()
                .satisfies(attempt -> assertThat(attempt.failure())
                        .map(AutoDumpException::report)
                        .hasValueSatisfying(report -> assertThat(report).contains("HINT: create bucket " + s3.bucket)));
    }

    private List<S3StoreProbe.Attempt> probe() {
        return s3.builder().prefix("nightly").buildProbe().run();
    }

    private void assertNothingRemains() {
        assertThat(s3.openUploads()).isEmpty();
        assertThat(FaultyS3.direct()
                        .listObjectsV2(request -> request.bucket(s3.bucket))
                        .contents())
                .isEmpty();
    }
}

package io.autodump.aws.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.autodump.aws.s3.request.S3Call;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.testkit.aws.S3Server;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.S3Client;

class S3FailureTest {
    private final FaultyS3 s3 = FaultyS3.patient();

    @AfterEach
    void close() throws IOException {
        s3.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        403 | AccessDenied                 | allow s3:PutObject on arn:aws:s3:::
        403 | AccessDenied                 | kms:GenerateDataKey
        403 | AllAccessDisabled            | the account's access to S3 is disabled
        403 | SomethingNew                 | allow s3:PutObject on arn:aws:s3:::
        404 | NoSuchBucket                 | create bucket
        404 | SomethingNew                 | check the bucket's name and the key
        301 | PermanentRedirect            | or AWS_REGION
        400 | AuthorizationHeaderMalformed | or AWS_REGION
        400 | ExpiredToken                 | the credentials have expired
        403 | InvalidAccessKeyId           | S3 doesn't know these credentials
        403 | SignatureDoesNotMatch        | S3 doesn't know these credentials
        403 | RequestTimeTooSkewed         | correct this machine's clock
        503 | SlowDown                     | S3 asks for fewer requests
        503 | ServiceUnavailable           | S3 is overloaded or disturbed
        500 | InternalError                | S3 is overloaded or disturbed
        400 | KMS.DisabledException        | check that the KMS key exists
        501 | NotImplemented               | no tags, storage class or Object Lock
        400 | InvalidStorageClass          | configure a storage class
        400 | InvalidTag                   | at most 10 tags
        400 | ObjectLockConfigurationNotFoundError | enable Object Lock
        400 | SomethingNew                 | fix the cause
        """)
    void namesTheCallTheResponseAndTheRemedy(int status, String code, String remedy) {
        s3.proxy.on(S3Call.CREATE_UPLOAD, Integer.MAX_VALUE, FaultProxy.answer(status, code));

        AutoDumpException failure = s3.failureOf(() -> TestDump.make(s3.store()));

        assertThat(failure.code()).isEqualTo(ErrorCode.STORE_FAILED);
        assertThat(failure.getMessage())
                .startsWith("AD-4001: S3 CreateMultipartUpload of " + TestDump.KEY + " in bucket " + s3.bucket
                        + " failed with " + status + " " + code + ": for the test")
                .endsWith("; nothing was published");
        assertThat(failure.hint()).hasValueSatisfying(hint -> assertThat(hint).contains(remedy));
    }

    @Test
    void saysHowOftenItWasTried() {
        s3.proxy.on(S3Call.CREATE_UPLOAD, Integer.MAX_VALUE, FaultProxy.answer(503, "SlowDown"));

        assertThat(s3.failureOf(() -> TestDump.make(s3.store())).getMessage()).contains("after 3 attempts");
        assertThat(s3.proxy.requests(S3Call.CREATE_UPLOAD)).hasSize(3);
    }

    @Test
    void retriesNothingThatS3Refuses() {
        s3.proxy.on(S3Call.CREATE_UPLOAD, Integer.MAX_VALUE, FaultProxy.answer(403, "AccessDenied"));

        s3.failureOf(() -> TestDump.make(s3.store()));

        assertThat(s3.proxy.requests(S3Call.CREATE_UPLOAD)).hasSize(1);
    }

    @Test
    void namesBothPermissionsWhenALookIsDenied() {
        s3.proxy.on(S3Call.HEAD, Integer.MAX_VALUE, FaultProxy.answer(403, "AccessDenied"));

        assertThat(s3.failureOf(() -> s3.store().begin(TestDump.KEY)).report())
                .contains("S3 HeadObject", "403", "HINT: allow s3:GetObject and s3:ListBucket on");
    }

    @Test
    void namesTheRegionThatS3Names() {
        s3.proxy.on(
                S3Call.CREATE_UPLOAD,
                Integer.MAX_VALUE,
                exchange -> exchange.reply(
                        HttpMessage.error(301, "PermanentRedirect").with("x-amz-bucket-region", "us-west-2"),
                        Integer.MAX_VALUE));

        assertThat(s3.failureOf(() -> TestDump.make(s3.store())).hint())
                .hasValueSatisfying(hint -> assertThat(hint).contains("AWS_REGION=us-west-2"));
    }

    @Test
    void namesTheBucketThatIsMissing() {
        S3DumpStore store =
                S3DumpStore.builder(FaultyS3.direct(), "no-such-bucket").build();

        assertThat(s3.failureOf(() -> store.begin(TestDump.KEY)).report())
                .contains("404 NoSuchBucket", "HINT: create bucket no-such-bucket");
        assertThat(s3.failureOf(() -> store.find(TestDump.KEY)).report()).contains("NoSuchBucket");
        assertThat(s3.failureOf(() -> store.open(TestDump.KEY)).report()).contains("NoSuchBucket");
        assertThat(s3.failureOf(() -> store.list().toList()).report()).contains("NoSuchBucket");
    }

    @Test
    void speaksOfTheNetworkWhenNobodyListens() {
        try (S3Client nobody = TestS3.client(URI.create("http://127.0.0.1:1"), 2, Duration.ofSeconds(5))) {
            S3DumpStore store = S3DumpStore.builder(nobody, "bucket").build();

            assertThat(s3.failureOf(() -> store.begin(TestDump.KEY)).report())
                    .contains("Connection refused", "after 2 attempts", "HINT: check the network");
        }
    }

    @Test
    void speaksOfCredentialsWhenThereAreNone() {
        try (S3Client anonymous = s3ClientWithoutCredentials()) {
            S3DumpStore store = S3DumpStore.builder(anonymous, "bucket").build();

            assertThat(s3.failureOf(() -> store.begin(TestDump.KEY)).hint())
                    .hasValueSatisfying(hint -> assertThat(hint).contains("no credentials were found"));
        }
    }

    @Test
    void givesUpAnAttemptThatTakesTooLong() {
        S3DumpStore store = s3.builder().attemptTimeout(Duration.ofMillis(300)).build();
        s3.proxy.on(S3Call.CREATE_UPLOAD, Integer.MAX_VALUE, FaultProxy.silence());

        assertThat(s3.failureOf(() -> store.begin(TestDump.KEY)).getMessage())
                .contains("CreateMultipartUpload", "got no response in time after 3 attempts");
    }

    private static S3Client s3ClientWithoutCredentials() {
        return TestS3.client(S3Server.endpoint(), 1, Duration.ofSeconds(5), () -> noCredentials());
    }

    private static AwsCredentials noCredentials() {
        throw SdkClientException.create("Unable to load credentials from any of the providers in the chain");
    }
}

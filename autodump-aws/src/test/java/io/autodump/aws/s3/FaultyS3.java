package io.autodump.aws.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.autodump.aws.s3.request.S3Limits;
import io.autodump.aws.s3.request.Sha256;
import io.autodump.core.dump.DumpKey;
import io.autodump.core.error.AutoDumpException;
import io.autodump.testkit.aws.S3Server;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.MultipartUpload;

/** A bucket, the store in it behind a proxy that can fail, and a sight of the truth that goes around the proxy. */
final class FaultyS3 implements AutoCloseable {
    static final int ATTEMPTS = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final S3Client DIRECT = TestS3.client(S3Server.endpoint(), ATTEMPTS, PATIENCE);

    final FaultProxy proxy = new FaultProxy(S3Server.port());
    final String bucket = S3Server.newBucket();
    private final S3Client client;

    private FaultyS3(int attempts, Duration silence) {
        client = TestS3.client(proxy.endpoint(), attempts, silence);
    }

    /** Calls are tried {@value #ATTEMPTS} times. */
    static FaultyS3 patient() {
        return new FaultyS3(ATTEMPTS, PATIENCE);
    }

    /** Calls are tried once more when nobody answers for a moment. */
    static FaultyS3 impatient() {
        return new FaultyS3(2, Duration.ofSeconds(2));
    }

    S3DumpStore store() {
        return builder().build();
    }

    S3DumpStoreBuilder builder() {
        return S3DumpStore.builder(client, bucket).firstPartSize(S3Limits.MIN_PART);
    }

    /** Without the proxy between. */
    S3DumpStore directStore() {
        return S3DumpStore.builder(DIRECT, bucket)
                .firstPartSize(S3Limits.MIN_PART)
                .build();
    }

    static S3Client direct() {
        return DIRECT;
    }

    AutoDumpException failureOf(ThrowingCallable call) {
        AutoDumpException failure = catchThrowableOfType(AutoDumpException.class, call);
        assertThat(failure).as("a failure that AutoDump reports").isNotNull();
        return failure;
    }

    List<MultipartUpload> openUploads() {
        return DIRECT.listMultipartUploads(request -> request.bucket(bucket)).uploads();
    }

    List<DumpKey> visibleDumps() {
        try (Stream<DumpKey> keys = directStore().list()) {
            return keys.toList();
        }
    }

    /** Whoever looks sees the whole dump, bytes and manifest. */
    void assertDumpIsWhole() throws IOException {
        assertThat(visibleDumps()).containsExactly(TestDump.KEY);
        assertThat(directStore().find(TestDump.KEY)).contains(TestDump.manifest());
        try (InputStream stored = directStore().open(TestDump.KEY)) {
            assertThat(Sha256.of(stored)).isEqualTo(TestDump.manifest().checksum());
        }
        assertThat(openUploads()).isEmpty();
    }

    void assertNothingIsVisible() {
        assertThat(visibleDumps()).isEmpty();
        assertThat(directStore().find(TestDump.KEY)).isEmpty();
    }

    @Override
    public void close() throws IOException {
        client.close();
        proxy.close();
    }
}

package io.autodump.aws.s3;

import io.autodump.aws.s3.request.S3Limits;
import io.autodump.core.port.DumpIndex;
import io.autodump.core.port.DumpStore;
import io.autodump.testkit.DumpIndexContract;
import io.autodump.testkit.aws.S3Server;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.services.s3.S3Client;

class S3ManifestsContractTest extends DumpIndexContract {
    private static final S3Client CLIENT = TestS3.client(S3Server.endpoint(), 3, Duration.ofSeconds(30));

    private final String bucket = S3Server.newBucket();
    private final DumpStore store =
            S3DumpStore.builder(CLIENT, bucket).firstPartSize(S3Limits.MIN_PART).build();
    private final DumpIndex index = new S3Manifests(CLIENT, bucket, Optional.empty());

    @Override
    protected DumpIndex index() {
        return index;
    }

    @Override
    protected DumpStore store() {
        return store;
    }
}

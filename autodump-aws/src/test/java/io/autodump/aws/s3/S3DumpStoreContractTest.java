package io.autodump.aws.s3;

import io.autodump.aws.s3.request.S3Limits;
import io.autodump.core.port.DumpStore;
import io.autodump.testkit.DumpStoreContract;
import io.autodump.testkit.aws.S3Server;
import java.time.Duration;
import software.amazon.awssdk.services.s3.S3Client;

class S3DumpStoreContractTest extends DumpStoreContract {
    private static final S3Client CLIENT = TestS3.client(S3Server.endpoint(), 3, Duration.ofSeconds(30));

    private final DumpStore store = S3DumpStore.builder(CLIENT, S3Server.newBucket())
            .firstPartSize(S3Limits.MIN_PART)
            .build();

    @Override
    protected DumpStore store() {
        return store;
    }

    /** The server is one process that stores each part durably. */
    @Override
    protected int manyParts() {
        return 50;
    }
}

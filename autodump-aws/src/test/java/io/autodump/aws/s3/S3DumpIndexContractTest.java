package io.autodump.aws.s3;

import io.autodump.aws.s3.request.S3Limits;
import io.autodump.core.port.DumpIndex;
import io.autodump.core.port.DumpStore;
import io.autodump.testkit.DumpIndexContract;
import io.autodump.testkit.aws.S3Server;
import java.time.Duration;

class S3DumpIndexContractTest extends DumpIndexContract {
    private final DumpStore store = S3DumpStore.builder(
                    TestS3.client(S3Server.endpoint(), 3, Duration.ofSeconds(30)), S3Server.newBucket())
            .firstPartSize(S3Limits.MIN_PART)
            .build();

    @Override
    protected DumpIndex index() {
        return store;
    }

    @Override
    protected DumpStore store() {
        return store;
    }
}

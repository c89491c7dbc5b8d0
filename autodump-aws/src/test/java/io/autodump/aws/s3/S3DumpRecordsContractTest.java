package io.autodump.aws.s3;

import io.autodump.aws.s3.request.S3Limits;
import io.autodump.core.port.DumpStore;
import io.autodump.testkit.DumpRecordsContract;
import io.autodump.testkit.aws.S3Server;
import java.time.Duration;

final class S3DumpRecordsContractTest extends DumpRecordsContract {
    private final DumpStore store = S3DumpStore.builder(
                    TestS3.client(S3Server.endpoint(), 3, Duration.ofSeconds(30)), S3Server.newBucket())
            .prefix("nightly/")
            .firstPartSize(S3Limits.MIN_PART)
            .build();

    @Override
    protected DumpStore store() {
        return store;
    }
}

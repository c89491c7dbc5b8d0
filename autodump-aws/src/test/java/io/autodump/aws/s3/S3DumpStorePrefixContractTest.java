package io.autodump.aws.s3;

import io.autodump.aws.s3.request.S3Limits;
import io.autodump.core.port.DumpStore;
import io.autodump.testkit.DumpStoreContract;
import io.autodump.testkit.aws.S3Server;
import java.time.Duration;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** The same under a prefix, in a bucket where others have their things, and in a store without conditional writes. */
class S3DumpStorePrefixContractTest extends DumpStoreContract {
    private static final S3Client CLIENT = TestS3.client(S3Server.endpoint(), 3, Duration.ofSeconds(30));

    private final DumpStore store = storeAmongOthers();

    private static DumpStore storeAmongOthers() {
        String bucket = S3Server.newBucket();
        for (String other : new String[] {
            "team a/nightly/notes.txt", "team a/nightly2/x.manifest.json", "team a/nightly/x.manifest.json"
        }) {
            CLIENT.putObject(request -> request.bucket(bucket).key(other), RequestBody.fromString("somebody else's"));
        }
        return S3DumpStore.builder(CLIENT, bucket)
                .prefix("/team a/nightly/")
                .firstPartSize(S3Limits.MIN_PART)
                .conditionalWrites(false)
                .build();
    }

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

package io.autodump.cli.wiring;

import io.autodump.aws.s3.S3StoreProbe;
import io.autodump.cli.config.StoreLocation;
import io.autodump.cli.doctor.Probe;
import io.autodump.core.error.Finding;
import java.util.List;

/** Checks the permissions on a bucket, one finding each. */
final class BucketProbe implements Probe {
    private static final String SUBJECT = "store";

    private final StoreLocation.Remote bucket;
    private final S3StoreProbe probe;

    BucketProbe(StoreLocation.Remote bucket, S3StoreProbe probe) {
        this.bucket = bucket;
        this.probe = probe;
    }

    @Override
    public List<Finding> findings() {
        List<S3StoreProbe.Attempt> attempts = probe.run();
        if (attempts.stream().allMatch(attempt -> attempt.failure().isEmpty())) {
            return List.of(Finding.ok(
                    SUBJECT, "permissions", bucket + " can be listed, read and written; the test upload was aborted"));
        }
        return attempts.stream().map(BucketProbe::finding).toList();
    }

    private static Finding finding(S3StoreProbe.Attempt attempt) {
        return attempt.failure()
                .map(failure -> Finding.failed(SUBJECT, "permissions", failure))
                .orElseGet(() -> Finding.ok(SUBJECT, "permissions", attempt.action() + " on " + attempt.resource()));
    }
}

package io.autodump.cli.wiring;

import io.autodump.aws.CallerIdentity;
import io.autodump.cli.doctor.Probe;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.Finding;
import java.util.List;

/** Checks the AWS credentials of this process. */
final class IdentityProbe implements Probe {
    private static final String SUBJECT = "aws";
    private static final String CHECK = "identity";

    private final CallerIdentity identity;
    private final String region;

    IdentityProbe(CallerIdentity identity, String region) {
        this.identity = identity;
        this.region = region;
    }

    @Override
    public List<Finding> findings() {
        try {
            return List.of(Finding.ok(SUBJECT, CHECK, identity.arn() + " in " + region));
        } catch (AutoDumpException failure) {
            return List.of(Finding.failed(SUBJECT, CHECK, failure));
        }
    }
}

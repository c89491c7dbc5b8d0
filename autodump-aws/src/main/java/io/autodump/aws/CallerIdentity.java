package io.autodump.aws;

import io.autodump.aws.internal.AwsFailure;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sts.StsClient;

/** Who a process is to AWS. Nobody needs a permission to ask. Thread-safe. */
public final class CallerIdentity {
    private final StsClient client;

    public CallerIdentity(StsClient client) {
        this.client = client;
    }

    /**
     * The ARN of the user or role that calls are made as.
     *
     * @throws AutoDumpException {@code CATALOG_FAILED} if there are no valid credentials, or nobody answers
     */
    public String arn() {
        try {
            return client.getCallerIdentity().arn();
        } catch (SdkException failed) {
            throw new AwsFailure(
                            ErrorCode.CATALOG_FAILED,
                            "sts:GetCallerIdentity",
                            "this process's credentials",
                            "nothing was changed")
                    .of(failed);
        }
    }
}

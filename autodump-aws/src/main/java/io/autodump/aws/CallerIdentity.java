package io.autodump.aws;

import io.autodump.aws.internal.AwsFailure;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;

/** The AWS identity of this process. The call needs no permission. Thread-safe. */
public final class CallerIdentity {
    private final StsClient client;

    /** Uses a client of the caller's, who closes it. */
    public CallerIdentity(StsClient client) {
        this.client = client;
    }

    /**
     * Returns the ARN of the user or role that calls are made as.
     *
     * @throws AutoDumpException {@code CATALOG_FAILED} if there are no valid credentials or no response
     */
    public String arn() {
        return ask().arn();
    }

    /**
     * Returns the account that calls are made in, 12 digits.
     *
     * @throws AutoDumpException {@code CATALOG_FAILED} if there are no valid credentials or no response
     */
    public String account() {
        return ask().account();
    }

    private GetCallerIdentityResponse ask() {
        try {
            return client.getCallerIdentity();
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

package io.autodump.aws.rds;

import io.autodump.aws.TestClients;
import io.autodump.core.port.DatabaseTokens;
import io.autodump.testkit.DatabaseTokensContract;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;

class RdsIamTokensContractTest extends DatabaseTokensContract {
    @Override
    protected DatabaseTokens tokens() {
        return new RdsIamTokens(TestClients.CREDENTIALS, Region.US_EAST_1);
    }

    @Override
    protected DatabaseTokens withoutMeans() {
        return new RdsIamTokens(
                () -> {
                    throw SdkClientException.create("Unable to load credentials");
                },
                Region.US_EAST_1);
    }
}

package io.autodump.aws;

import io.autodump.testkit.aws.FakeAws;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** Clients of a {@link FakeAws}. */
public final class TestClients {
    public static final StaticCredentialsProvider CREDENTIALS =
            StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIDEXAMPLE", "secret"));

    private TestClients() {}

    public static AwsClients of(FakeAws aws) {
        return builder(aws).build();
    }

    public static AwsClientsBuilder builder(FakeAws aws) {
        return AwsClients.builder()
                .region(FakeAws.REGION)
                .credentials(CREDENTIALS)
                .endpoint(aws.endpoint());
    }
}

package io.autodump.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autodump.aws.secretsmanager.SecretsManagerCatalog;
import io.autodump.core.secret.SecretId;
import io.autodump.testkit.aws.FakeAws;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sns.SnsClient;

class AwsClientsTest {
    private final FakeAws aws = FakeAws.start();

    @AfterEach
    void stop() {
        aws.close();
    }

    @Test
    void callsWithItsOwnCredentialsWhereNoRoleIsSet() {
        try (AwsClients clients = TestClients.of(aws)) {
            new SecretsManagerCatalog(clients.secretsManager()).find(SecretId.of("orders"));
        }

        assertThat(aws.accessKeys()).containsExactly("DescribeSecret AKIDEXAMPLE");
    }

    @Test
    void assumesTheSourcesRoleForSecretsAndForNothingElse() {
        try (AwsClients clients = TestClients.builder(aws)
                .sourceRole("arn:aws:iam::999999999999:role/reader")
                .build()) {
            SecretsManagerCatalog catalog = new SecretsManagerCatalog(clients.secretsManager());
            catalog.find(SecretId.of("orders"));
            catalog.find(SecretId.of("invoices"));
            clients.client(SnsClient.class, SnsClient::builder)
                    .publish(request -> request.topicArn("arn:aws:sns:us-east-1:123456789012:t")
                            .message("m"));
        }

        assertThat(aws.accessKeys())
                .containsExactly(
                        "AssumeRole AKIDEXAMPLE",
                        "DescribeSecret reader",
                        "DescribeSecret reader",
                        "Publish AKIDEXAMPLE");
    }

    @Test
    void makesEachClientOnFirstUseAndOnce() {
        try (AwsClients clients = TestClients.of(aws)) {
            assertThat(clients.secretsManager()).isSameAs(clients.secretsManager());
            assertThat(clients.client(SnsClient.class, SnsClient::builder))
                    .isSameAs(clients.client(SnsClient.class, SnsClient::builder));
            assertThat(clients.region().id()).isEqualTo(FakeAws.REGION);
        }
        assertThat(aws.accessKeys()).isEmpty();
    }

    @Test
    void closesTheConnectionsWithItself() {
        AwsClients clients = TestClients.of(aws);
        SecretsManagerCatalog catalog = new SecretsManagerCatalog(clients.secretsManager());
        catalog.find(SecretId.of("orders"));
        clients.close();
        clients.close();

        assertThatThrownBy(() -> catalog.find(SecretId.of("orders"))).isInstanceOf(RuntimeException.class);
    }
}

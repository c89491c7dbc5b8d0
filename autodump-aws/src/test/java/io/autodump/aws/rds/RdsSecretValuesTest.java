package io.autodump.aws.rds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autodump.aws.AwsClients;
import io.autodump.aws.secretsmanager.SecretsManagerCatalog;
import io.autodump.aws.secretsmanager.SecretsManagerValues;
import io.autodump.core.AutoDump;
import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.secret.SecretId;
import io.autodump.core.secret.TaggedSecret;
import io.autodump.testkit.aws.FakeAws;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RdsSecretValuesTest {
    private static final String MANAGED = "{\"username\":\"master\",\"password\":\"hunter2\"}";

    private final FakeAws aws = FakeAws.start();
    private final AwsClients clients = AwsClients.builder()
            .region(FakeAws.REGION)
            .credentials("any", "any")
            .endpoint(aws.endpoint())
            .sourceRole("arn:aws:iam::123456789012:role/source")
            .build();

    @AfterEach
    void close() {
        clients.close();
        aws.close();
    }

    @Test
    void findsTheInstanceByTheArnThatRdsTags() {
        String arn = aws.databases().putInstance("orders", "orders.rds.example.com", 5433, "shop", List.of("orders-2"));
        aws.databases().putInstance("orders-2", "orders-2.rds.example.com", 5433, "", List.of());

        DatabaseSecret connection = connection(MANAGED, Map.of(RdsSecretValues.INSTANCE_TAG, arn));

        assertThat(connection.host()).isEqualTo("orders.rds.example.com");
        assertThat(connection.readerHost()).contains("orders-2.rds.example.com");
        assertThat(connection.port()).isEqualTo(5433);
        assertThat(connection.database()).isEqualTo("shop");
        assertThat(connection.engine()).isEqualTo("postgres");
        assertThat(aws.accessKeys()).contains("DescribeDBInstances source");
    }

    @Test
    void findsTheClusterByTheArnThatRdsTags() {
        String arn = aws.databases().putCluster("crm", "crm.example.com", "crm-ro.example.com", 5432, "");

        DatabaseSecret connection =
                connection(MANAGED, Map.of(RdsSecretValues.CLUSTER_TAG, arn, "autodump:database", "sales"));

        assertThat(connection.host()).isEqualTo("crm.example.com");
        assertThat(connection.readerHost()).contains("crm-ro.example.com");
        assertThat(connection.engine()).isEqualTo("aurora-postgresql");
        assertThat(connection.database()).isEqualTo("sales");
    }

    @Test
    void connectsToTheMaintenanceDatabaseOfAServerWhoseDatabasesAreWanted() {
        String arn = aws.databases().putInstance("erp", "erp.example.com", 5432, "", List.of());

        DatabaseSecret connection =
                connection(MANAGED, Map.of(RdsSecretValues.INSTANCE_TAG, arn, "autodump:databases", "-"));

        assertThat(connection.database()).isEqualTo("postgres");
    }

    @Test
    void asksNothingIfTagsOrTheValueNameTheServer() {
        Map<String, String> tags = Map.of(
                RdsSecretValues.INSTANCE_TAG,
                "arn:aws:rds:us-east-1:123456789012:db:gone",
                "autodump:endpoint",
                "proxy.example.com",
                "autodump:database",
                "shop",
                "autodump:engine",
                "postgres");

        assertThat(connection(MANAGED, tags).host()).isEqualTo("proxy.example.com");
        assertThat(aws.calls("DescribeDBInstances")).isZero();
    }

    @Test
    void looksForAReaderOnlyIfOneIsWanted() {
        String arn = aws.databases().putCluster("crm", "crm.example.com", "crm-ro.example.com", 5432, "crm");
        String whole = "{\"username\":\"a\",\"password\":\"b\",\"host\":\"crm.example.com\",\"dbname\":\"crm\","
                + "\"engine\":\"aurora-postgresql\",\"port\":5432}";
        Map<String, String> tags = new HashMap<>(Map.of(RdsSecretValues.CLUSTER_TAG, arn));

        assertThat(connection(whole, tags).readerHost()).isEmpty();
        tags.put("autodump:source", "reader");

        assertThat(connection(whole, tags).readerHost()).contains("crm-ro.example.com");
    }

    @Test
    void namesTheActionThatWasDenied() {
        aws.deny("DescribeDBInstances", "", "User: job is not authorized");

        assertThatThrownBy(() -> connection(
                        MANAGED, Map.of(RdsSecretValues.INSTANCE_TAG, "arn:aws:rds:us-east-1:123456789012:db:orders")))
                .hasMessageContaining("AD-4006: rds:DescribeDBInstances on arn:aws:rds")
                .hasMessageContaining("was denied");
    }

    @Test
    void saysWhichTagsHelpWithoutAnArn() {
        assertThatThrownBy(() -> connection(MANAGED, Map.of("autodump:timezone", "UTC")))
                .hasMessageContaining("AD-1002")
                .hasMessageContaining("endpoint or host: is missing");
        assertThat(aws.calls("DescribeDBInstances")).isZero();
    }

    private DatabaseSecret connection(String value, Map<String, String> tags) {
        aws.secrets().put("managed", tags, value);
        SecretsManagerCatalog catalog = new SecretsManagerCatalog(clients.secretsManager());
        AutoDump autoDump = AutoDump.builder()
                .secretCatalog(catalog)
                .secretValues(RdsSecretValues.create(new SecretsManagerValues(clients.secretsManager()), clients))
                .build();
        TaggedSecret secret = catalog.find(SecretId.of("managed")).orElseThrow();
        return autoDump.connection(secret);
    }
}

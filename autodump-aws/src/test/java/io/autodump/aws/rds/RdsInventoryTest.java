package io.autodump.aws.rds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autodump.aws.AwsClients;
import io.autodump.core.contract.TagNames;
import io.autodump.core.secret.SecretId;
import io.autodump.core.secret.TaggedSecret;
import io.autodump.testkit.aws.FakeAws;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RdsInventoryTest {
    private final FakeAws aws = FakeAws.start();
    private final AwsClients clients = AwsClients.builder()
            .region(FakeAws.REGION)
            .credentials("any", "any")
            .endpoint(aws.endpoint())
            .build();

    @AfterEach
    void close() {
        clients.close();
        aws.close();
    }

    @Test
    void aReplicaBelongsToItsSourceAndAMemberToItsCluster() {
        String orders = aws.databases().putInstance("orders", "Orders.example.com", 5432, "", List.of("orders-2"));
        String replica = aws.databases().putInstance("orders-2", "orders-2.example.com", 5432, "", List.of("orders-3"));
        String chained = aws.databases().putInstance("orders-3", "orders-3.example.com", 5432, "", List.of());
        String crm = aws.databases().putCluster("crm", "crm.example.com", "crm-ro.example.com", 5432, "");
        String member = aws.databases().putMember("crm", "crm-1", "crm-1.example.com", 5432);

        List<RdsServer> servers = RdsInventory.create(clients).servers();

        assertThat(servers).extracting(RdsServer::name).containsExactly("crm", "orders");
        assertThat(servers).extracting(RdsServer::kind).containsExactly("cluster", "instance");
        assertThat(servers.get(0).hosts())
                .containsExactlyInAnyOrder("crm.example.com", "crm-ro.example.com", "crm-1.example.com");
        assertThat(servers.get(0).arns()).containsExactlyInAnyOrder(crm, member);
        assertThat(servers.get(1).hosts())
                .containsExactlyInAnyOrder("orders.example.com", "orders-2.example.com", "orders-3.example.com");
        assertThat(servers.get(1).arns()).containsExactlyInAnyOrder(orders, replica, chained);
    }

    @Test
    void tagsLeadToAServer() {
        String arn = aws.databases().putInstance("orders", "orders.example.com", 5432, "", List.of());
        RdsServer server = RdsInventory.create(clients).servers().get(0);

        assertThat(RdsInventory.isForByTags(secret(Map.of(RdsSecretValues.INSTANCE_TAG, arn)), server))
                .contains(true);
        assertThat(RdsInventory.isForByTags(secret(Map.of(TagNames.ENDPOINT, "ORDERS.example.com")), server))
                .contains(true);
        assertThat(RdsInventory.isForByTags(
                        secret(Map.of(RdsSecretValues.INSTANCE_TAG, arn, TagNames.ENDPOINT, "other")), server))
                .contains(false);
        assertThat(RdsInventory.isForByTags(secret(Map.of()), server)).isEmpty();
    }

    @Test
    void aRefusedCallNamesItsAction() {
        aws.deny("DescribeDBClusters", "", "not authorized");

        assertThatThrownBy(RdsInventory.create(clients)::servers)
                .hasMessageContaining("rds:DescribeDBClusters")
                .hasMessageContaining("AD-4006");
    }

    private static TaggedSecret secret(Map<String, String> tags) {
        return TaggedSecret.builder()
                .id(SecretId.of("any"))
                .name("any")
                .tags(tags)
                .build();
    }
}

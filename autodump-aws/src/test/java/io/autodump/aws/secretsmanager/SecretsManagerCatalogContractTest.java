package io.autodump.aws.secretsmanager;

import io.autodump.aws.AwsClients;
import io.autodump.aws.TestClients;
import io.autodump.core.port.SecretCatalog;
import io.autodump.core.secret.SecretId;
import io.autodump.testkit.SecretCatalogContract;
import io.autodump.testkit.aws.FakeAws;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;

class SecretsManagerCatalogContractTest extends SecretCatalogContract {
    private final FakeAws aws = FakeAws.start();
    private final AwsClients clients = TestClients.of(aws);
    private final SecretCatalog catalog = new SecretsManagerCatalog(clients.secretsManager());

    @AfterEach
    void stop() {
        clients.close();
        aws.close();
    }

    @Override
    protected SecretCatalog catalog() {
        return catalog;
    }

    @Override
    protected SecretId create(String name, Map<String, String> tags) {
        return SecretId.of(aws.secrets().put(name, tags, "{}"));
    }

    @Override
    protected void retag(SecretId id, Map<String, String> tags) {
        aws.secrets().retag(id.value(), tags);
    }

    @Override
    protected void delete(SecretId id) {
        aws.secrets().planDeletion(id.value());
    }
}

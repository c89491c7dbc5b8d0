package io.autodump.aws.secretsmanager;

import io.autodump.aws.AwsClients;
import io.autodump.aws.TestClients;
import io.autodump.core.port.SecretValues;
import io.autodump.core.secret.SecretId;
import io.autodump.testkit.SecretValuesContract;
import io.autodump.testkit.aws.FakeAws;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;

class SecretsManagerValuesContractTest extends SecretValuesContract {
    private final FakeAws aws = FakeAws.start();
    private final AwsClients clients = TestClients.of(aws);
    private final SecretValues values = new SecretsManagerValues(clients.secretsManager());

    @AfterEach
    void stop() {
        clients.close();
        aws.close();
    }

    @Override
    protected SecretValues values() {
        return values;
    }

    @Override
    protected SecretId create(String name, String value) {
        return SecretId.of(aws.secrets().put(name, Map.of(), value));
    }

    @Override
    protected void rotate(SecretId id, String value) {
        aws.secrets().put("orders", Map.of(), value);
    }

    @Override
    protected void delete(SecretId id) {
        aws.secrets().planDeletion(id.value());
    }
}

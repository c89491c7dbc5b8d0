package io.autodump.testkit;

import io.autodump.core.port.SecretCatalog;
import io.autodump.core.secret.SecretId;
import io.autodump.core.secret.SecretValue;
import io.autodump.core.secret.TaggedSecret;
import io.autodump.core.testing.InMemorySecrets;
import java.util.Map;

final class InMemorySecretsContractTest extends SecretCatalogContract {
    private final InMemorySecrets secrets = new InMemorySecrets();

    @Override
    protected SecretCatalog catalog() {
        return secrets;
    }

    @Override
    protected SecretId create(String name, Map<String, String> tags) {
        SecretId id = SecretId.of("arn:aws:secretsmanager:eu-central-1:123456789012:secret:" + name);
        put(id, name, tags);
        return id;
    }

    @Override
    protected void retag(SecretId id, Map<String, String> tags) {
        put(id, secrets.find(id).orElseThrow().name(), tags);
    }

    @Override
    protected void delete(SecretId id) {
        secrets.remove(id);
    }

    private void put(SecretId id, String name, Map<String, String> tags) {
        secrets.put(TaggedSecret.builder().id(id).name(name).tags(tags).build(), SecretValue.of("{}"));
    }
}

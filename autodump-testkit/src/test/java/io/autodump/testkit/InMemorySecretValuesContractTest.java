package io.autodump.testkit;

import io.autodump.core.port.SecretValues;
import io.autodump.core.secret.SecretId;
import io.autodump.core.secret.SecretValue;
import io.autodump.core.secret.TaggedSecret;
import io.autodump.core.testing.InMemorySecrets;

final class InMemorySecretValuesContractTest extends SecretValuesContract {
    private final InMemorySecrets secrets = new InMemorySecrets();

    @Override
    protected SecretValues values() {
        return secrets;
    }

    @Override
    protected SecretId create(String name, String value) {
        rotate(SecretId.of(name), value);
        return SecretId.of(name);
    }

    @Override
    protected void rotate(SecretId id, String value) {
        secrets.put(TaggedSecret.builder().id(id).name(id.value()).build(), SecretValue.of(value));
    }

    @Override
    protected void delete(SecretId id) {
        secrets.remove(id);
    }
}

package io.autodump.local.scheduler;

import io.autodump.core.secret.SecretId;
import io.autodump.core.secret.SecretValue;
import io.autodump.core.secret.TaggedSecret;
import io.autodump.local.secret.SecretsBackend;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Calls a listener before each secret is looked for. */
record ForwardingSecrets(SecretsBackend secrets, Consumer<SecretId> onFind) implements SecretsBackend {
    @Override
    public String place() {
        return secrets.place();
    }

    @Override
    public Stream<TaggedSecret> tagged() {
        return secrets.tagged();
    }

    @Override
    public Optional<TaggedSecret> find(SecretId id) {
        onFind.accept(id);
        return secrets.find(id);
    }

    @Override
    public SecretValue read(SecretId id) {
        return secrets.read(id);
    }
}

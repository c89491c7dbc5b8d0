package io.autodump.core.testing;

import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.plan.SecretTags;
import io.autodump.core.port.SecretCatalog;
import io.autodump.core.port.SecretValues;
import io.autodump.core.secret.SecretId;
import io.autodump.core.secret.SecretValue;
import io.autodump.core.secret.TaggedSecret;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** A catalog of secrets and their values in memory. Thread-safe. */
public final class InMemorySecrets implements SecretCatalog, SecretValues {
    private final Map<SecretId, TaggedSecret> secrets = new ConcurrentHashMap<>();
    private final Map<SecretId, SecretValue> values = new ConcurrentHashMap<>();

    /** Creates an empty catalog. */
    public InMemorySecrets() {}

    /** Adds or replaces a secret. */
    public InMemorySecrets put(TaggedSecret secret, SecretValue value) {
        values.put(secret.id(), value);
        secrets.put(secret.id(), secret);
        return this;
    }

    public InMemorySecrets remove(SecretId id) {
        secrets.remove(id);
        values.remove(id);
        return this;
    }

    @Override
    public Stream<TaggedSecret> tagged() {
        return secrets.values().stream().filter(secret -> SecretTags.anyIn(secret.tags()));
    }

    @Override
    public Optional<TaggedSecret> find(SecretId id) {
        return Optional.ofNullable(secrets.get(id));
    }

    @Override
    public SecretValue read(SecretId id) {
        return Optional.ofNullable(values.get(id))
                .orElseThrow(() -> new AutoDumpException(
                        ErrorCode.SECRET_NOT_FOUND, "there is no secret \"" + id + "\"", "put it there first"));
    }
}

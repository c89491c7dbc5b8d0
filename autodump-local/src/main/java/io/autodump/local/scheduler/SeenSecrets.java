package io.autodump.local.scheduler;

import io.autodump.core.port.SecretCatalog;
import io.autodump.core.secret.SecretId;
import io.autodump.core.secret.TaggedSecret;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A catalog that remembers what its last listing returned, so that nothing is listed twice. Thread-safe. */
final class SeenSecrets implements SecretCatalog {
    private final SecretCatalog catalog;
    private volatile List<TaggedSecret> seen = List.of();

    SeenSecrets(SecretCatalog catalog) {
        this.catalog = catalog;
    }

    @Override
    public Stream<TaggedSecret> tagged() {
        List<TaggedSecret> listed = new ArrayList<>();
        return catalog.tagged().peek(listed::add).onClose(() -> seen = List.copyOf(listed));
    }

    @Override
    public Optional<TaggedSecret> find(SecretId id) {
        return catalog.find(id);
    }

    /** Returns the secrets of the last listing that was closed. */
    List<TaggedSecret> seen() {
        return seen;
    }
}

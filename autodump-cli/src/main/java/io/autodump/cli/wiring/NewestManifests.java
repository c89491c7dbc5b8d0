package io.autodump.cli.wiring;

import io.autodump.core.dump.DumpKey;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.port.DumpStore;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the newest dump of each secret. The store is listed once, and one manifest is read for each secret. */
public final class NewestManifests {
    private static final Comparator<DumpKey> BY_INSTANT = Comparator.comparing(DumpKey::scheduledAt);

    private final DumpStore store;
    private final List<DumpKey> newest;

    private NewestManifests(DumpStore store, List<DumpKey> newest) {
        this.store = store;
        this.newest = newest;
    }

    /**
     * Lists the store.
     *
     * @throws AutoDumpException {@code STORE_FAILED}
     */
    public static NewestManifests in(DumpStore store) {
        Map<String, DumpKey> newest = new HashMap<>();
        try (Stream<DumpKey> keys = store.list()) {
            keys.forEach(key -> newest.merge(
                    key.databaseFolder(), key, (one, other) -> BY_INSTANT.compare(one, other) < 0 ? other : one));
        }
        return new NewestManifests(store, new ArrayList<>(newest.values()));
    }

    /**
     * Returns the newest dump of the secret; empty if there is none.
     *
     * @throws AutoDumpException {@code STORE_FAILED} or {@code INVALID_DOCUMENT}
     */
    public Optional<DumpManifest> of(String secretName) {
        return newest.stream()
                .filter(key -> key.belongsTo(secretName))
                .max(BY_INSTANT)
                .flatMap(store::find)
                .filter(manifest -> manifest.secretName().equals(secretName));
    }
}

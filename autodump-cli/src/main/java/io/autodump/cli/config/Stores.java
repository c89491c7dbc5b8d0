package io.autodump.cli.config;

import java.util.List;
import java.util.Optional;

/**
 * The stores with names.
 *
 * @param all the stores of {@code stores:}
 * @param copyTo those to which dumps of the store without a name are copied
 * @param chosen the one that {@code --store} names; empty if it names none
 */
public record Stores(List<NamedStore> all, List<NamedStore> copyTo, Optional<NamedStore> chosen) {
    /** No stores. */
    public static final Stores NONE = new Stores(List.of(), List.of(), Optional.empty());

    /** Copies the lists. */
    public Stores {
        all = List.copyOf(all);
        copyTo = List.copyOf(copyTo);
    }

    /** Returns the same stores for a question of a person, who shouldn't wait for a store that doesn't answer. */
    Stores givingUpSoon() {
        return new Stores(
                all.stream().map(NamedStore::givingUpSoon).toList(),
                copyTo.stream().map(NamedStore::givingUpSoon).toList(),
                chosen.map(NamedStore::givingUpSoon));
    }

    static Optional<NamedStore> find(List<NamedStore> stores, String name) {
        return stores.stream().filter(store -> store.name().equals(name)).findFirst();
    }
}

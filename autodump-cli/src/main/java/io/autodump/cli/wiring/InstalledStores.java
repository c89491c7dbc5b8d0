package io.autodump.cli.wiring;

import io.autodump.cli.config.StoreLocation;
import java.util.List;
import java.util.Optional;

/** The kinds of stores of the command, besides the folder. A new kind is one more element of the list. */
public final class InstalledStores {
    private static final List<StoreKind> KINDS = List.of(new S3StoreKind());

    private InstalledStores() {}

    /**
     * Reads the URI of a store. Returns empty if no kind has the scheme: the text is then a folder.
     *
     * @throws IllegalArgumentException if the URI is wrong; the message says what is valid
     */
    public static Optional<StoreLocation.Remote> parse(String text) {
        return KINDS.stream()
                .filter(kind -> text.startsWith(kind.scheme() + ":"))
                .findFirst()
                .map(kind -> kind.parse(text));
    }

    /** Returns the kind of a store that {@link #parse} returned. */
    static StoreKind kind(StoreLocation.Remote location) {
        return KINDS.stream()
                .filter(kind -> kind.scheme().equals(location.scheme()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no kind of store for " + location));
    }
}

package io.autodump.infra.app;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The major versions of PostgreSQL's client programs in the image, as {@code make image} prints them.
 *
 * @param versions ascending
 */
record ImageClients(List<Integer> versions) {
    private static final Predicate<String> VERSION =
            Pattern.compile("1[3-9]|[2-9]\\d").asMatchPredicate();

    /** Reads the setting {@code imageClients}; empty if it isn't set. */
    static Optional<ImageClients> read(SettingsReader reader) {
        List<String> given = reader.list("imageClients", VERSION, "major versions such as 15, 16, 17");
        List<Integer> versions = given.stream()
                .filter(VERSION)
                .map(Integer::valueOf)
                .sorted()
                .distinct()
                .toList();
        return versions.isEmpty() ? Optional.empty() : Optional.of(new ImageClients(versions));
    }

    /** Says which servers the image can dump. */
    String text() {
        return "PostgreSQL clients "
                + String.join(", ", versions.stream().map(String::valueOf).toList())
                + ": dumps servers up to version " + versions.get(versions.size() - 1)
                + ", and fails with AD-2002 for newer ones";
    }
}

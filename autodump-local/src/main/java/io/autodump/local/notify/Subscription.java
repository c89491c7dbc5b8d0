package io.autodump.local.notify;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A channel, and what it is told of. Immutable.
 *
 * @param name names the channel in messages, unique among its siblings
 * @param channel delivers notices
 * @param types what it is told of; a channel that is told of starts is told of every attempt
 * @param databases names of secrets, in which {@code *} stands for any characters; empty for all
 */
public record Subscription(String name, Channel channel, Set<NoticeType> types, List<String> databases) {
    public Subscription {
        types = Set.copyOf(types);
        databases = List.copyOf(databases);
    }

    /** Returns whether the channel is told. A channel that wants every dump wants those with warnings too. */
    boolean wants(Notice notice) {
        boolean type = types.contains(notice.type())
                || (notice.type() == NoticeType.WARNED && types.contains(NoticeType.SUCCEEDED));
        boolean attempt = !notice.repeated() || types.contains(NoticeType.STARTED);
        return type
                && attempt
                && (databases.isEmpty() || databases.stream().anyMatch(name -> matches(name, notice.secretName())));
    }

    private static boolean matches(String pattern, String name) {
        String regex =
                Arrays.stream(pattern.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
        return Pattern.compile(regex, Pattern.DOTALL).matcher(name).matches();
    }
}

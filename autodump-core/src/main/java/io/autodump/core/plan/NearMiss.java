package io.autodump.core.plan;

import io.autodump.core.contract.TagNames;
import io.autodump.core.internal.NearestName;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds tags that were meant for AutoDump but have another prefix: {@code AutoDump:timezone}, {@code
 * autodumper:start-schedule}, {@code autodump/start-schedule}. Such a prefix begins with {@code aut}, in any case.
 */
final class NearMiss {
    private static final String NAME = TagNames.PREFIX.substring(0, TagNames.PREFIX.length() - 1);
    private static final int MOST_WRONG_LETTERS = 2;
    /** The prefix, what separates it, and the rest. */
    private static final Pattern PARTS = Pattern.compile("(?i)(aut[^:/.=@]*?)\\s*([:/.=@])\\s*(.+)");
    /** A name without a separator of its own: {@code autodump-start-schedule}. */
    private static final Pattern JOINED = Pattern.compile("(?i)(auto[-_ ]?dump)([-_ ])(.+)");

    private NearMiss() {}

    /** Returns whether a tag that doesn't begin with the prefix looks like one of AutoDump's. */
    static boolean isOne(String tag) {
        if (tag.startsWith(TagNames.PREFIX)) {
            return false;
        }
        Matcher parts = parts(tag);
        return parts.matches()
                && (isPrefixInOtherCase(parts)
                        || (isNear(parts.group(1)) && known(parts).isPresent()));
    }

    /** Returns the tag that was probably meant. */
    static Optional<String> meant(String tag) {
        Matcher parts = parts(tag);
        return parts.matches() ? known(parts) : NearestName.of(tag, TagNames.ALL);
    }

    private static Matcher parts(String tag) {
        Matcher parts = PARTS.matcher(tag);
        return parts.matches() ? parts : JOINED.matcher(tag);
    }

    private static boolean isPrefixInOtherCase(Matcher parts) {
        return parts.group(1).equalsIgnoreCase(NAME) && parts.group(2).equals(":");
    }

    private static Optional<String> known(Matcher parts) {
        return NearestName.of(TagNames.PREFIX + parts.group(3), TagNames.ALL);
    }

    private static boolean isNear(String prefix) {
        return NearestName.distanceAtMost(prefix.toLowerCase(Locale.ROOT), NAME, MOST_WRONG_LETTERS);
    }
}

package io.autodump.core.plan;

import com.google.common.hash.Hashing;
import com.google.common.io.BaseEncoding;
import io.autodump.core.contract.TagNames;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A hash of a schedule. A waiting run carries it, to find out whether the tags that scheduled it still apply.
 *
 * <ul>
 *   <li>{@code V1} is the original system's hash: {@code "V1"} and the cyrb53 of {@code timezone|start-schedule}. Both
 *       tags are trimmed as JavaScript trims, and empty if absent. AutoDump still matches it, so that runs that were
 *       waiting before the upgrade are made.
 *   <li>{@code V2} is {@code "V2"} and the first 16 bytes, in lower-case hexadecimal, of the SHA-256 of the effective
 *       schedule. Setting a tag to its default, or writing the same schedule differently, doesn't change it.
 * </ul>
 *
 * @param value the text, which begins with the version
 */
public record TagsHash(String value) {
    private static final Pattern SYNTAX = Pattern.compile("V1\\d{1,16}|V2[0-9a-f]{32}");
    private static final String JAVASCRIPT_WHITE_SPACE =
            "\t\n\u000b\f\r \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005"
                    + "\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\ufeff";

    public TagsHash {
        if (!SYNTAX.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "not a tags hash (V1 and digits, or V2 and 32 hexadecimal digits): \"" + value + "\"");
        }
    }

    /**
     * Returns the hash in the current version. It is equal for all tags that mean the same schedule; tags without a
     * schedule have a hash too.
     */
    public static TagsHash of(SecretTags tags) {
        String effective = tags.schedule()
                .map(schedule -> String.join(
                        "\n",
                        "enabled=" + schedule.enabled(),
                        "cron=" + schedule.cron().canonical(),
                        "zone=" + schedule.zone().getId(),
                        "jitter=" + schedule.jitter()))
                .orElse("");
        byte[] sha256 =
                Hashing.sha256().hashString(effective, StandardCharsets.UTF_8).asBytes();
        return new TagsHash("V2" + BaseEncoding.base16().lowerCase().encode(Arrays.copyOf(sha256, 16)));
    }

    /** Returns the original system's hash of the raw tags of a secret. */
    public static TagsHash v1(Map<String, String> tags) {
        String zone = javaScriptTrim(tags.getOrDefault(TagNames.TIMEZONE, ""));
        String schedule = javaScriptTrim(tags.getOrDefault(TagNames.START_SCHEDULE, ""));
        return new TagsHash("V1" + Cyrb53.hash(zone + "|" + schedule));
    }

    /**
     * Returns whether the current tags of a secret mean the schedule of this hash. A schedule that can't be
     * read matches no V2 hash; problems of other tags don't matter.
     */
    public boolean matches(Map<String, String> tags) {
        return currentFor(tags).filter(this::equals).isPresent();
    }

    /**
     * Returns the hash of the given tags in the version of this hash; empty if a V2 hash is needed and the
     * schedule, the time zone or {@code autodump:enabled} can't be read.
     */
    public Optional<TagsHash> currentFor(Map<String, String> tags) {
        if (value.startsWith("V1")) {
            return Optional.of(v1(tags));
        }
        SecretTags read = SecretTags.read(tags);
        return read.problems().schedule().isEmpty() ? Optional.of(of(read)) : Optional.empty();
    }

    @Override
    public String toString() {
        return value;
    }

    /**
     * Trims as JavaScript's {@code trim} does: no-break spaces and the byte order mark go too, which {@code
     * String.strip} keeps.
     */
    private static String javaScriptTrim(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && JAVASCRIPT_WHITE_SPACE.indexOf(text.charAt(start)) >= 0) {
            start++;
        }
        while (end > start && JAVASCRIPT_WHITE_SPACE.indexOf(text.charAt(end - 1)) >= 0) {
            end--;
        }
        return text.substring(start, end);
    }
}

package io.autodump.core.dump;

import com.google.common.escape.Escaper;
import com.google.common.net.PercentEscaper;
import io.autodump.core.encryption.DumpEncryption;
import io.autodump.core.internal.UtcText;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The key of a dump in its store: {@code [prefix/]SECRET/DATABASE/yyyy/MM/dd/DATABASE-yyyy-MM-dd'T'HH-mm-ss'Z'.dump},
 * with the scheduled instant in UTC. A retry of a run has the same key, so it replaces what the earlier attempt left
 * unfinished. The dumps of two secrets have different keys. Characters outside {@code A-Z a-z 0-9 _ . = @ + -} are
 * percent-encoded (as UTF-8), so a key is also a safe relative path. Slashes in a secret's name stay. Immutable.
 *
 * @param value at most {@value #MAX_BYTES} bytes (Amazon S3 user guide, "Naming Amazon S3 objects")
 */
public record DumpKey(String value) implements Comparable<DumpKey> {
    /** The longest key in bytes: S3's limit of 1,024 bytes, less what the manifest's name adds. */
    public static final int MAX_BYTES = 1010;

    private static final String MANIFEST_SUFFIX = ".manifest.json";
    private static final DateTimeFormatter DAY = formatter("uuuu/MM/dd");
    private static final DateTimeFormatter SECOND = formatter("uuuu-MM-dd'T'HH-mm-ss'Z'");
    /** An escaped slash. No other segment contains one. */
    private static final String EMPTY_SEGMENT = "%2F";

    private static final Escaper SEGMENT = new PercentEscaper("_.=@+-", false);
    /** Everything before the database: one line. */
    private static final Pattern OWNER = Pattern.compile(".+");

    /** What follows the database. Matching this end only is cheaper than going back through the whole key. */
    private static final Pattern END = Pattern.compile(
            "\\d{4}/\\d{2}/\\d{2}/[^/]*-(?<second>\\d{4}-\\d{2}-\\d{2}T\\d{2}-\\d{2}-\\d{2}Z)\\.(dump|sql)(\\.zst|\\.gz)?(\\.age)?");

    private static final Pattern PARTS_ENDING = Pattern.compile("\\.(dump|sql)(\\.zst|\\.gz)?(\\.age)?$");

    /** What compression and encryption add to a name. */
    private static final List<String> ENDINGS = List.of("", ".zst", ".gz", ".age", ".zst.age", ".gz.age");

    private static final int SEGMENTS_OF_THE_END = 4;
    private static final int MAX_BYTES_OF_A_CHAR = 3;

    public DumpKey {
        if (value.length() > MAX_BYTES / MAX_BYTES_OF_A_CHAR
                && value.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            throw new IllegalArgumentException("a dump's key has at most " + MAX_BYTES + " bytes: " + value);
        }
        Matcher end = end(value);
        if (!end.matches() || !hasOwner(value) || hasUnsafeSegment(value)) {
            throw new IllegalArgumentException(
                    "not a dump's key ([prefix/]SECRET/DATABASE/yyyy/MM/dd/DATABASE-INSTANT.dump): \"" + value + "\"");
        }
        try {
            UtcText.seconds(end.group("second"));
        } catch (DateTimeException wrong) {
            throw new IllegalArgumentException("a dump's key with a date that doesn't exist: \"" + value + "\"", wrong);
        }
    }

    /**
     * Returns the key of a run's dump.
     *
     * @param prefix the prefix that the secret asks for, without a slash at either end
     * @param secretName the name of the secret
     * @param database the name of the database
     * @param scheduledAt the instant for which the run was scheduled; fractions of a second are cut off
     * @param extension as in {@link DumpSettings#extension}, with its dot
     * @throws IllegalArgumentException if the key would be too long, or if a name holds half of a surrogate pair
     */
    public static DumpKey of(
            Optional<String> prefix, String secretName, String database, Instant scheduledAt, String extension) {
        String folder = prefix.filter(path -> !path.isEmpty())
                        .map(path -> escapePath(path) + "/")
                        .orElse("")
                + escapePath(secretName);
        String escaped = escapeSegment(database);
        return new DumpKey(folder + "/" + escaped + "/" + DAY.format(scheduledAt) + "/" + escaped + "-"
                + SECOND.format(scheduledAt) + extension);
    }

    /** Returns the key with this text. Empty for any other object in the store, such as a manifest. */
    public static Optional<DumpKey> parse(String value) {
        try {
            return Optional.of(new DumpKey(value));
        } catch (IllegalArgumentException notAKey) {
            return Optional.empty();
        }
    }

    /** Returns the key of the dump whose manifest has this name. Empty if that isn't the name of a manifest. */
    public static Optional<DumpKey> ofManifest(String manifestKey) {
        return manifestKey.endsWith(MANIFEST_SUFFIX)
                ? parse(manifestKey.substring(0, manifestKey.length() - MANIFEST_SUFFIX.length()))
                : Optional.empty();
    }

    /**
     * Returns the folder of the parts of a dump that has several: the key without its ending, {@code
     * …/DATABASE-INSTANT}. The dumps of one run share it, whatever their compression.
     */
    public String partsFolder() {
        return PARTS_ENDING.matcher(value).replaceFirst("");
    }

    /**
     * Returns the key of a part of this dump.
     *
     * @param name as {@link DumpPart#name()}
     */
    public String partKey(String name) {
        return partsFolder() + "/" + name;
    }

    /**
     * Returns the key of the dump to which a part with this key belongs. The dump's ending is taken from the part's, so
     * it may be that of another one of {@link #ofSameRun}. Empty if that isn't the key of a part.
     */
    public static Optional<DumpKey> ofPart(String partKey) {
        int slash = partKey.lastIndexOf('/');
        int folder = partKey.startsWith("data/", partKey.lastIndexOf('/', slash - 1) + 1)
                ? partKey.lastIndexOf('/', slash - 1)
                : slash;
        return folder > 0 && DumpPart.isName(partKey.substring(folder + 1))
                ? parse(partKey.substring(0, folder) + ".dump" + endingOf(partKey))
                : Optional.empty();
    }

    private static String endingOf(String partKey) {
        return ENDINGS.stream()
                .filter(partKey::endsWith)
                .max(Comparator.comparing(String::length))
                .orElse("");
    }

    /** Returns whether a dump with this key is encrypted. */
    public boolean isEncrypted() {
        return value.endsWith(DumpEncryption.EXTENSION);
    }

    /** Returns the keys that a dump of this run can have, compressed and encrypted or not: this one is among them. */
    public List<DumpKey> ofSameRun() {
        String format = value.substring(partsFolder().length()).startsWith(".sql") ? ".sql" : ".dump";
        return ENDINGS.stream()
                .map(ending -> partsFolder() + format + ending)
                .flatMap(key -> parse(key).stream())
                .toList();
    }

    /** Returns the name of the manifest, which is beside the dump. */
    public String manifestKey() {
        return value + MANIFEST_SUFFIX;
    }

    /**
     * Returns the folder of the secret's dumps, {@code [prefix/]SECRET}: everything before the database. With a
     * prefix, one secret's folder can look like another's; only the manifest says whose dump it is.
     */
    public String secretFolder() {
        return value.substring(0, slashBefore(value, endOf(value) - 1));
    }

    /** Returns the folder of the dumps of one database of the secret, {@code [prefix/]SECRET/DATABASE}. */
    public String databaseFolder() {
        return value.substring(0, endOf(value) - 1);
    }

    /**
     * Returns the folder of a secret's dumps without a prefix. {@link #secretFolder()} of each of its dumps equals
     * this, or ends in a slash and this.
     */
    public static String secretFolder(String secretName) {
        return escapePath(secretName);
    }

    /** Returns the last part of {@link #databaseFolder()} for a database of this name. */
    public static String databaseFolder(String database) {
        return escapeSegment(database);
    }

    /** Returns the instant for which the run was scheduled, to the second. */
    public Instant scheduledAt() {
        Matcher end = end(value);
        if (!end.matches()) {
            throw new IllegalStateException("checked when the key was made: " + value);
        }
        return UtcText.seconds(end.group("second"));
    }

    /** Returns whether this may be a dump of the secret with this name, under any prefix. */
    public boolean belongsTo(String secretName) {
        String folder = secretFolder();
        String escaped = escapePath(secretName);
        return folder.equals(escaped) || folder.endsWith("/" + escaped);
    }

    /** What follows the database, if this is a key. */
    private static Matcher end(String value) {
        return END.matcher(value).region(endOf(value), value.length());
    }

    private static boolean hasOwner(String value) {
        int end = endOf(value);
        int database = slashBefore(value, end - 1);
        return database > 0
                && database + 1 < end - 1
                && OWNER.matcher(value).region(0, database).matches();
    }

    /** Returns where the part after the database begins; negative or 0 if there is none. */
    private static int endOf(String value) {
        int slash = value.length();
        for (int i = 0; i < SEGMENTS_OF_THE_END; i++) {
            slash = slashBefore(value, slash);
        }
        return slash + 1;
    }

    /** Returns the last slash before an index; -1 if there is none. */
    private static int slashBefore(String value, int index) {
        return index <= 0 ? -1 : value.lastIndexOf('/', index - 1);
    }

    private static boolean hasUnsafeSegment(String value) {
        int from = 0;
        for (int slash = value.indexOf('/'); slash >= 0; slash = value.indexOf('/', from)) {
            if (isUnsafe(value.substring(from, slash))) {
                return true;
            }
            from = slash + 1;
        }
        return isUnsafe(value.substring(from));
    }

    /** Compares the paths. The dumps of one database under one prefix are in the order of their instants. */
    @Override
    public int compareTo(DumpKey other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }

    private static String escapePath(String path) {
        return Stream.of(path.split("/", -1)).map(DumpKey::escapeSegment).collect(Collectors.joining("/"));
    }

    /** Escapes a segment. A segment of dots only would leave the folder, and an empty one would vanish. */
    private static String escapeSegment(String segment) {
        if (segment.isEmpty()) {
            return EMPTY_SEGMENT;
        }
        String escaped = SEGMENT.escape(segment);
        return isUnsafe(escaped) ? escaped.replace(".", "%2E") : escaped;
    }

    private static boolean isUnsafe(String segment) {
        return segment.isEmpty() || segment.equals(".") || segment.equals("..");
    }

    private static DateTimeFormatter formatter(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withZone(ZoneOffset.UTC);
    }
}

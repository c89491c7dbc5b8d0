package io.autodump.core.dump;

import com.google.common.escape.Escaper;
import com.google.common.net.PercentEscaper;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where a dump lies in its store: {@code [prefix/]SECRET/DATABASE/yyyy/MM/dd/DATABASE-yyyy-MM-dd'T'HH-mm-ss'Z'.dump},
 * with the scheduled instant in UTC. A retry of a run has the same key, so that it replaces what it left unfinished;
 * two secrets never share one. Characters outside {@code A-Z a-z 0-9 _ . = @ + -} are percent-encoded (as UTF-8), so
 * that a key is also a safe relative path; slashes in a secret's name stay.
 *
 * @param value at most {@value #MAX_BYTES} bytes (Amazon S3 user guide, "Naming Amazon S3 objects")
 */
public record DumpKey(String value) implements Comparable<DumpKey> {
    /** The longest key that S3 takes, 1,024 bytes, less what the manifest's name adds. */
    public static final int MAX_BYTES = 1010;

    private static final String MANIFEST_SUFFIX = ".manifest.json";
    private static final DateTimeFormatter DAY = formatter("uuuu/MM/dd");
    private static final DateTimeFormatter SECOND = formatter("uuuu-MM-dd'T'HH-mm-ss'Z'");
    /** An escaped slash, which no segment holds otherwise. */
    private static final String EMPTY_SEGMENT = "%2F";

    private static final Escaper SEGMENT = new PercentEscaper("_.=@+-", false);
    private static final Pattern SYNTAX = Pattern.compile(
            "(?<owner>.+)/(?<database>[^/]+)/\\d{4}/\\d{2}/\\d{2}/[^/]*-(?<second>\\d{4}-\\d{2}-\\d{2}T\\d{2}-\\d{2}-\\d{2}Z)"
                    + "\\.(dump|sql)(\\.zst|\\.gz)?");

    public DumpKey {
        if (value.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            throw new IllegalArgumentException("a dump's key has at most " + MAX_BYTES + " bytes: " + value);
        }
        if (!SYNTAX.matcher(value).matches() || Stream.of(value.split("/", -1)).anyMatch(DumpKey::isUnsafe)) {
            throw new IllegalArgumentException(
                    "not a dump's key ([prefix/]SECRET/DATABASE/yyyy/MM/dd/DATABASE-INSTANT.dump): \"" + value + "\"");
        }
    }

    /**
     * The key of a run.
     *
     * @param prefix what the secret asks its dumps' keys to begin with
     * @param extension as in {@link DumpFileType#extension()}, beginning with a dot
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

    /** The key if the text is one, and not the manifest or some other object in the same store. */
    public static Optional<DumpKey> parse(String value) {
        try {
            return Optional.of(new DumpKey(value));
        } catch (IllegalArgumentException notAKey) {
            return Optional.empty();
        }
    }

    /** The key of the dump whose manifest lies there; empty if that isn't a manifest's name. */
    public static Optional<DumpKey> ofManifest(String manifestKey) {
        return manifestKey.endsWith(MANIFEST_SUFFIX)
                ? parse(manifestKey.substring(0, manifestKey.length() - MANIFEST_SUFFIX.length()))
                : Optional.empty();
    }

    /** Where the manifest lies: beside the dump. */
    public String manifestKey() {
        return value + MANIFEST_SUFFIX;
    }

    /**
     * The folder of the dumps of that secret, {@code [prefix/]SECRET}: everything before the database. A secret's own
     * name can look like another's behind a prefix, so the manifest alone tells whose dump it is.
     */
    public String secretFolder() {
        return part("owner");
    }

    /** The folder of the dumps of one database of that secret, {@code [prefix/]SECRET/DATABASE}. */
    public String databaseFolder() {
        return part("owner") + "/" + part("database");
    }

    /** What {@link #secretFolder()} is, or ends with after a slash, for every dump of the secret of that name. */
    public static String secretFolder(String secretName) {
        return escapePath(secretName);
    }

    /**
     * The instant for which the run was scheduled, to the second.
     *
     * @throws java.time.DateTimeException if the key names no date that there is, as none of AutoDump's does
     */
    public Instant scheduledAt() {
        return SECOND.parse(part("second"), Instant::from);
    }

    /** Whether this may be a dump of the secret of that name, under whatever prefix. */
    public boolean belongsTo(String secretName) {
        String folder = secretFolder();
        String escaped = escapePath(secretName);
        return folder.equals(escaped) || folder.endsWith("/" + escaped);
    }

    private String part(String group) {
        Matcher matcher = SYNTAX.matcher(value);
        if (!matcher.matches()) {
            throw new IllegalStateException("checked when the key was made: " + value);
        }
        return matcher.group(group);
    }

    /** By path, so that the dumps of one database under one prefix stand in the order of their instants. */
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

    /** A segment of dots alone would climb out of a folder, and an empty one would vanish. */
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

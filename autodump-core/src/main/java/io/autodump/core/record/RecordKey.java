package io.autodump.core.record;

import io.autodump.core.dump.DumpKey;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The key of a record in a store. A record of a run has the key of the run's dump with {@code .failed.json} in place
 * of the dump's extension. A record about a dump has the dump's key with another ending. No record is a dump or a
 * manifest, so no record makes a dump appear. Immutable.
 *
 * @param value the key, for example {@code orders/shop/2026/11/22/shop-2026-11-22T08-00-00Z.failed.json}
 */
public record RecordKey(String value) implements Comparable<RecordKey> {
    /** The folder of a run whose database isn't known, because the secret's value couldn't be read. */
    public static final String UNKNOWN_DATABASE = "unknown";

    private static final String ANY_EXTENSION = ".dump";
    private static final int MAX_BYTES = 1024;

    /** What a record says. */
    public enum Kind {
        /** A run failed or was missed. The content is a {@link FailedRun}. */
        FAILED,
        /** A person has looked at a suspicious dump and accepts it. The content is an {@link Acknowledgement}. */
        ACCEPTED,
        /** A restore drill has proven the dump. The content is an {@link Attestation}. */
        PROVEN,
        /** The last restore drill of the dump failed. The content is a {@link FailedDrill}. */
        UNPROVEN,
        /** Retention doesn't delete the dump. The content doesn't matter. */
        LOCKED;

        private final String text = name().toLowerCase(Locale.ROOT);
        private final String suffix = "." + text + ".json";

        /** Returns the word in the key, for example {@code failed}. */
        public String text() {
            return text;
        }

        String suffix() {
            return suffix;
        }
    }

    public RecordKey {
        if (value.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES
                || kindIn(value).isEmpty()) {
            throw new IllegalArgumentException("not the key of a record: \"" + value + "\"");
        }
    }

    /**
     * Returns the key for a run that failed or was missed.
     *
     * @param prefix the prefix that the secret asks for
     * @param secretName the name of the secret
     * @param database the name of the database; empty if it isn't known
     * @param scheduledAt the instant for which the run was scheduled; fractions of a second are cut off
     * @throws IllegalArgumentException if the key would be too long
     */
    public static RecordKey ofRun(
            Optional<String> prefix, String secretName, Optional<String> database, Instant scheduledAt) {
        DumpKey dump = DumpKey.of(prefix, secretName, database.orElse(UNKNOWN_DATABASE), scheduledAt, ANY_EXTENSION);
        return new RecordKey(withoutEnding(dump.value(), ANY_EXTENSION) + Kind.FAILED.suffix());
    }

    /**
     * Returns the key for a record about a dump.
     *
     * @param kind any kind but {@link Kind#FAILED}, which is about a run
     */
    public static RecordKey ofDump(DumpKey dump, Kind kind) {
        if (kind == Kind.FAILED) {
            throw new IllegalArgumentException("a failed run has no dump: " + dump);
        }
        return new RecordKey(dump.value() + kind.suffix());
    }

    /** Returns the key with this text. Empty for any other object in the store. */
    public static Optional<RecordKey> parse(String value) {
        return kindIn(value).map(kind -> new RecordKey(value));
    }

    /** Returns what the record says. */
    public Kind kind() {
        return kindIn(value).orElseThrow();
    }

    /** Returns the dump that the record is about. Empty for a record of a run. */
    public Optional<DumpKey> dump() {
        return kind() == Kind.FAILED
                ? Optional.empty()
                : Optional.of(place(value, kind()).orElseThrow());
    }

    /** Returns the instant for which the run or the dump was scheduled, to the second. */
    public Instant scheduledAt() {
        return place().scheduledAt();
    }

    /** Returns the folder of the secret, as {@link DumpKey#secretFolder()} does. */
    public String secretFolder() {
        return place().secretFolder();
    }

    /** Returns whether this may be a record of the secret with this name, under any prefix. */
    public boolean belongsTo(String secretName) {
        return place().belongsTo(secretName);
    }

    /** Compares the paths. */
    @Override
    public int compareTo(RecordKey other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }

    private DumpKey place() {
        return place(value, kind()).orElseThrow();
    }

    private static Optional<Kind> kindIn(String value) {
        return Stream.of(Kind.values())
                .filter(kind -> value.endsWith(kind.suffix()))
                .filter(kind -> place(value, kind).isPresent())
                .findFirst();
    }

    /** The dump, or what the run's dump could have been called. */
    private static Optional<DumpKey> place(String value, Kind kind) {
        String stem = withoutEnding(value, kind.suffix());
        return DumpKey.parse(kind == Kind.FAILED ? stem + ANY_EXTENSION : stem);
    }

    private static String withoutEnding(String text, String ending) {
        return text.substring(0, text.length() - ending.length());
    }
}

package io.autodump.postgres.dump;

import java.math.BigInteger;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells a value that is too large to be dumped from damaged data: the server refuses to allocate memory in both cases.
 * A value may have 1 GB, and so may its text form, which takes twice the bytes for {@code bytea}.
 */
final class LargeValue {
    private static final Pattern ALLOCATION = Pattern.compile("invalid memory alloc request size (\\d+)");
    private static final Pattern BUFFER = Pattern.compile("Cannot enlarge string buffer|out of memory.*string buffer");

    /** Bounded, because Java follows each repetition of a group on its stack; a name has at most 63 bytes. */
    private static final String QUOTED = "\"(?:[^\"]|\"\"){1,63}\"";

    /** A table with its schema, each quoted or not, as {@code pg_dump} writes it. */
    private static final Pattern COPIED =
            Pattern.compile("COPY ((?:" + QUOTED + "|[^\\s.\"]+)\\.(?:" + QUOTED + "|[^\\s(\"]+)) ");

    private static final Pattern CONTENTS = Pattern.compile("Dumping the contents of table \"(.+?)\" failed");

    /** A row has at most a few values of 1 GB. A damaged length is usually far larger. */
    private static final BigInteger LARGEST_SOUND = BigInteger.ONE.shiftLeft(32);

    private LargeValue() {}

    /** Returns the hint. Empty unless the server said that a value is too large. */
    static Optional<String> hint(String stderr) {
        Matcher allocation = ALLOCATION.matcher(stderr);
        boolean tooLarge = allocation.find()
                ? new BigInteger(allocation.group(1)).compareTo(LARGEST_SOUND) < 0
                : BUFFER.matcher(stderr).find();
        return tooLarge
                ? Optional.of(
                        "a value in $TABLE is too large to be dumped: its text form passes the server's limit of 1 GB"
                                + " (a bytea takes two bytes of text for each byte, so 512 MB). Find it by"
                                + " octet_length(column); split it or move it into a large object, or leave the table's"
                                + " rows out by autodump:exclude-table-data=$TABLE")
                : Optional.empty();
    }

    /** Returns the table whose rows were being dumped, quoted as in SQL if necessary. */
    static Optional<String> table(String stderr) {
        Matcher copied = COPIED.matcher(stderr);
        if (copied.find()) {
            return Optional.of(copied.group(1));
        }
        Matcher contents = CONTENTS.matcher(stderr);
        return contents.find() ? Optional.of("table " + contents.group(1)) : Optional.empty();
    }
}

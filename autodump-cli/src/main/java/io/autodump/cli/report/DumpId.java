package io.autodump.cli.report;

import com.google.common.hash.Hashing;
import io.autodump.core.dump.DumpKey;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * The short id of a dump: the first eight hexadecimal digits of the SHA-256 of its key. It stays the same as long as
 * the dump has its key.
 */
public final class DumpId {
    private static final int LENGTH = 8;
    private static final Pattern PREFIX = Pattern.compile("[0-9a-f]{4," + LENGTH + "}");

    private DumpId() {}

    /** Returns the id of a dump. */
    public static String of(DumpKey key) {
        return Hashing.sha256()
                .hashString(key.value(), StandardCharsets.UTF_8)
                .toString()
                .substring(0, LENGTH);
    }

    /** Returns whether a text may be an id or the beginning of one, at least four digits. */
    public static boolean mayBe(String text) {
        return PREFIX.matcher(text).matches();
    }
}

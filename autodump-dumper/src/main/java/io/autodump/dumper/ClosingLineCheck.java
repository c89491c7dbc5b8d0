package io.autodump.dumper;

import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** A script is whole if it ends with the line that {@code pg_dump} writes last. */
final class ClosingLineCheck implements OutputCheck {
    /** Newer releases put a line {@code \\unrestrict} with a random word behind it. */
    private static final String CLOSING_LINE = "\n-- PostgreSQL database dump complete\n";

    private static final int KEPT = 1024;

    private byte[] tail = new byte[0];

    @Override
    public void accept(byte[] bytes, int offset, int length) {
        if (length >= KEPT) {
            tail = Arrays.copyOfRange(bytes, offset + length - KEPT, offset + length);
            return;
        }
        byte[] joined = Arrays.copyOf(tail, tail.length + length);
        System.arraycopy(bytes, offset, joined, tail.length, length);
        tail = joined.length > KEPT ? Arrays.copyOfRange(joined, joined.length - KEPT, joined.length) : joined;
    }

    @Override
    public Optional<Integer> finish() {
        if (!new String(tail, StandardCharsets.ISO_8859_1).contains(CLOSING_LINE)) {
            throw new AutoDumpException(
                    ErrorCode.DUMP_INCOMPLETE,
                    "pg_dump exited with status 0, and its script lacks the closing line \"" + CLOSING_LINE.strip()
                            + "\"; nothing was published",
                    "run the dump again; if it stays, run pg_dump by hand and compare");
        }
        return Optional.empty();
    }

    @Override
    public void close() {}
}

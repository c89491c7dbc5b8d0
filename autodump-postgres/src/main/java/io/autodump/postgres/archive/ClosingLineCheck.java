package io.autodump.postgres.archive;

import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import java.util.Optional;

/** Checks a script: it must end as {@code pg_dump} ends it. A later verification applies the same rule. */
public final class ClosingLineCheck implements OutputCheck {
    private final ScriptEdges edges = new ScriptEdges();

    /** Creates a check for one script. */
    public ClosingLineCheck() {}

    @Override
    public void accept(byte[] bytes, int offset, int length) {
        edges.accept(bytes, offset, length);
    }

    @Override
    public Optional<Integer> finish() {
        if (!edges.isWhole()) {
            throw new AutoDumpException(
                    ErrorCode.DUMP_INCOMPLETE,
                    "pg_dump exited with status 0, and its script doesn't end with the closing line \"-- PostgreSQL"
                            + " database dump complete\" and what belongs to it; nothing was published",
                    "run the dump again; if it stays, run pg_dump by hand and compare");
        }
        return Optional.empty();
    }

    @Override
    public void close() {}
}

package io.autodump.postgres.dump;

import io.autodump.core.port.DumpProgress;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Tells the progress messages of {@code pg_dump --verbose} on stderr from the errors there. */
final class PgDumpProgress implements Predicate<String> {
    private static final String PROGRAM = "pg_dump: ";
    private static final String WARNING = "warning: ";
    private static final String ERROR = "error: ";
    private static final String TABLE = PROGRAM + "dumping contents of table \"";

    /** The beginnings of all progress messages in the releases 12 to 18, in the C locale. */
    private static final List<String> BEGINNINGS = List.of(
            "reading ",
            "dumping contents of ",
            "processing ",
            "creating ",
            "executing ",
            "saving ",
            "identifying ",
            "finding ",
            "flagging ",
            "last built-in OID is ",
            "implied data-only restore",
            "implied no-schema restore",
            "connecting to ",
            "entering ",
            "finished ",
            "launching ",
            "dropping ",
            "setting ");

    private final DumpProgress listener;
    private final Runnable anySign;
    private final Consumer<String> warnings;

    /**
     * Prepares to read lines.
     *
     * @param listener receives the tables
     * @param anySign called for every line of progress
     * @param warnings takes every warning and error, without the program's name
     */
    PgDumpProgress(DumpProgress listener, Runnable anySign, Consumer<String> warnings) {
        this.listener = listener;
        this.anySign = anySign;
        this.warnings = warnings;
    }

    /** Returns whether the line is progress. The listener has been called then. */
    @Override
    public boolean test(String line) {
        if (!line.startsWith(PROGRAM)) {
            return false;
        }
        String text = line.substring(PROGRAM.length());
        if (text.startsWith(WARNING)) {
            warnings.accept(text.substring(WARNING.length()));
        } else if (text.startsWith(ERROR)) {
            // Matters only if the program then ends as if all were well.
            warnings.accept(text);
        }
        if (BEGINNINGS.stream().noneMatch(text::startsWith)) {
            return false;
        }
        anySign.run();
        if (line.startsWith(TABLE) && line.endsWith("\"") && line.length() > TABLE.length()) {
            listener.table(line.substring(TABLE.length(), line.length() - 1));
        }
        return true;
    }
}

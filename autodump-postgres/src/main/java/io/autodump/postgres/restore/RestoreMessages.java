package io.autodump.postgres.restore;

import io.autodump.postgres.load.LoadListener;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The messages of {@code pg_restore --verbose} or {@code psql}: tables for the listener, and the first error with its
 * lines, because it usually explains the following ones. Thread-safe.
 */
final class RestoreMessages implements Predicate<String> {
    private static final Pattern TABLE = Pattern.compile("(?s)pg_restore: processing data for table \"(.*)\"");
    private static final Pattern ERROR =
            Pattern.compile("(?s)(?:pg_restore|psql)[^ ]* (?:error: .*|(?:ERROR|FATAL|PANIC): .*)|(?:ERROR|FATAL): .*");
    private static final Pattern CHATTER = Pattern.compile("(?s)pg_restore: (?!error:|warning:|hint:|detail:).*");
    private static final String NAME = "pg_restore:";
    private static final Pattern PREFIXES = Pattern.compile("^(?:pg_restore:| )*");
    private static final Pattern WITHOUT_PREFIX =
            Pattern.compile("(?s)(?:processing data for table|(?:launching|finished) item|error:|warning:) .*");
    /** Statements whose text can hold a password. */
    private static final Pattern WITH_SECRETS =
            Pattern.compile("(?i)(?:Command was|STATEMENT): .*\\b(?:USER MAPPING|SUBSCRIPTION|SERVER|ROLE|USER)\\b.*");

    private static final Pattern LITERAL = Pattern.compile("'(?:[^']|'')*(?:'|$)");
    private static final int LONGEST = 400;
    private static final int LINES = 8;

    /** One process restores one entry after the other. In parallel, the end of each is told. */
    private static final Pattern LAUNCHED = Pattern.compile("pg_restore: launching item (?s:.*)");

    private static final Pattern FINISHED = Pattern.compile("(?s)pg_restore: finished item [0-9]+ TABLE DATA (.*)");
    private static final Pattern NEXT = Pattern.compile("(?s)pg_restore: (?:processing|creating|executing) .*");

    private static final Pattern FAILED_ENTRY =
            Pattern.compile("(?s)pg_restore: from TOC entry ([0-9]{1,9}); .* TABLE DATA .*");
    private static final Pattern REFUSED_ROWS = Pattern.compile("(?s).*COPY failed for table \".*");

    /** The rows aren't the reason then. */
    private static final Pattern OTHER_REASONS = Pattern.compile("(?s).*(?:FATAL:|PANIC:|server closed the connection"
            + "|connection to server|No space left on device|out of (?:shared )?memory|canceling statement).*");

    private final LoadListener listener;
    private final Set<String> unfinished = new HashSet<>();
    private boolean parallel;
    private final List<String> error = new ArrayList<>();
    private boolean secrets;
    private OptionalInt failedEntry = OptionalInt.empty();

    RestoreMessages(LoadListener listener) {
        this.listener = listener;
    }

    @Override
    public boolean test(String line) {
        return classify(unmixed(line));
    }

    /**
     * In parallel, several processes write to one pipe, and each writes its name, a blank and its message separately
     * (pg_log_generic in PostgreSQL's src/common/logging.c). Names and blanks may therefore stand before the message of
     * another process. A message with its line end stays complete.
     */
    private static String unmixed(String line) {
        Matcher prefix = PREFIXES.matcher(line);
        String message = prefix.replaceFirst("");
        boolean named = line.substring(0, line.length() - message.length()).contains(NAME);
        return named || WITHOUT_PREFIX.matcher(message).matches() ? NAME + " " + message : line;
    }

    private synchronized boolean classify(String line) {
        followTables(line);
        Matcher failed = FAILED_ENTRY.matcher(line);
        if (failed.matches()) {
            failedEntry = OptionalInt.of(Integer.parseInt(failed.group(1)));
        }
        boolean chatter = CHATTER.matcher(line).matches();
        boolean belongs = (!error.isEmpty() && !chatter) || ERROR.matcher(line).matches();
        if (belongs && error.size() < LINES) {
            secrets |= WITH_SECRETS.matcher(line).find();
            String shown = secrets ? LITERAL.matcher(line).replaceAll("'…'") : line;
            error.add(shown.length() > LONGEST ? shown.substring(0, LONGEST) + "…" : shown);
        }
        return chatter;
    }

    private void followTables(String line) {
        parallel |= LAUNCHED.matcher(line).matches();
        Matcher finished = FINISHED.matcher(line);
        if (finished.matches()) {
            finish("." + finished.group(1));
        } else if (!parallel && NEXT.matcher(line).matches()) {
            finish("");
        }
        Matcher table = TABLE.matcher(line);
        if (table.matches()) {
            unfinished.add(table.group(1));
            listener.begins(table.group(1));
        }
    }

    /** In parallel, the message lacks the schema. If several tables may be meant, none is. */
    private void finish(String end) {
        List<String> meant =
                unfinished.stream().filter(table -> table.endsWith(end)).toList();
        if (meant.size() == 1) {
            unfinished.remove(meant.get(0));
            listener.loaded(meant.get(0));
        }
    }

    /** Returns the entry of the archive whose rows the server refused; empty if it failed for another reason. */
    synchronized OptionalInt refusedEntry() {
        String all = error();
        return REFUSED_ROWS.matcher(all).matches()
                        && !OTHER_REASONS.matcher(all).matches()
                ? failedEntry
                : OptionalInt.empty();
    }

    /** Returns the first error in one line. Empty if there was none. */
    synchronized String error() {
        return String.join(" | ", error);
    }
}

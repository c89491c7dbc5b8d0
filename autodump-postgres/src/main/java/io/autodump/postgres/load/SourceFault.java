package io.autodump.postgres.load;

import io.autodump.core.error.Hints;
import io.autodump.postgres.connection.Sql;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Recognizes restores that fail for something in the source database, which {@code pg_dump} has dumped faithfully. */
public final class SourceFault {
    private static final Pattern DUPLICATES = Pattern.compile("could not create unique index \"(.+?)\"");
    private static final Pattern UNKNOWN_NAME =
            Pattern.compile("(?:relation|function|type|operator) .* does not exist");
    private static final Pattern FUNCTION =
            Pattern.compile("(?:SQL|PL/pgSQL|PL/[A-Za-z]+) function (?:\"(.+?)\"|([^\"\\s(]+))");
    private static final Pattern CHECK =
            Pattern.compile("new row for relation \"(.+?)\" violates check constraint \"(.+?)\"");

    private static final Pattern ROWS = Pattern.compile("\\bCOPY (\\S+), line [0-9]+");

    private SourceFault() {}

    /** What helps, at the source; empty for other errors. */
    public static Optional<String> hint(String error) {
        return duplicates(error)
                .or(() -> unqualified(error))
                .or(() -> check(error))
                .or(() -> function(error));
    }

    private static Optional<String> duplicates(String error) {
        Matcher index = DUPLICATES.matcher(error);
        return index.find()
                ? Optional.of(
                        "the source has rows that its unique index " + index.group(1) + " forbids, so that index is"
                                + " damaged: find them there with SET enable_indexscan = off, enable_bitmapscan = off,"
                                + " enable_indexonlyscan = off; delete the duplicates, REINDEX INDEX "
                                + Sql.identifier(index.group(1))
                                + ", and dump again")
                : Optional.empty();
    }

    private static Optional<String> unqualified(String error) {
        Matcher function = FUNCTION.matcher(error);
        return UNKNOWN_NAME.matcher(error).find() && function.find()
                ? Optional.of("function " + name(function) + " of the source uses a name without its schema, and a"
                        + " restore runs with an empty search_path: at the source write the schema into the function, or"
                        + " ALTER FUNCTION " + name(function) + " SET search_path = …, and dump again")
                : Optional.empty();
    }

    /** The server quotes a signature as SQL does; a name alone it puts between quotes as it is. */
    private static String name(Matcher function) {
        return function.group(1) == null ? function.group(2) : Sql.identifier(function.group(1));
    }

    private static Optional<String> check(String error) {
        Matcher constraint = CHECK.matcher(error);
        return constraint.find()
                ? Optional.of("check constraint " + constraint.group(2) + " of " + constraint.group(1)
                        + " refuses rows of the source. If it calls a function that reads another table, PostgreSQL"
                        + " can't always restore it: make it a trigger or a foreign key at the source, and dump again."
                        + " If that table comes before by its name, or if the constraint belongs to a domain and is NOT"
                        + " VALID, " + Hints.ONE_JOB)
                : Optional.empty();
    }

    private static Optional<String> function(String error) {
        Matcher function = FUNCTION.matcher(error);
        Matcher rows = ROWS.matcher(error);
        return function.find() && rows.find()
                ? Optional.of("function " + name(function)
                        + ", which a check constraint, a domain, a generated column or"
                        + " a trigger of " + rows.group(1) + " calls, fails for rows of the source. If it reads another"
                        + " table, PostgreSQL can't always restore it: make it a trigger or a foreign key at the"
                        + " source, and dump again. If that table comes before by its name, " + Hints.ONE_JOB)
                : Optional.empty();
    }
}

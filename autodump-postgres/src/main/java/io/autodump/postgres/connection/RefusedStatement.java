package io.autodump.postgres.connection;

import io.autodump.core.database.DatabaseSecret;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;

/** Explains by its SQLSTATE why a server refused a statement (PostgreSQL manual, "PostgreSQL Error Codes"). */
public final class RefusedStatement {
    private static final String INSUFFICIENT_PRIVILEGE = "42501";

    /** The driver reads text as UTF-8. */
    private static final Set<String> NOT_IN_UTF_8 = Set.of("22021", "22P05");

    private RefusedStatement() {}

    /** Returns whether the user lacks a privilege. */
    public static boolean isForbidden(SQLException refused) {
        return INSUFFICIENT_PRIVILEGE.equals(refused.getSQLState());
    }

    /**
     * Returns what to do if a limit of the server ended a statement that looks at the catalog, or if a name there isn't
     * valid UTF-8. Empty if the cause is another one.
     */
    public static Optional<String> hint(SQLException refused, DatabaseSecret database) {
        return NOT_IN_UTF_8.contains(String.valueOf(refused.getSQLState()))
                ? Optional.of(
                        "the name of a role, a table or another object isn't valid UTF-8, which a database in"
                                + " SQL_ASCII permits: find it by its bytes with PGCLIENTENCODING=SQL_ASCII psql, and rename it")
                : ServerLimits.hint(refused, database);
    }
}

package io.autodump.postgres.dump;

import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.error.AutoDumpException;
import io.autodump.postgres.connection.DatabaseConnection;
import io.autodump.postgres.connection.OwnSession;
import io.autodump.postgres.connection.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds catalog rows that refer to an object which doesn't exist any more. {@code pg_dump} fails on such a row, and
 * tells the missing object's number alone.
 */
final class OrphanedRows {
    private static final Pattern NUMBER = Pattern.compile("(?:OID |lookup failed for (?:[a-z ]+ )?)(\\d+)");
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final int FIRST_WITH_REFERENCES = 14;
    private static final int NAMED = 3;

    /** Every column of a catalog that refers to a row of another one, as the server knows them. */
    private static final String REFERENCES = """
            SELECT fktable::pg_catalog.text, fkcols[1], pktable::pg_catalog.text, is_array
              FROM pg_catalog.pg_get_catalog_foreign_keys()
             WHERE pg_catalog.array_length(fkcols, 1) = 1 AND pkcols[1] = 'oid'
             ORDER BY 1, 2
            """;

    /** The columns for servers that don't tell. */
    private static final List<Reference> COMMON = List.of(
            new Reference("pg_class", "relnamespace", "pg_namespace", false),
            new Reference("pg_class", "relowner", "pg_authid", false),
            new Reference("pg_attribute", "attrelid", "pg_class", false),
            new Reference("pg_attribute", "atttypid", "pg_type", false),
            new Reference("pg_attrdef", "adrelid", "pg_class", false),
            new Reference("pg_constraint", "connamespace", "pg_namespace", false),
            new Reference("pg_constraint", "conrelid", "pg_class", false),
            new Reference("pg_namespace", "nspowner", "pg_authid", false),
            new Reference("pg_operator", "oprnamespace", "pg_namespace", false),
            new Reference("pg_operator", "oprowner", "pg_authid", false),
            new Reference("pg_proc", "pronamespace", "pg_namespace", false),
            new Reference("pg_proc", "proowner", "pg_authid", false),
            new Reference("pg_proc", "prorettype", "pg_type", false),
            new Reference("pg_proc", "proargtypes", "pg_type", true),
            new Reference("pg_rewrite", "ev_class", "pg_class", false),
            new Reference("pg_trigger", "tgrelid", "pg_class", false),
            new Reference("pg_trigger", "tgfoid", "pg_proc", false),
            new Reference("pg_type", "typnamespace", "pg_namespace", false),
            new Reference("pg_type", "typowner", "pg_authid", false));

    /**
     * A column that refers to another catalog.
     *
     * @param array whether it holds several numbers
     */
    private record Reference(String catalog, String column, String target, boolean array) {
        /** Finds the rows with the number, if the number's own row is missing. Everybody can read pg_roles. */
        String query(String number) {
            String rows = target.equals("pg_authid") ? "pg_roles" : target;
            return "SELECT '" + catalog + "', '" + column + "', to_jsonb(t) ->> 'oid',"
                    + " (SELECT e.value FROM pg_catalog.jsonb_each_text(to_jsonb(t)) e"
                    + " WHERE e.key ~ '^[a-z]+name$' LIMIT 1)"
                    + " FROM pg_catalog." + catalog + " t WHERE " + number
                    + (array ? " = ANY (t." : " = (t.") + column + ")"
                    + " AND NOT EXISTS (SELECT 1 FROM pg_catalog." + rows + " r WHERE r.oid = " + number + ")";
        }
    }

    private OrphanedRows() {}

    /**
     * Returns the failure with a hint that names the rows, if there are some. If not, or if the server can't be asked,
     * returns it as it is.
     */
    static AutoDumpException named(AutoDumpException failed, DatabaseSecret database) {
        Optional<String> number = number(failed.description());
        if (number.isEmpty() || Thread.currentThread().isInterrupted()) {
            return failed;
        }
        List<String> found = find(number.get(), database);
        return found.isEmpty()
                ? failed
                : new AutoDumpException(
                        failed.code(),
                        failed.description(),
                        "the catalog refers to an object that doesn't exist (an orphaned row, often of a crash or of a"
                                + " change by hand): " + String.join("; ", found)
                                + ". Only a superuser can repair it; save a copy of the server's files first",
                        failed);
    }

    /** Returns the number of the object that a message says is missing. */
    static Optional<String> number(String message) {
        Matcher number = NUMBER.matcher(message);
        return number.find() ? Optional.of(number.group(1)) : Optional.empty();
    }

    private static List<String> find(String number, DatabaseSecret database) {
        List<String> found = new ArrayList<>();
        try (Connection connection = DatabaseConnection.openBriefly(database, LIMIT);
                Statement statement = connection.createStatement()) {
            OwnSession.prepare(connection);
            for (Reference reference : references(connection, statement)) {
                try (ResultSet row = statement.executeQuery(reference.query(number) + " LIMIT 1")) {
                    if (row.next() && found.size() < NAMED) {
                        found.add(
                                described(reference, number, Optional.ofNullable(row.getString(3)), row.getString(4)));
                    }
                } catch (SQLException notReadable) {
                    // A catalog that the user may not read, such as pg_user_mapping.
                }
            }
        } catch (SQLException | AutoDumpException unanswered) {
            // The failure of the dump is the one to report.
        }
        return found;
    }

    private static List<Reference> references(Connection connection, Statement statement) throws SQLException {
        if (connection.getMetaData().getDatabaseMajorVersion() < FIRST_WITH_REFERENCES) {
            return COMMON;
        }
        List<Reference> references = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery(REFERENCES)) {
            while (rows.next()) {
                references.add(
                        new Reference(rows.getString(1), rows.getString(2), rows.getString(3), rows.getBoolean(4)));
            }
        }
        return references;
    }

    private static String described(Reference reference, String number, Optional<String> oid, String name) {
        String where = oid.map(row -> "oid = " + row)
                .orElse(
                        reference.array()
                                ? number + " = ANY (" + reference.column() + ")"
                                : reference.column() + " = " + number);
        return "the row of pg_catalog." + reference.catalog()
                + oid.map(row -> " with oid " + row).orElse("")
                + (name == null ? "" : " (" + Sql.identifier(name) + ")") + " has " + number + " in "
                + reference.column()
                + ", and " + reference.target() + " has no such row. See it: SELECT * FROM pg_catalog."
                + reference.catalog() + " WHERE " + where + ";" + repair(reference, where);
    }

    /** Only what can be given another value without a change of meaning elsewhere. */
    private static String repair(Reference reference, String where) {
        String update = " Repair it: UPDATE pg_catalog." + reference.catalog() + " SET " + reference.column() + " = ";
        return switch (reference.target()) {
            case "pg_namespace" -> update + "'public'::regnamespace WHERE " + where + "; then drop or move the object";
            case "pg_authid" -> update + "current_user::regrole WHERE " + where + ";";
            default -> "";
        };
    }
}

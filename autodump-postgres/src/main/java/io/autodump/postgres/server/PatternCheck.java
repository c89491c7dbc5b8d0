package io.autodump.postgres.server;

import io.autodump.core.contract.TagNames;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.internal.NearestName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Checks that the patterns in a secret's tags are valid and match something, before {@code pg_dump} gets them. */
final class PatternCheck {
    /** From PostgreSQL's class "data exception": invalid_regular_expression. */
    private static final String INVALID_REGULAR_EXPRESSION = "2201B";

    private static final String SCHEMA_EXISTS = "SELECT 1 FROM pg_catalog.pg_namespace n WHERE n.nspname <>"
            + " 'information_schema' AND n.nspname !~ '^pg_' AND n.nspname ~ ? LIMIT 1";

    /** The kinds of relation that {@code pg_dump --exclude-table-data} matches. */
    private static final String TABLE_EXISTS = "SELECT 1 FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n"
            + " ON n.oid = c.relnamespace WHERE c.relkind IN ('r', 'p', 'S', 'v', 'm', 'f') AND %s LIMIT 1";

    private static final String TABLES = "SELECT n.nspname, c.relname, pg_catalog.format('%I.%I', n.nspname, c.relname)"
            + " FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
            + " WHERE c.relkind IN ('r', 'p', 'm') AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'";

    private static final String SCHEMAS = "SELECT pg_catalog.string_agg(pg_catalog.quote_ident(nspname), ', ' ORDER BY"
            + " nspname) FROM pg_catalog.pg_namespace WHERE nspname <> 'information_schema' AND nspname !~ '^pg_'";

    private final Connection connection;

    PatternCheck(Connection connection) {
        this.connection = connection;
    }

    /**
     * Requires that each pattern matches a schema. {@code pg_dump} would stop at the first one that doesn't.
     *
     * @throws AutoDumpException {@code INVALID_TAGS}
     */
    void requireSchemas(List<String> patterns) throws SQLException {
        List<String> unmatched = new ArrayList<>();
        for (String text : patterns) {
            NamePattern pattern = NamePattern.parse(text);
            if (pattern.schema().isPresent()) {
                throw unreadable(TagNames.SCHEMAS, text, "a dot separates a schema from a table");
            }
            if (!matches(TagNames.SCHEMAS, text, SCHEMA_EXISTS, List.of(pattern.name()))) {
                unmatched.add(text);
            }
        }
        if (!unmatched.isEmpty()) {
            throw new AutoDumpException(
                    ErrorCode.INVALID_TAGS,
                    TagNames.SCHEMAS + ": no schema matches " + String.join(", ", unmatched) + "; nothing was dumped",
                    "the database has these schemas: " + schemas());
        }
    }

    /**
     * Returns a warning for each pattern that matches no table: rows are dumped that perhaps should be left out.
     *
     * @throws AutoDumpException {@code INVALID_TAGS} if a pattern can't be read
     */
    List<String> unmatchedTables(List<String> patterns) throws SQLException {
        List<String> warnings = new ArrayList<>();
        for (String text : patterns) {
            NamePattern pattern = NamePattern.parse(text);
            List<String> values = new ArrayList<>();
            pattern.schema().ifPresent(values::add);
            values.add(pattern.name());
            String sql = TABLE_EXISTS.formatted(DumpScope.condition(pattern));
            if (!matches(TagNames.EXCLUDE_TABLE_DATA, text, sql, values)) {
                warnings.add(TagNames.EXCLUDE_TABLE_DATA + ": no table matches " + text
                        + ", so no rows are left out for it"
                        + nearest(text)
                                .map(name -> "; did you mean " + name + "?")
                                .orElse(""));
            }
        }
        return List.copyOf(warnings);
    }

    private boolean matches(String tag, String text, String sql, List<String> values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.size(); i++) {
                statement.setString(i + 1, values.get(i));
            }
            try (ResultSet match = statement.executeQuery()) {
                return match.next();
            }
        } catch (SQLException failed) {
            if (INVALID_REGULAR_EXPRESSION.equals(failed.getSQLState())) {
                String reason =
                        String.valueOf(failed.getMessage()).replaceFirst("^ERROR: invalid regular expression: ", "");
                throw unreadable(tag, text, reason);
            }
            throw failed;
        }
    }

    private static AutoDumpException unreadable(String tag, String text, String reason) {
        return new AutoDumpException(
                ErrorCode.INVALID_TAGS,
                tag + ": \"" + text + "\" can't be read as a pattern: " + reason + "; nothing was dumped",
                "correct it; docs/tags.md says how patterns are written (* and ? match any text and any character, and a"
                        + " name in double quotes is taken as it is)");
    }

    private String schemas() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(SCHEMAS)) {
            return row.next() ? Optional.ofNullable(row.getString(1)).orElse("none") : "none";
        }
    }

    /**
     * Returns the table with the most similar name, with its schema. Compares without the schema if the pattern
     * has none.
     */
    private Optional<String> nearest(String text) throws SQLException {
        boolean qualified = text.contains(".");
        Map<String, String> shown = new LinkedHashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(TABLES)) {
            while (rows.next()) {
                String name = qualified ? rows.getString(1) + "." + rows.getString(2) : rows.getString(2);
                shown.putIfAbsent(name, rows.getString(3));
            }
        }
        return NearestName.of(text.replace("\"", ""), shown.keySet()).map(shown::get);
    }
}

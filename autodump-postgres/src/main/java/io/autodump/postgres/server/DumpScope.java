package io.autodump.postgres.server;

import io.autodump.core.dump.DumpSettings;
import io.autodump.postgres.connection.Sql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The relations that {@code pg_dump} uses with the given settings. It locks every table whose definition it writes, and
 * needs SELECT on it, even if {@code exclude-table-data} leaves its rows out.
 */
public final class DumpScope {
    /** The names of users' own schemas can't begin with {@code pg_} (PostgreSQL manual, "CREATE SCHEMA"). */
    private static final String USER_SCHEMA = "n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'";

    private static final String SCHEMA_MATCHES = " AND n.nspname OPERATOR(pg_catalog.~) ANY (?::text[])";
    private static final String IN_SCHEMA =
            "(n.nspname OPERATOR(pg_catalog.~) ? AND c.relname OPERATOR(pg_catalog.~) ?)";
    private static final String VISIBLE =
            "(pg_catalog.pg_table_is_visible(c.oid) AND c.relname OPERATOR(pg_catalog.~) ?)";

    private final List<String> schemaPatterns;
    private final List<NamePattern> excludedData;

    public DumpScope(DumpSettings settings) {
        this.schemaPatterns = List.copyOf(settings.schemas());
        this.excludedData =
                settings.excludeTableData().stream().map(NamePattern::parse).toList();
    }

    boolean isWholeDatabase() {
        return schemaPatterns.isEmpty();
    }

    /** Returns the condition for the schemas (alias {@code n}) that are dumped. */
    public String schemaCondition() {
        return isWholeDatabase() ? USER_SCHEMA : USER_SCHEMA + SCHEMA_MATCHES;
    }

    /** Returns the condition for the relations (alias {@code c} in schema {@code n}) whose rows are left out. */
    public String dataExcluded() {
        List<String> conditions = new ArrayList<>(List.of("false"));
        excludedData.forEach(pattern -> conditions.add(condition(pattern)));
        return "(" + String.join(" OR ", conditions) + ")";
    }

    /**
     * Returns the condition for the relations (alias {@code c} in schema {@code n}) that match the pattern. It has a
     * parameter for each regular expression.
     */
    static String condition(NamePattern pattern) {
        return pattern.schema().isPresent() ? IN_SCHEMA : VISIBLE;
    }

    /** Sets the parameters of {@link #dataExcluded()}. Returns the index of the next parameter. */
    public int bindDataExcluded(PreparedStatement statement, int first) throws SQLException {
        int index = first;
        for (NamePattern pattern : excludedData) {
            if (pattern.schema().isPresent()) {
                statement.setString(index++, pattern.schema().get());
            }
            statement.setString(index++, pattern.name());
        }
        return index;
    }

    /** Sets the parameters of {@link #schemaCondition()}. Returns the index of the next parameter. */
    public int bindSchemas(PreparedStatement statement, int first) throws SQLException {
        if (isWholeDatabase()) {
            return first;
        }
        Object[] regexes = schemaPatterns.stream()
                .map(pattern -> NamePattern.parse(pattern).name())
                .toArray();
        statement.setArray(first, statement.getConnection().createArrayOf("text", regexes));
        return first + 1;
    }

    /**
     * Returns the numbers of the files of the tables and leaf partitions that are dumped, by their quoted names. {@code
     * TRUNCATE}, and whatever writes a table anew, gives it another file.
     */
    public Map<String, Long> tableFiles(Connection connection) throws SQLException {
        String query = "SELECT n.nspname::text, c.relname::text, c.relfilenode::bigint FROM pg_catalog.pg_class c"
                + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
                + " WHERE c.relkind = 'r' AND c.relpersistence <> 't' AND " + schemaCondition();
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            bindSchemas(statement, 1);
            Map<String, Long> files = new LinkedHashMap<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    files.put(Sql.quoted(rows.getString(1)) + "." + Sql.quoted(rows.getString(2)), rows.getLong(3));
                }
            }
            return files;
        }
    }

    /** Returns the tables and leaf partitions whose rows are dumped. */
    public long[] relationsWithRows(Connection connection) throws SQLException {
        String query = "SELECT c.oid::bigint FROM pg_catalog.pg_class c"
                + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind = 'r' AND "
                + schemaCondition() + " AND NOT " + dataExcluded();
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            bindDataExcluded(statement, bindSchemas(statement, 1));
            List<Long> oids = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    oids.add(rows.getLong(1));
                }
            }
            return oids.stream().mapToLong(Long::longValue).toArray();
        }
    }
}

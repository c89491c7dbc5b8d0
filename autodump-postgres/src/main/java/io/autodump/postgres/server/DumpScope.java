package io.autodump.postgres.server;

import io.autodump.core.dump.DumpSettings;
import io.autodump.postgres.connection.OwnSession;
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

    private static final String SCHEMA_MATCHES = " AND n.nspname ~ ANY (?::text[])";
    private static final String IN_SCHEMA = "(n.nspname ~ ? AND c.relname ~ ?)";
    /** As {@code pg_table_is_visible} before {@link OwnSession#prepare}: the first schema with this name counts. */
    private static final String VISIBLE = """
            (c.relname ~ ? AND n.nspname = (
                SELECT m.nspname FROM pg_catalog.pg_class o JOIN pg_catalog.pg_namespace m ON m.oid = o.relnamespace
                 WHERE o.relname = c.relname AND m.nspname = ANY ({schemas})
                 ORDER BY pg_catalog.array_position({schemas}, m.nspname) LIMIT 1))""".replace("{schemas}", OwnSession.SCHEMAS);

    /** A database in SQL_ASCII takes any bytes as a name. */
    private static final String READABLE_NAME = """
            CASE WHEN pg_catalog.current_setting('server_encoding') = 'SQL_ASCII'
                      AND (n.nspname::text || c.relname::text) ~ '[^ -~]' COLLATE "C"
                 THEN 'number ' || c.oid::text
                 ELSE pg_catalog.format('%I.%I', n.nspname, c.relname) END""";

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
     * Returns the numbers of the files of the tables and leaf partitions that are dumped, by their names in SQL. {@code
     * TRUNCATE}, and whatever writes a table anew, gives it another file. A name that isn't UTF-8 is replaced by the
     * table's number.
     */
    public Map<String, Long> tableFiles(Connection connection) throws SQLException {
        String query = "SELECT " + READABLE_NAME + ", c.relfilenode::bigint FROM pg_catalog.pg_class c"
                + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
                + " WHERE c.relkind = 'r' AND c.relpersistence <> 't' AND " + schemaCondition();
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            bindSchemas(statement, 1);
            Map<String, Long> files = new LinkedHashMap<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    files.put(rows.getString(1), rows.getLong(2));
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

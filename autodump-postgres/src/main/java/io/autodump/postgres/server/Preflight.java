package io.autodump.postgres.server;

import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.dump.DumpSettings;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.server.Globals;
import io.autodump.core.server.ServerNeeds;
import io.autodump.postgres.connection.DatabaseConnection;
import io.autodump.postgres.connection.RefusedStatement;
import io.autodump.postgres.connection.ServerReason;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Checks a server before a dump. Changes nothing on it. */
public final class Preflight {
    private static final String FACTS = """
            SELECT current_setting('server_version'), current_setting('server_version_num')::int / 10000,
                   pg_is_in_recovery(), pg_database_size(current_database()),
                   (SELECT version FROM pg_catalog.pg_stat_ssl WHERE pid = pg_backend_pid() AND ssl), current_user""";

    private Preflight() {}

    /** As {@link #inspect(DatabaseSecret, DumpSettings, Duration)}, with two minutes for each answer. */
    public static ServerFacts inspect(DatabaseSecret database, DumpSettings settings) {
        return inspect(database, settings, DatabaseConnection.ANSWER_TIMEOUT);
    }

    /**
     * Connects once and collects the facts. Missing privileges are part of the result and don't fail here.
     *
     * @param settings which schemas and tables will be dumped
     * @param stallTimeout limits each answer of the server, as {@link DatabaseConnection} says
     * @throws AutoDumpException {@code CONNECTION_FAILED}, {@code AUTHENTICATION_REFUSED}, {@code TLS_REFUSED} or
     *     {@code DATABASE_NOT_FOUND} if there is no connection; {@code TRANSACTION_POOLER}; {@code INVALID_TAGS} if a
     *     pattern of schemas matches none
     */
    public static ServerFacts inspect(DatabaseSecret database, DumpSettings settings, Duration stallTimeout) {
        DumpScope scope = new DumpScope(settings);
        try (Connection connection = DatabaseConnection.open(database, stallTimeout)) {
            PoolerCheck.requireOwnSession(database, connection);
            connection.setReadOnly(true);
            PatternCheck patterns = new PatternCheck(connection);
            patterns.requireSchemas(settings.schemas());
            List<String> warnings = patterns.unmatchedTables(settings.excludeTableData());
            return facts(connection, database, scope, settings.globals(), warnings);
        } catch (SQLException failed) {
            throw unanswered(database, failed);
        } catch (RuntimeException failed) {
            throw ServerReason.isGarbled(failed) ? unanswered(database, ServerReason.garbled(failed)) : failed;
        }
    }

    private static AutoDumpException unanswered(DatabaseSecret database, SQLException failed) {
        DatabaseConnection.requireNotInterrupted(failed);
        return new AutoDumpException(
                ErrorCode.CONNECTION_FAILED,
                "the server of database \"" + database.database() + "\" didn't answer what it was asked before the"
                        + " dump: " + ServerReason.of(failed) + "; nothing was dumped",
                RefusedStatement.hint(failed, database).orElse("try again; if it stays, look into the server's log"),
                failed);
    }

    private static ServerFacts facts(
            Connection connection, DatabaseSecret database, DumpScope scope, Globals globals, List<String> warnings)
            throws SQLException {
        List<String> named = DatabaseRoles.of(connection);
        ServerNeeds needs = ServerNeedsQuery.run(connection, scope, named, globals);
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(FACTS)) {
            if (!row.next()) {
                throw new SQLException("the server answered with no row");
            }
            int major = row.getInt(2);
            return new ServerFacts(
                    row.getString(1),
                    major,
                    row.getBoolean(3),
                    row.getLong(4),
                    Optional.ofNullable(row.getString(5)),
                    PrivilegeRemedies.of(
                            new PrivilegeQuery(scope).run(connection), database.username(), row.getString(6), major),
                    withRolesInRows(named, needs),
                    needs,
                    DatabasePropertiesQuery.run(connection),
                    new NotIncludedQuery(scope).run(connection),
                    ClockComparison.run(connection),
                    warnings);
        }
    }

    private static List<String> withRolesInRows(List<String> named, ServerNeeds needs) {
        return Stream.concat(named.stream(), needs.rolesInRows().stream())
                .distinct()
                .sorted()
                .toList();
    }
}

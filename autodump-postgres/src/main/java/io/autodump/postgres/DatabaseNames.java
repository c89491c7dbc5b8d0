package io.autodump.postgres;

import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.postgres.connection.DatabaseConnection;
import io.autodump.postgres.connection.RefusedStatement;
import io.autodump.postgres.connection.ServerReason;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Lists the databases of a server that hold somebody's data. */
final class DatabaseNames {
    /**
     * Without templates, databases whose removal was interrupted (the connection limit -2), databases of the providers
     * of managed servers (Amazon RDS, Azure, Google Cloud SQL, Aiven, DigitalOcean), and the
     * database {@code postgres} as long as it is as small as an empty one. Its size is null without the privilege to
     * connect to it.
     */
    private static final String QUERY = """
            SELECT datname FROM pg_catalog.pg_database
            WHERE NOT datistemplate AND datallowconn AND datconnlimit OPERATOR(pg_catalog.<>) -2
              AND datname OPERATOR(pg_catalog.<>) ALL (
                  '{rdsadmin,azure_maintenance,azure_sys,cloudsqladmin,alloydbadmin,_aiven,_dodb}'::pg_catalog.name[])
              AND (datname OPERATOR(pg_catalog.<>) 'postgres'::pg_catalog.name
                   OR CASE WHEN pg_catalog.has_database_privilege(datname, 'CONNECT')
                           THEN pg_catalog.pg_database_size(oid) END OPERATOR(pg_catalog.>) 16777216::pg_catalog.int8)
            ORDER BY datname""";

    private DatabaseNames() {}

    /** The names in the order of the server. */
    static List<String> of(DatabaseSecret database) {
        List<String> names = new ArrayList<>();
        try (Connection connection = DatabaseConnection.open(database);
                PreparedStatement statement = connection.prepareStatement(QUERY);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                names.add(rows.getString(1));
            }
            return names;
        } catch (SQLException failed) {
            throw new AutoDumpException(
                    ErrorCode.CONNECTION_FAILED,
                    "the databases of " + database.host() + ":" + database.port() + " can't be listed: "
                            + ServerReason.of(failed) + "; nothing was dumped",
                    RefusedStatement.hint(failed, database).orElse("try again, and check that the server is up"),
                    failed);
        }
    }
}

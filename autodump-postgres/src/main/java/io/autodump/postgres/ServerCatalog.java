package io.autodump.postgres;

import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.postgres.connection.DatabaseConnection;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Lists the databases of a server. */
final class ServerCatalog {
    /** Databases of the providers' own: Amazon RDS, Google Cloud SQL and AlloyDB, Azure, Aiven, DigitalOcean. */
    private static final Set<String> OF_PROVIDERS =
            Set.of("rdsadmin", "cloudsqladmin", "alloydbadmin", "azure_maintenance", "azure_sys", "_aiven", "_dodb");

    /** A database whose removal was interrupted has the connection limit -2, and can't be connected to any more. */
    private static final String NAMES = """
            SELECT datname FROM pg_catalog.pg_database
             WHERE datallowconn AND NOT datistemplate AND datconnlimit <> -2 ORDER BY datname""";

    private ServerCatalog() {}

    static List<String> databases(DatabaseSecret server) {
        List<String> names = new ArrayList<>();
        try (Connection connection = DatabaseConnection.open(server);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(NAMES)) {
            while (rows.next()) {
                names.add(rows.getString(1));
            }
        } catch (SQLException failed) {
            DatabaseConnection.requireNotInterrupted(failed);
            throw new AutoDumpException(
                    ErrorCode.CONNECTION_FAILED,
                    "the server didn't list its databases: " + failed.getMessage() + "; nothing was dumped",
                    "try again; if it stays, look into the server's log",
                    failed);
        }
        names.removeAll(OF_PROVIDERS);
        return names;
    }
}

package io.autodump.postgres.restore;

import io.autodump.core.dump.DatabaseProperties;
import io.autodump.core.dump.DumpFormat;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.dump.RestoreOptions;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.error.Hints;
import io.autodump.postgres.client.MajorVersion;
import io.autodump.postgres.connection.ConnectionFailure;
import io.autodump.postgres.connection.Sql;
import io.autodump.postgres.server.DatabasePropertiesQuery;
import io.autodump.postgres.server.DatabaseRoles;
import io.autodump.postgres.server.PoolerCheck;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/** The checks before a restore changes anything. */
final class TargetChecks {
    private static final String MAY_CREATE =
            "SELECT rolsuper OR rolcreatedb FROM pg_catalog.pg_roles WHERE rolname = current_user";

    private final DumpManifest manifest;
    private final RestoreTarget target;
    private final RestoreOptions options;

    TargetChecks(DumpManifest manifest, RestoreTarget target, RestoreOptions options) {
        this.manifest = manifest;
        this.target = target;
        this.options = options;
    }

    /**
     * The result.
     *
     * @param there whether the target exists; if not, it may be created
     * @param serverMajor the major version of its server
     */
    record Findings(boolean there, int serverMajor) {}

    /**
     * Checks the target and its server.
     *
     * @throws AutoDumpException with the obstacle
     */
    Findings run() {
        requireOwnersCanBeLeftOut();
        Optional<Connection> found = target.connect();
        try (Connection connection = found.orElseGet(this::connectionToCreateFrom)) {
            PoolerCheck.requireOwnSession(target.otherDatabase(connection.getCatalog()), connection);
            requireNewEnough(connection);
            requireRoles(connection);
            if (found.isPresent()) {
                requireEmpty(connection);
                requireSameLocale(connection);
            } else {
                requireMayCreate(connection);
            }
            return new Findings(found.isPresent(), connection.getMetaData().getDatabaseMajorVersion());
        } catch (SQLException failed) {
            throw ConnectionFailure.explain(target.secret(), failed);
        }
    }

    private void requireOwnersCanBeLeftOut() {
        if (options.noOwner() && manifest.fileType().format() == DumpFormat.PLAIN) {
            throw new AutoDumpException(
                    ErrorCode.INVALID_ARGUMENT,
                    "the dump is a plain script, whose owners and privileges can't be left out; nothing was changed",
                    "restore owners and privileges too, on a server that has the roles "
                            + String.join(", ", manifest.roles()));
        }
    }

    private Connection connectionToCreateFrom() {
        if (!options.create()) {
            throw new AutoDumpException(
                    ErrorCode.TARGET_MISSING,
                    "database \"" + target.secret().database() + "\" doesn't exist at "
                            + target.secret().host() + ":" + target.secret().port() + "; nothing was changed",
                    Hints.CREATE_TARGET + ", or create it first: CREATE DATABASE "
                            + Sql.identifier(target.secret().database()) + " TEMPLATE template0;");
        }
        return target.connectToServer();
    }

    /** PostgreSQL doesn't promise that an older server understands what was dumped from a newer one. */
    private void requireNewEnough(Connection connection) throws SQLException {
        OptionalInt source = MajorVersion.of(manifest.serverVersion());
        int actual = connection.getMetaData().getDatabaseMajorVersion();
        if (source.isPresent() && source.getAsInt() > actual) {
            throw new AutoDumpException(
                    ErrorCode.TARGET_TOO_OLD,
                    "the dump is of PostgreSQL " + manifest.serverVersion() + ", and the target server is PostgreSQL "
                            + connection.getMetaData().getDatabaseProductVersion() + "; nothing was changed",
                    "restore into a server of version " + source.getAsInt() + " or newer");
        }
    }

    private void requireRoles(Connection connection) throws SQLException {
        List<String> missing = options.noOwner() ? List.of() : DatabaseRoles.missing(connection, manifest.roles());
        if (!missing.isEmpty()) {
            throw new AutoDumpException(
                    ErrorCode.ROLES_MISSING,
                    "the dump names roles that the target server doesn't have: " + String.join(", ", missing)
                            + "; nothing was changed",
                    "create them first: "
                            + missing.stream()
                                    .map(role -> "CREATE ROLE " + Sql.identifier(role) + ";")
                                    .collect(Collectors.joining(" "))
                            + (manifest.fileType().format() == DumpFormat.CUSTOM
                                    ? " Or " + Hints.NO_OWNERS + ": everything then belongs to \""
                                            + target.secret().username() + "\""
                                    : ""));
        }
    }

    private void requireEmpty(Connection connection) throws SQLException {
        TargetContents contents =
                options.intoNonEmpty() ? new TargetContents(0, List.of()) : TargetContents.of(connection);
        if (!contents.isEmpty()) {
            throw new AutoDumpException(
                    ErrorCode.TARGET_NOT_EMPTY,
                    "database \"" + target.secret().database() + "\" isn't empty: it holds " + contents
                            + "; nothing was changed",
                    "restore into an empty database; for a new one, " + Hints.CREATE_TARGET);
        }
    }

    /** Text that the other encoding can't represent is rejected, or damaged without a message. */
    private void requireSameLocale(Connection connection) throws SQLException {
        if (options.intoDifferentLocale() || manifest.databaseProperties().isEmpty()) {
            return;
        }
        DatabaseProperties dumped = manifest.databaseProperties().get();
        DatabaseProperties actual = DatabasePropertiesQuery.run(connection);
        if (!dumped.encoding().equals(actual.encoding()) || dumped.localeProvider() != actual.localeProvider()) {
            throw new AutoDumpException(
                    ErrorCode.TARGET_LOCALE_DIFFERS,
                    "the dump is of a database with " + words(dumped) + ", and database \""
                            + target.secret().database() + "\" has " + words(actual)
                            + ": text could be rejected, damaged, or sorted in another order; nothing was changed",
                    "restore into a new database and " + Hints.CREATE_TARGET + ", or " + Hints.DIFFERENT_LOCALE);
        }
    }

    private static String words(DatabaseProperties properties) {
        return "encoding " + properties.encoding() + " and a locale of "
                + properties.localeProvider().text();
    }

    private void requireMayCreate(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(MAY_CREATE)) {
            if (!result.next() || !result.getBoolean(1)) {
                String user = Sql.identifier(target.secret().username());
                throw new AutoDumpException(
                        ErrorCode.PRIVILEGES_MISSING,
                        "database \"" + target.secret().database() + "\" doesn't exist, and " + user
                                + " may not create it; nothing was changed",
                        "ALTER ROLE " + user + " CREATEDB; or create the database first");
            }
        }
    }
}

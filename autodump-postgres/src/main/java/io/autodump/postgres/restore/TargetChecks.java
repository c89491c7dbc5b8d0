package io.autodump.postgres.restore;

import io.autodump.core.dump.DumpFormat;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.dump.RestoreOptions;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.error.Hints;
import io.autodump.core.restore.RestoredPart;
import io.autodump.core.restore.RoleCreation;
import io.autodump.core.server.DatabaseProperties;
import io.autodump.core.server.ServerNeeds;
import io.autodump.postgres.client.MajorVersion;
import io.autodump.postgres.connection.ConnectionFailure;
import io.autodump.postgres.connection.ServerReason;
import io.autodump.postgres.connection.Sql;
import io.autodump.postgres.contents.ChosenEntries;
import io.autodump.postgres.globals.ManagedRoles;
import io.autodump.postgres.look.TargetLook;
import io.autodump.postgres.look.TargetServer;
import io.autodump.postgres.role.MissingRoles;
import io.autodump.postgres.server.DatabasePropertiesQuery;
import io.autodump.postgres.server.DatabaseRoles;
import io.autodump.postgres.server.PoolerCheck;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/** The checks before a restore changes anything. */
final class TargetChecks {
    private static final String MAY_CREATE =
            "SELECT rolsuper OR rolcreatedb FROM pg_catalog.pg_roles WHERE rolname = session_user";
    private static final String MAY_CREATE_ROLES =
            "SELECT rolsuper OR rolcreaterole FROM pg_catalog.pg_roles WHERE rolname = session_user";
    private static final String MAY_DROP = "SELECT pg_catalog.pg_has_role(datdba, 'USAGE') FROM pg_catalog.pg_database"
            + " WHERE datname OPERATOR(pg_catalog.=) pg_catalog.current_database()";

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
     * @param there whether the target is there, and stays
     * @param drops whether the target is there, and is to be dropped
     * @param serverMajor the major version of its server
     * @param serverVersion as the server reports it
     * @param createdRoles the roles that the restore creates
     * @param look what can't be restored; empty unless the dump's contents were given
     */
    record Findings(
            boolean there,
            boolean drops,
            int serverMajor,
            String serverVersion,
            Set<String> createdRoles,
            Optional<TargetLook> look) {}

    /** As {@link #run(Optional)}, without a look at the dump's contents. */
    Findings run() {
        return run(Optional.empty());
    }

    /**
     * Checks the target and its server.
     *
     * @param chosen what will be restored
     * @throws AutoDumpException with the obstacle
     */
    Findings run(Optional<ChosenEntries> chosen) {
        requireContentsList();
        Optional<Connection> found = target.connect();
        if (found.isPresent() && options.clean()) {
            requireMayDrop(found.get());
            return look(target.connectToServer(), false, true, chosen);
        }
        return look(found.orElseGet(this::connectionToCreateFrom), found.isPresent(), false, chosen);
    }

    private Findings look(Connection opened, boolean there, boolean drops, Optional<ChosenEntries> chosen) {
        try (Connection connection = opened) {
            PoolerCheck.requireOwnSession(target.otherDatabase(connection.getCatalog()), connection);
            requireNewEnough(connection);
            Set<String> missing = requireRoles(connection);
            if (there) {
                requireEmpty(connection);
                requireSameLocale(connection);
            } else {
                requireMayCreate(connection);
            }
            RestoreSession.assume(connection, options.role());
            Set<String> created = options.createRoles() == RoleCreation.NONE
                    ? Set.of()
                    : MissingRoles.of(connection, manifest).names();
            missing.removeAll(created);
            return new Findings(
                    there,
                    drops,
                    connection.getMetaData().getDatabaseMajorVersion(),
                    connection.getMetaData().getDatabaseProductVersion(),
                    created,
                    look(connection, there, chosen, missing));
        } catch (SQLException failed) {
            throw ConnectionFailure.explain(target.secret(), failed);
        } catch (RuntimeException failed) {
            throw ServerReason.isGarbled(failed)
                    ? ConnectionFailure.explain(target.secret(), ServerReason.garbled(failed))
                    : failed;
        }
    }

    private Optional<TargetLook> look(
            Connection connection, boolean there, Optional<ChosenEntries> chosen, Set<String> missingRoles)
            throws SQLException {
        if (chosen.isEmpty()) {
            return Optional.empty();
        }
        ServerNeeds needs =
                manifest.serverNeeds().orElseGet(() -> ServerNeeds.builder().build());
        return Optional.of(TargetLook.take(
                new TargetServer(connection, there),
                chosen.get().entries(),
                needs,
                there ? Optional.empty() : manifest.databaseProperties(),
                options,
                missingRoles));
    }

    private void requireContentsList() {
        if (manifest.fileType().format() != DumpFormat.PLAIN) {
            return;
        }
        if (options.choosesContents()) {
            throw new AutoDumpException(
                    ErrorCode.INVALID_ARGUMENT,
                    "the dump is a plain script, which has no contents list to choose from; nothing was changed",
                    "restore all of it, or make a dump with autodump:format=custom");
        }
    }

    private void requireMayDrop(Connection opened) {
        try (Connection connection = opened) {
            if (!isTrue(connection, MAY_DROP)) {
                throw new AutoDumpException(
                        ErrorCode.PRIVILEGES_MISSING,
                        Sql.identifier(target.secret().username()) + " doesn't own database \""
                                + target.secret().database() + "\", and so may not drop it; nothing was changed",
                        "drop it as its owner, then " + Hints.CREATE_TARGET + "; or restore into another database");
            }
        } catch (SQLException failed) {
            throw ConnectionFailure.explain(target.secret(), failed);
        }
    }

    private Connection connectionToCreateFrom() {
        if (!options.create() && !options.clean()) {
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
        if (isTrue(connection, "SELECT pg_catalog.pg_is_in_recovery()")) {
            throw new AutoDumpException(
                    ErrorCode.TARGET_UNFIT,
                    "the target server is a replica, which can't be written; nothing was changed",
                    "restore into its primary server");
        }
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

    /** The roles that are missing. They are an error unless owners are left out, or they will be created. */
    private Set<String> requireRoles(Connection connection) throws SQLException {
        Set<String> missing = new LinkedHashSet<>(DatabaseRoles.missing(connection, manifest.roles()));
        if (options.createRoles() != RoleCreation.NONE) {
            requireMayCreateRoles(connection);
        }
        boolean needsOwners = !options.noOwner() && options.part() != RestoredPart.DATA;
        List<String> needed = missing.stream()
                .filter(role -> options.createRoles() == RoleCreation.NONE || ManagedRoles.isOne(role))
                .toList();
        if (needsOwners && !needed.isEmpty()) {
            throw rolesMissing(needed);
        }
        return missing;
    }

    private AutoDumpException rolesMissing(List<String> missing) {
        return new AutoDumpException(
                ErrorCode.ROLES_MISSING,
                "the dump names roles that the target server doesn't have: " + String.join(", ", missing)
                        + "; nothing was changed",
                Hints.NO_OWNERS + ": everything then belongs to \""
                        + target.secret().username() + "\"; or " + Hints.CREATE_ROLES + "; or create them yourself: "
                        + missing.stream()
                                .map(role -> "CREATE ROLE " + Sql.identifier(role) + ";")
                                .collect(Collectors.joining(" ")));
    }

    private void requireMayCreateRoles(Connection connection) throws SQLException {
        if (!MissingRoles.of(connection, manifest).names().isEmpty() && !isTrue(connection, MAY_CREATE_ROLES)) {
            String user = Sql.identifier(target.secret().username());
            throw new AutoDumpException(
                    ErrorCode.PRIVILEGES_MISSING,
                    user + " may not create roles on the target server; nothing was changed",
                    Hints.NO_OWNERS + ", and don't create roles; or ALTER ROLE " + user + " CREATEROLE;");
        }
    }

    private void requireEmpty(Connection connection) throws SQLException {
        TargetContents contents = options.intoNonEmpty() || options.part() == RestoredPart.DATA
                ? new TargetContents(0, List.of())
                : TargetContents.of(connection);
        if (!contents.isEmpty()) {
            throw new AutoDumpException(
                    ErrorCode.TARGET_NOT_EMPTY,
                    "database \"" + target.secret().database() + "\" isn't empty: it holds " + contents
                            + "; nothing was changed",
                    (options.create()
                                    ? "name a database that doesn't exist yet; or "
                                    : "restore into an empty database; for a new one, " + Hints.CREATE_TARGET + "; or ")
                            + Hints.CLEAN_TARGET);
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
        if (!isTrue(connection, MAY_CREATE)) {
            String user = Sql.identifier(target.secret().username());
            throw new AutoDumpException(
                    ErrorCode.PRIVILEGES_MISSING,
                    "database \"" + target.secret().database() + "\" doesn't exist, and " + user
                            + " may not create it; nothing was changed",
                    "ALTER ROLE " + user + " CREATEDB; or create the database first");
        }
    }

    private static boolean isTrue(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            return result.next() && result.getBoolean(1);
        }
    }
}

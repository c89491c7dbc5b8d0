package io.autodump.postgres.fidelity;

import static org.assertj.core.api.Assertions.assertThat;

import io.autodump.core.AutoDump;
import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.database.Password;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.dump.DumpSettings;
import io.autodump.core.dump.RestoreOptions;
import io.autodump.core.port.DumpProgress;
import io.autodump.core.testing.InMemoryDumpStore;
import io.autodump.postgres.PostgresEngine;
import io.autodump.postgres.StockPrograms;
import io.autodump.postgres.client.PostgresClient;
import io.autodump.postgres.client.PostgresClients;
import io.autodump.testkit.postgres.TestPostgres;
import io.autodump.testkit.postgres.TestPostgresBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A server with one of each part, their dumps by a superuser and by a reader, and what came back of these. */
final class Fidelity implements AutoCloseable {
    static final String READER = "reader";

    private static final Password PASSWORD = Password.of("reader");
    private static final int FIRST_WITH_ICU = 15;
    private static final int FIRST_WITH_ICU_RULES = 16;
    private static final int FIRST_WITH_READ_ALL_DATA = 14;

    private final TestPostgres server;
    private final PostgresClient client;
    private final StockPrograms stock;
    private final InMemoryDumpStore store = new InMemoryDumpStore();
    private final AutoDump autoDump;
    private final Map<String, DumpManifest> dumps = new HashMap<>();
    private final Map<String, String> scripts = new HashMap<>();
    private final Map<String, String> created = new HashMap<>();
    private final Map<String, String> existing = new HashMap<>();

    /** Those that ask, by database; the server ends them. */
    private final Map<String, Connection> sessions = new HashMap<>();

    private Fidelity(TestPostgres server, PostgresClients clients) {
        this.server = server;
        this.client = clients.forServer(major(server));
        this.stock = new StockPrograms(server, client);
        this.autoDump = AutoDump.builder()
                .engine(PostgresEngine.builder()
                        .clientFolders(List.of(client.binFolder()))
                        .build())
                .dumpStore(store)
                .build();
    }

    /**
     * Starts the server and makes the parts that its version has.
     *
     * @param binaries a jar of server binaries; null for those of the class path
     */
    static Fidelity start(@Nullable Path binaries, int serverMajor, PostgresClients clients) {
        TestPostgresBuilder builder = TestPostgres.configure()
                .setting("max_prepared_transactions", "5")
                .setting("max_logical_replication_workers", "0")
                .setting("wal_level", "logical");
        if (serverMajor >= FIRST_WITH_ICU) {
            builder.setting("allow_in_place_tablespaces", "on");
        }
        Optional.ofNullable(binaries).ifPresent(builder::binaries);
        Fidelity fidelity = new Fidelity(builder.start(), clients);
        fidelity.makeDatabases(serverMajor);
        for (Part part : Parts.all()) {
            if (part.isOf(serverMajor)) {
                fidelity.make(part);
            }
        }
        return fidelity;
    }

    private void makeDatabases(int serverMajor) {
        server.execute("postgres", "CREATE ROLE app; CREATE ROLE reader LOGIN PASSWORD 'reader'");
        if (serverMajor >= FIRST_WITH_READ_ALL_DATA) {
            server.execute("postgres", "GRANT pg_read_all_data TO reader");
        }
        makeTablespace(serverMajor);
        String locale = (serverMajor >= FIRST_WITH_ICU ? " LOCALE_PROVIDER icu ICU_LOCALE 'en-US'" : "")
                + (serverMajor >= FIRST_WITH_ICU_RULES ? " ICU_RULES '&b < a'" : "");
        server.execute(
                "postgres",
                "CREATE DATABASE whole ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0" + locale);
        List.of("bare", "secured", "labelled").forEach(server::createDatabase);
        server.execute("postgres", "CREATE DATABASE elsewhere TEMPLATE template0 TABLESPACE other_disk");
    }

    /** Servers before version 15 want a folder; the server makes it itself, since it runs as another user. */
    private void makeTablespace(int serverMajor) {
        String folder = "";
        if (serverMajor < FIRST_WITH_ICU) {
            folder = server.socketFolder() + "_tablespace";
            server.execute("postgres", "COPY (SELECT 1) TO PROGRAM 'mkdir " + folder + "'");
        }
        server.execute("postgres", "CREATE TABLESPACE other_disk LOCATION '" + folder + "'");
    }

    private void make(Part part) {
        try {
            server.execute(part.database(), "SET allow_system_table_mods = on; " + part.statements());
        } catch (IllegalStateException failed) {
            throw new AssertionError(part.name() + " can't be made", failed);
        }
    }

    /** What a query of one text answers; "" for none. */
    String ask(String database, String query) {
        try (Statement statement =
                        sessions.computeIfAbsent(database, server::connection).createStatement();
                ResultSet row = statement.executeQuery(query)) {
            return row.next() ? Optional.ofNullable(row.getString(1)).orElse("") : "";
        } catch (SQLException failed) {
            throw new AssertionError(query, failed);
        }
    }

    DatabaseSecret secret(String database, String user) {
        return user.equals(READER) ? server.secret(database, READER, PASSWORD) : server.secret(database);
    }

    /** The user's dump of the database, made once. */
    DumpManifest dump(String database, String user) {
        return dumps.computeIfAbsent(
                database + " of " + user,
                name -> autoDump.dump(name, secret(database, user), DumpSettings.defaults())
                        .manifest());
    }

    /** The dump as the script that {@code pg_restore} makes of it. */
    String script(String database, String user) {
        return scripts.computeIfAbsent(database + " of " + user, name -> {
            DumpManifest manifest = dump(database, user);
            try (InputStream file = store.open(manifest.key())) {
                byte[] stored = file.readAllBytes();
                byte[] archive = manifest.key().value().endsWith(".zst") ? stock.filter(stored, "zstd", "-dc") : stored;
                byte[] script =
                        stock.filter(archive, client.program("pg_restore").toString(), "--file=-");
                return new String(script, StandardCharsets.ISO_8859_1);
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        });
    }

    /** The name of the database that {@code restore --create} made of the dump. */
    String created(String database, String user) {
        return created.computeIfAbsent("created " + database + " of " + user, name -> {
            restore(
                    database,
                    user,
                    name,
                    RestoreOptions.builder().create(true).analyze(true).build());
            return name;
        });
    }

    /** The name of a database that was there before the dump was restored into it. */
    String existing(String database, String user) {
        return existing.computeIfAbsent("existing " + database + " of " + user, name -> {
            server.createDatabase(name);
            restore(
                    database,
                    user,
                    name,
                    RestoreOptions.builder()
                            .intoDifferentLocale(true)
                            .analyze(true)
                            .build());
            return name;
        });
    }

    private void restore(String database, String user, String target, RestoreOptions options) {
        assertThat(autoDump.restore(dump(database, user).key(), server.secret(target), options, DumpProgress.SILENT)
                        .warnings())
                .isEmpty();
    }

    /** What stock {@code pg_dump} writes of a database. */
    List<String> referee(String database) {
        return stock.schemaAndData(database).lines().toList();
    }

    private static int major(TestPostgres server) {
        try (Connection connection = server.connection("postgres")) {
            return connection.getMetaData().getDatabaseMajorVersion();
        } catch (SQLException failed) {
            throw new AssertionError(failed);
        }
    }

    @Override
    public void close() {
        server.close();
    }
}

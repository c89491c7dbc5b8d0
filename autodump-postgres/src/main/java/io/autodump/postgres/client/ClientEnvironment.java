package io.autodump.postgres.client;

import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.error.AutoDumpException;
import io.autodump.postgres.connection.TrustedAuthorities;
import io.autodump.process.PrivateFolders;
import io.autodump.process.ShutdownCleanup;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The environment of one client program: the server, the user, and the password in a private file. {@link #close}
 * removes the file, and so does the end of the JVM. The program inherits none of the caller's {@code PG*} variables:
 * any of them could make it connect to another server. Messages are in English, because AutoDump parses them.
 *
 * <p>The name of the database is passed in {@code PGDATABASE}, which libpq takes literally. On a command line, libpq
 * would read a name such as {@code host=x} or {@code postgres://x} as a connection string.
 */
public final class ClientEnvironment implements AutoCloseable {
    private static final String CONNECT_TIMEOUT_SECONDS = "30";

    private final Map<String, String> variables;
    private final Optional<Path> folder;
    private final Runnable cleanup = this::removeFolder;

    private ClientEnvironment(Map<String, String> variables, Optional<Path> folder) {
        this.variables = variables;
        this.folder = folder;
        ShutdownCleanup.add(cleanup);
    }

    /**
     * Returns the environment for a program that connects.
     *
     * @param applicationName shown in {@code pg_stat_activity}; at most 63 bytes
     * @throws AutoDumpException if certificate authorities are needed and none are found, or if the password file can't
     *     be written
     */
    public static ClientEnvironment of(DatabaseSecret database, String applicationName) {
        return of(database, applicationName, Map.of());
    }

    /**
     * As {@link #of(DatabaseSecret, String)}, with more variables of libpq.
     *
     * @param more contain nothing secret: other users of the machine may be able to read them
     */
    public static ClientEnvironment of(DatabaseSecret database, String applicationName, Map<String, String> more) {
        Map<String, String> variables = inherited(System.getenv());
        variables.putAll(more);
        Optional<Path> authorities = TrustedAuthorities.of(database);
        Path folder = PrivateFolders.create();
        ClientEnvironment environment = new ClientEnvironment(variables, Optional.of(folder));
        try {
            variables.put("PGHOST", withoutBrackets(database.host()));
            variables.put("PGPORT", String.valueOf(database.port()));
            variables.put("PGUSER", database.username());
            variables.put("PGDATABASE", database.database());
            variables.put("PGSSLMODE", database.tls().text());
            // Without this, a root.crt in the home folder would turn sslmode=require into verify-ca.
            variables.put(
                    "PGSSLROOTCERT",
                    authorities.orElseGet(() -> folder.resolve("none")).toString());
            // libpq tries GSSAPI encryption before TLS, and would ignore the sslmode of the secret.
            variables.put("PGGSSENCMODE", "disable");
            variables.put("PGAPPNAME", applicationName);
            variables.put("PGCONNECT_TIMEOUT", CONNECT_TIMEOUT_SECONDS);
            variables.put("PGSERVICE", ServiceFile.SERVICE);
            variables.put("PGSERVICEFILE", ServiceFile.create(folder).toString());
            variables.put(
                    "PGPASSFILE", PassFile.create(folder, database.password()).toString());
            return environment;
        } catch (RuntimeException failed) {
            environment.close();
            throw failed;
        }
    }

    /** Returns the environment for a program that reads a file and connects to nothing. */
    public static ClientEnvironment offline() {
        return new ClientEnvironment(inherited(System.getenv()), Optional.empty());
    }

    /** Returns all variables of the child. It inherits no others. */
    public Map<String, String> variables() {
        return Map.copyOf(variables);
    }

    /**
     * Returns the private folder (mode 0700), for files that must be removed with the child. Empty for
     * {@link #offline}.
     */
    Optional<Path> folder() {
        return folder;
    }

    /** Removes the password from disk. Any thread may call it, and more than once. */
    @Override
    public void close() {
        removeFolder();
        ShutdownCleanup.remove(cleanup);
    }

    static Map<String, String> inherited(Map<String, String> own) {
        Map<String, String> variables = new TreeMap<>(own);
        variables.keySet().removeIf(ClientEnvironment::isKeptBack);
        variables.put("LC_ALL", "C");
        return variables;
    }

    /** Credentials of AWS are of no use to a client program either. */
    private static boolean isKeptBack(String name) {
        return Stream.of("PG", "AWS_", "LC_").anyMatch(name::startsWith) || name.equals("LANGUAGE");
    }

    private static String withoutBrackets(String host) {
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }

    private void removeFolder() {
        folder.ifPresent(PrivateFolders::remove);
    }
}

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

/**
 * The environment of one client program: where to connect and as whom, with the password in a private file that is
 * gone after {@link #close}, and also when the JVM is ended in between. Nothing of the caller's own {@code PG*}
 * variables reaches the program: any of them could send a dump to another server. Messages come in English, so that
 * they can be understood.
 *
 * <p>A database's name goes by {@code PGDATABASE}, which libpq takes literally; on a command line a name such as
 * {@code host=x} or {@code postgres://x} would be read as a connection string.
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
     * For a program that connects.
     *
     * @param applicationName shown in {@code pg_stat_activity}; at most 63 bytes
     * @throws AutoDumpException if no certificate authorities are found though they are needed, or if the password
     *     can't be handed over
     */
    public static ClientEnvironment of(DatabaseSecret database, String applicationName) {
        return of(database, applicationName, Map.of());
    }

    /**
     * For a program that connects, with more variables of libpq's.
     *
     * @param more hold nothing that others on the machine may not read
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
            // Without this a root.crt in the home folder would turn sslmode=require into verify-ca.
            variables.put(
                    "PGSSLROOTCERT",
                    authorities.orElseGet(() -> folder.resolve("none")).toString());
            // GSSAPI encryption is tried before TLS, and would pass by what the secret asks for.
            variables.put("PGGSSENCMODE", "disable");
            variables.put("PGAPPNAME", applicationName);
            variables.put("PGCONNECT_TIMEOUT", CONNECT_TIMEOUT_SECONDS);
            variables.put(
                    "PGPASSFILE", PassFile.create(folder, database.password()).toString());
            return environment;
        } catch (RuntimeException failed) {
            environment.close();
            throw failed;
        }
    }

    /** For a program that reads a file and connects to nothing. */
    public static ClientEnvironment offline() {
        return new ClientEnvironment(inherited(System.getenv()), Optional.empty());
    }

    /** All of the child's variables; nothing else is inherited. */
    public Map<String, String> variables() {
        return Map.copyOf(variables);
    }

    /** The private folder (mode 0700), for files that must not outlive the child; empty for {@link #offline}. */
    Optional<Path> folder() {
        return folder;
    }

    /** Removes the password from disk. May be called more than once, by any thread. */
    @Override
    public void close() {
        removeFolder();
        ShutdownCleanup.remove(cleanup);
    }

    static Map<String, String> inherited(Map<String, String> own) {
        Map<String, String> variables = new TreeMap<>(own);
        variables.keySet().removeIf(name -> name.startsWith("PG") || name.startsWith("LC_") || name.equals("LANGUAGE"));
        variables.put("LC_ALL", "C");
        return variables;
    }

    private static String withoutBrackets(String host) {
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }

    private void removeFolder() {
        folder.ifPresent(PrivateFolders::remove);
    }
}

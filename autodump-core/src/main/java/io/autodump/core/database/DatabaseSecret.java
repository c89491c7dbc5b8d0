package io.autodump.core.database;

import io.autodump.core.internal.ValueStyle;
import java.util.Optional;
import org.immutables.value.Value;

/**
 * A connection to a database. {@link io.autodump.core.wire.DatabaseSecretJson} reads it from a secret's JSON. {@link
 * #toString()} shows no password. Immutable and thread-safe.
 */
@Value.Immutable
@ValueStyle
public abstract class DatabaseSecret {
    /** PostgreSQL's default port. */
    public static final int DEFAULT_PORT = 5432;

    DatabaseSecret() {}

    /** The database user that connects. Not empty. */
    public abstract String username();

    /** The user's password. It may have no characters. */
    @Value.Redacted
    public abstract Password password();

    /** The name of the database. Not empty. */
    public abstract String database();

    /**
     * A host name, an IP address, or the absolute path of a folder with a Unix socket. Not empty. {@link HostName} has
     * the syntax.
     */
    public abstract String host();

    /** The host of a server of the same cluster that only reads, with the same port. Empty by default: unknown. */
    public abstract Optional<String> readerHost();

    /** The TCP port, 1 to 65,535. Default: {@value #DEFAULT_PORT}. */
    @Value.Default
    public int port() {
        return DEFAULT_PORT;
    }

    /**
     * The database engine, one of the {@linkplain io.autodump.core.port.DatabaseEngine#names() names} of an engine.
     * Default: {@code postgres}.
     */
    @Value.Default
    public String engine() {
        return "postgres";
    }

    /** The bucket for this database's dumps. Empty by default: the deployment's own bucket. */
    public abstract Optional<String> bucket();

    /**
     * The prefix of every key of this database's dumps, without a slash at either end. Empty by default: no prefix.
     */
    public abstract Optional<String> prefix();

    /**
     * How the connection is secured. Default: {@link TlsMode#DISABLE} if the host is {@linkplain #isLocal() local},
     * {@link TlsMode#VERIFY_FULL} otherwise.
     */
    @Value.Default
    public TlsMode tls() {
        return isLocal() ? TlsMode.DISABLE : TlsMode.VERIFY_FULL;
    }

    /** The path of a PEM file with the certificate authorities to trust. Empty by default: those of the system. */
    public abstract Optional<String> sslRootCert();

    /**
     * Returns whether the connection stays on this machine: the host is a Unix socket, {@code localhost} or a
     * loopback address.
     */
    public boolean isLocal() {
        String host = host();
        return host.startsWith("/")
                || host.equalsIgnoreCase("localhost")
                || host.matches("127(\\.\\d{1,3}){3}")
                || host.equals("::1")
                || host.equals("[::1]");
    }

    @Value.Check
    protected void check() {
        if (port() < 1 || port() > 65_535) {
            throw new IllegalArgumentException("port must be 1 to 65535, not " + port());
        }
        if (username().isEmpty() || database().isEmpty() || host().isEmpty()) {
            throw new IllegalArgumentException("username, database and host must not be empty");
        }
        HostName.problem(host()).ifPresent(problem -> {
            throw new IllegalArgumentException("the host " + problem);
        });
    }

    /** Returns the connection to {@link #readerHost()}; empty if none is known. */
    public Optional<DatabaseSecret> ofReader() {
        return readerHost()
                .map(reader -> builder().from(this).host(reader).tls(tls()).build());
    }

    /** Starts with every default. */
    public static Builder builder() {
        return ImmutableDatabaseSecret.builder();
    }

    /**
     * Builds a {@link DatabaseSecret}. {@code username}, {@code password}, {@code database} and {@code host} are
     * required; everything else has a default. If a value is set twice, the last one counts. No argument may be null.
     * Not thread-safe.
     */
    public abstract static class Builder {
        Builder() {}

        /** Copies every value of another connection. */
        public abstract Builder from(DatabaseSecret instance);

        /** The database user that connects. Required, not empty. */
        public abstract Builder username(String username);

        /** The user's password. Required. A password of no characters is allowed, for servers that ask for none. */
        public abstract Builder password(Password password);

        /** The name of the database. Required, not empty. */
        public abstract Builder database(String database);

        /**
         * A host name, an IP address, or the absolute path of a folder with a Unix socket. Required, not empty,
         * without the port.
         */
        public abstract Builder host(String host);

        /** The host of a server of the same cluster that only reads. Default: none is known. */
        public abstract Builder readerHost(String readerHost);

        /** The host of a server of the same cluster that only reads; empty, the default, if none is known. */
        public abstract Builder readerHost(Optional<String> readerHost);

        /** The TCP port, 1 to 65,535. Default: {@value DatabaseSecret#DEFAULT_PORT}. */
        public abstract Builder port(int port);

        /**
         * The database engine, {@code postgres} or {@code aurora-postgresql}. Default: {@code postgres}. Not checked
         * here; a dump fails if no engine has this name.
         */
        public abstract Builder engine(String engine);

        /** The bucket for this database's dumps. Default: the deployment's own bucket. */
        public abstract Builder bucket(String bucket);

        /** The bucket for this database's dumps; empty for the deployment's own, which is the default. */
        public abstract Builder bucket(Optional<String> bucket);

        /** The prefix of every key of this database's dumps, without a slash at either end. Default: none. */
        public abstract Builder prefix(String prefix);

        /**
         * The prefix of every key of this database's dumps, without a slash at either end; empty, the default,
         * for none.
         */
        public abstract Builder prefix(Optional<String> prefix);

        /**
         * How the connection is secured. Default: {@link TlsMode#DISABLE} if the host is local (see {@link
         * DatabaseSecret#isLocal()}), {@link TlsMode#VERIFY_FULL} otherwise.
         */
        public abstract Builder tls(TlsMode tls);

        /** The path of a PEM file with the certificate authorities to trust. Default: those of the system. */
        public abstract Builder sslRootCert(String sslRootCert);

        /**
         * The path of a PEM file with the certificate authorities to trust; empty, the default, for those of
         * the system.
         */
        public abstract Builder sslRootCert(Optional<String> sslRootCert);

        /**
         * Builds the connection.
         *
         * @throws IllegalStateException if a required value is missing; the message names all that are missing
         * @throws IllegalArgumentException if the port is out of range, or user, database or host is empty
         */
        public abstract DatabaseSecret build();
    }
}

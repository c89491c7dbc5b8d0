package io.autodump.core.database;

import io.autodump.core.internal.ValueStyle;
import java.util.Optional;
import org.immutables.value.Value;

/**
 * The connection that a secret holds. Read from JSON by {@link io.autodump.core.wire.DatabaseSecretJson}, which reports
 * all problems at once; its text form shows no password.
 */
@Value.Immutable
@ValueStyle
public abstract class DatabaseSecret {
    /** PostgreSQL's port. */
    public static final int DEFAULT_PORT = 5432;

    public abstract String username();

    @Value.Redacted
    public abstract Password password();

    public abstract String database();

    /** A host name, an IP address, or the absolute path of a folder with a Unix socket in it. */
    public abstract String host();

    /** 1 to 65,535; {@value #DEFAULT_PORT} unless set. */
    @Value.Default
    public int port() {
        return DEFAULT_PORT;
    }

    /** {@code postgres} or {@code aurora-postgresql}, unless AutoDump learns more of them. */
    @Value.Default
    public String engine() {
        return "postgres";
    }

    /** The bucket that the owner wants the dumps in; empty leaves it to the deployment's own. */
    public abstract Optional<String> bucket();

    /** What every key of this database's dumps begins with, without a slash at either end. */
    public abstract Optional<String> prefix();

    /** {@link TlsMode#VERIFY_FULL} unless the host is local or the secret says otherwise. */
    @Value.Default
    public TlsMode tls() {
        return isLocal() ? TlsMode.DISABLE : TlsMode.VERIFY_FULL;
    }

    /** The file of the certificate authorities to trust; empty for the system's. */
    public abstract Optional<String> sslRootCert();

    /** Whether the connection never leaves this machine: a Unix socket, {@code localhost} or a loopback address. */
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
            throw new IllegalArgumentException("a port is 1 to 65535, not " + port());
        }
        if (username().isEmpty() || database().isEmpty() || host().isEmpty()) {
            throw new IllegalArgumentException("a connection needs a user, a database and a host");
        }
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Not thread-safe. */
    public static final class Builder extends ImmutableDatabaseSecret.Builder {
        Builder() {}
    }
}

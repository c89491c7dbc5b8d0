package io.autodump.postgres.connection;

import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The file of certificate authorities that a connection trusts. It is the same for {@code libpq} and for the JDBC
 * driver, so a successful preflight also holds for the dump. libpq knows {@code sslrootcert=system} only since 16, and
 * not in every build by environment variable, so the system's bundle is always passed as a file.
 */
public final class TrustedAuthorities {
    private static final List<String> SYSTEM_BUNDLES = List.of(
            "/etc/ssl/certs/ca-certificates.crt", // Debian, Ubuntu, Alpine
            "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem", // Red Hat, Amazon Linux
            "/etc/pki/tls/certs/ca-bundle.crt",
            "/etc/ssl/ca-bundle.pem", // SUSE
            "/etc/ssl/cert.pem", // macOS, BSD
            "/opt/homebrew/etc/ca-certificates/cert.pem");

    private TrustedAuthorities() {}

    /** Returns the file. Empty if the connection verifies nothing. */
    public static Optional<Path> of(DatabaseSecret database) {
        return of(database, System.getenv(), SYSTEM_BUNDLES);
    }

    public static Optional<Path> of(
            DatabaseSecret database, Map<String, String> environment, List<String> systemBundles) {
        return switch (database.tls()) {
            case DISABLE -> Optional.empty();
            case REQUIRE -> database.sslRootCert().map(named -> readable(Path.of(named)));
            case VERIFY_CA, VERIFY_FULL ->
                Optional.of(database.sslRootCert()
                        .filter(named -> !named.equals("system"))
                        .map(named -> readable(Path.of(named)))
                        .orElseGet(() -> system(database, environment, systemBundles)));
        };
    }

    private static Path readable(Path file) {
        if (!Files.isReadable(file)) {
            throw new AutoDumpException(
                    ErrorCode.TLS_REFUSED,
                    "the secret's sslrootcert " + file + " can't be read; nothing was written",
                    "put the certificate authorities' file (PEM) there, or correct the secret's sslrootcert");
        }
        return file.toAbsolutePath();
    }

    private static Path system(DatabaseSecret database, Map<String, String> environment, List<String> systemBundles) {
        return Stream.concat(Stream.ofNullable(environment.get("SSL_CERT_FILE")), systemBundles.stream())
                .map(Path::of)
                .filter(Files::isReadable)
                .findFirst()
                .orElseThrow(() -> new AutoDumpException(
                        ErrorCode.TLS_REFUSED,
                        "sslmode " + database.tls().text() + " for " + database.host()
                                + " needs certificate authorities, and this machine has no bundle of them; nothing was"
                                + " written",
                        "install the package ca-certificates, or name a PEM file as sslrootcert in the secret (for"
                                + " Amazon RDS: its global-bundle.pem)"));
    }
}

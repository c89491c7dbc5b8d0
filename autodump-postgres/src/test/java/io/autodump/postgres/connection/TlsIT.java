package io.autodump.postgres.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.database.TlsMode;
import io.autodump.core.dump.DumpSettings;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.port.DumpProgress;
import io.autodump.core.port.PreparedDump;
import io.autodump.postgres.TestDumps;
import io.autodump.postgres.server.Preflight;
import io.autodump.testkit.postgres.TestPostgres;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A server with a certificate for localhost, signed by an authority of its own, that takes TCP by TLS alone. */
final class TlsIT {
    private static Path authority;
    private static Path otherAuthority;
    private static TestPostgres server;

    @BeforeAll
    static void startServer(@TempDir Path folder) throws IOException, InterruptedException {
        TestCertificates certificates = new TestCertificates(folder);
        TestCertificates.Pair ca = certificates.selfSigned("ca");
        TestCertificates.Pair localhost = certificates.signed(ca, "localhost");
        authority = ca.certificate();
        otherAuthority = certificates.selfSigned("other").certificate();
        server = TestPostgres.configure()
                .tls(localhost.certificate(), localhost.key())
                .hbaRule("hostnossl shop all all reject")
                .start();
        server.createDatabase("shop");
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @Test
    void verifiesTheNameAndTheAuthority() {
        DatabaseSecret secret = secret("localhost", TlsMode.VERIFY_FULL, authority);

        try (PreparedDump dump = TestDumps.source().prepare(secret, DumpSettings.defaults())) {
            assertThat(dump.writeTo(OutputStream.nullOutputStream(), DumpProgress.SILENT)
                            .tls())
                    .isEqualTo(TlsMode.VERIFY_FULL);
        }
        assertThat(Preflight.inspect(secret, DumpSettings.defaults())
                        .tlsProtocol()
                        .orElseThrow())
                .startsWith("TLSv1.");
    }

    @Test
    void refusesAnotherAuthority() {
        AutoDumpException failure = refusal(secret("localhost", TlsMode.VERIFY_FULL, otherAuthority));

        assertThat(failure.code()).isEqualTo(ErrorCode.TLS_REFUSED);
        assertThat(failure.hint().orElseThrow()).contains("sslrootcert");
    }

    @Test
    void refusesTheSystemsAuthoritiesForACertificateOfOnesOwn() {
        DatabaseSecret secret = DatabaseSecret.builder()
                .from(server.secret("shop"))
                .host("localhost")
                .tls(TlsMode.VERIFY_FULL)
                .build();

        assertThat(refusal(secret).code()).isEqualTo(ErrorCode.TLS_REFUSED);
    }

    @Test
    void refusesAnotherName() {
        AutoDumpException failure = refusal(secret("127.0.0.1", TlsMode.VERIFY_FULL, authority));

        assertThat(failure.code()).isEqualTo(ErrorCode.TLS_REFUSED);
        assertThat(failure.hint().orElseThrow()).contains("endpoint");
    }

    @ParameterizedTest
    @EnumSource(
            value = TlsMode.class,
            names = {"REQUIRE", "VERIFY_CA"})
    void takesAnotherNameInAWeakerMode(TlsMode mode) {
        DatabaseSecret secret = secret("127.0.0.1", mode, authority);

        try (PreparedDump dump = TestDumps.source().prepare(secret, DumpSettings.defaults())) {
            assertThat(dump.writeTo(OutputStream.nullOutputStream(), DumpProgress.SILENT)
                            .tls())
                    .isEqualTo(mode);
        }
    }

    @Test
    void saysThatTheServerWantsTls() {
        AutoDumpException failure = refusal(server.secret("shop"));

        assertThat(failure.code()).isEqualTo(ErrorCode.TLS_REFUSED);
        assertThat(failure.hint().orElseThrow()).contains("sslmode to verify-full");
    }

    @Test
    void refusesAServerWithoutTls() {
        try (TestPostgres clear = TestPostgres.start()) {
            DatabaseSecret secret = DatabaseSecret.builder()
                    .from(clear.secret("postgres"))
                    .tls(TlsMode.REQUIRE)
                    .build();

            assertThat(refusal(secret).code()).isEqualTo(ErrorCode.TLS_REFUSED);
        }
    }

    @Test
    void refusesAFileOfAuthoritiesThatIsNotThere() {
        AutoDumpException failure =
                refusal(secret("localhost", TlsMode.VERIFY_FULL, Path.of("/nonexistent/global-bundle.pem")));

        assertThat(failure.code()).isEqualTo(ErrorCode.TLS_REFUSED);
        assertThat(failure).hasMessageContaining("/nonexistent/global-bundle.pem");
    }

    private static AutoDumpException refusal(DatabaseSecret secret) {
        return catchThrowableOfType(
                AutoDumpException.class, () -> TestDumps.source().prepare(secret, DumpSettings.defaults()));
    }

    private static DatabaseSecret secret(String host, TlsMode mode, Path sslRootCert) {
        return DatabaseSecret.builder()
                .from(server.secret("shop"))
                .host(host)
                .tls(mode)
                .sslRootCert(sslRootCert.toString())
                .build();
    }
}

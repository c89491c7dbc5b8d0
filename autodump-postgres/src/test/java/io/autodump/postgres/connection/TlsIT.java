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
import io.autodump.postgres.dump.PgDumpSource;
import io.autodump.postgres.server.Preflight;
import io.autodump.testkit.postgres.TestPostgres;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
        authority = authority(folder, "ca");
        otherAuthority = authority(folder, "other");
        Path certificate = folder.resolve("server.crt");
        Path key = folder.resolve("server.key");
        Path request = folder.resolve("server.csr");
        Path names = Files.writeString(folder.resolve("names"), "subjectAltName=DNS:localhost");
        openssl("req", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=server", "-keyout", key, "-out", request);
        openssl(
                "x509",
                "-req",
                "-in",
                request,
                "-CA",
                authority,
                "-CAkey",
                folder.resolve("ca.key"),
                "-CAcreateserial",
                "-extfile",
                names,
                "-days",
                "2",
                "-out",
                certificate);
        server = TestPostgres.configure()
                .tls(certificate, key)
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

        try (PreparedDump dump = PgDumpSource.create().prepare(secret, DumpSettings.defaults())) {
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

        try (PreparedDump dump = PgDumpSource.create().prepare(secret, DumpSettings.defaults())) {
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
                AutoDumpException.class, () -> PgDumpSource.create().prepare(secret, DumpSettings.defaults()));
    }

    private static DatabaseSecret secret(String host, TlsMode mode, Path sslRootCert) {
        return DatabaseSecret.builder()
                .from(server.secret("shop"))
                .host(host)
                .tls(mode)
                .sslRootCert(sslRootCert.toString())
                .build();
    }

    private static Path authority(Path folder, String name) throws IOException, InterruptedException {
        Path certificate = folder.resolve(name + ".crt");
        openssl(
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-days",
                "2",
                "-subj",
                "/CN=" + name,
                "-keyout",
                folder.resolve(name + ".key"),
                "-out",
                certificate);
        return certificate;
    }

    private static void openssl(Object... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("openssl"));
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
    }
}

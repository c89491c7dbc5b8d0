package io.autodump.postgres.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.database.Password;
import io.autodump.core.database.TlsMode;
import io.autodump.core.dump.Checksum;
import io.autodump.core.dump.Compression;
import io.autodump.core.dump.DumpFileType;
import io.autodump.core.dump.DumpFormat;
import io.autodump.core.dump.DumpKey;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.dump.DumpSettings;
import io.autodump.core.dump.RestoreOptions;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.error.Finding;
import io.autodump.postgres.PostgresEngine;
import io.autodump.postgres.StockPrograms;
import io.autodump.postgres.TestDumps;
import io.autodump.postgres.client.ClientEnvironment;
import io.autodump.process.ChildProcess;
import io.autodump.testkit.postgres.TestPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Servers that aren't what they should be: dump, doctor and restore refuse each, and say why. */
final class TlsRefusalsIT {
    private static final int REQUEST_BYTES = 8;

    private static TestCertificates certificates;
    private static TestCertificates.Pair authority;

    @BeforeAll
    static void makeAuthority(@TempDir Path folder) throws IOException, InterruptedException {
        certificates = new TestCertificates(folder);
        authority = certificates.selfSigned("authority");
    }

    @Test
    void anExpiredCertificateIsRefused() throws Exception {
        assertRefused(certificates.expired(authority, "localhost"), "NotAfter", "renew the server's certificate");
    }

    @Test
    void aCertificateOfAnotherHostIsRefused() throws Exception {
        assertRefused(certificates.signed(authority, "other.example"), "isn't in the server's certificate", "endpoint");
    }

    @Test
    void aSelfSignedCertificateIsRefused() throws Exception {
        assertRefused(certificates.selfSigned("localhost"), "", "sslrootcert");
    }

    @Test
    void aServerThatSpeaksOnlyOldVersionsIsRefused() throws Exception {
        TestCertificates.Pair pair = certificates.signed(authority, "localhost");
        try (TestPostgres server =
                TestPostgres.configure().tls(pair.certificate(), pair.key()).start()) {
            server.execute("postgres", "ALTER SYSTEM SET ssl_min_protocol_version = 'TLSv1'");
            server.execute("postgres", "ALTER SYSTEM SET ssl_max_protocol_version = 'TLSv1.1'");
            server.execute("postgres", "SELECT pg_reload_conf()");
            awaitRefusal(server);
            assertEveryOperationRefuses(secret(server.secret("postgres"), TlsMode.VERIFY_FULL), "", "TLS 1.2");
        }
    }

    @Test
    void aServerWithoutTlsIsRefused() throws Exception {
        try (TestPostgres server = TestPostgres.start()) {
            for (TlsMode mode : List.of(TlsMode.REQUIRE, TlsMode.VERIFY_CA, TlsMode.VERIFY_FULL)) {
                assertEveryOperationRefuses(
                        secret(server.secret("postgres"), mode), "does not support SSL", "ssl = on");
            }
        }
    }

    /** Somebody between answers that the server has no TLS, in the hope of a password in clear text. */
    @ParameterizedTest
    @EnumSource(
            value = TlsMode.class,
            names = {"REQUIRE", "VERIFY_CA", "VERIFY_FULL"})
    void nothingIsSentToAProxyThatAnswersNo(TlsMode mode) throws Exception {
        try (Downgrade proxy = new Downgrade()) {
            DatabaseSecret secret = secret(proxy.secret(), mode);
            AutoDumpException refused = catchThrowableOfType(AutoDumpException.class, () -> dump(secret));

            assertThat(refused.code()).isEqualTo(ErrorCode.TLS_REFUSED);
            assertThat(proxy.bytesAfterItsAnswer()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = TlsMode.class,
            names = {"REQUIRE", "VERIFY_CA", "VERIFY_FULL"})
    void clientProgramsSendNothingToAProxyThatAnswersNoEither(TlsMode mode) throws Exception {
        try (Downgrade proxy = new Downgrade();
                ClientEnvironment environment = ClientEnvironment.of(secret(proxy.secret(), mode), "test");
                ChildProcess psql = ChildProcess.startWithoutOutput(
                        List.of(
                                StockPrograms.CLIENTS
                                        .forServer(15)
                                        .program("psql")
                                        .toString(),
                                "-c",
                                "SELECT 1"),
                        environment.variables(),
                        line -> false,
                        ChildProcess.NO_REDACTION)) {
            assertThat(psql.waitFor(Duration.ofMinutes(1))).hasValue(2);
            assertThat(psql.lastError().orElse("")).contains("server does not support SSL");
            assertThat(proxy.bytesAfterItsAnswer()).isZero();
        }
    }

    /** The server reads its settings again in its own time. */
    private static void awaitRefusal(TestPostgres server) {
        DatabaseSecret secret = secret(server.secret("postgres"), TlsMode.REQUIRE);
        TestDumps.await(
                "the server refuses", () -> catchThrowableOfType(AutoDumpException.class, () -> dump(secret)) != null);
    }

    private static void assertRefused(TestCertificates.Pair pair, String reason, String hint) {
        try (TestPostgres server =
                TestPostgres.configure().tls(pair.certificate(), pair.key()).start()) {
            assertEveryOperationRefuses(secret(server.secret("postgres"), TlsMode.VERIFY_FULL), reason, hint);
        }
    }

    private static DatabaseSecret secret(DatabaseSecret reached, TlsMode mode) {
        return DatabaseSecret.builder()
                .from(reached)
                .host("localhost")
                .tls(mode)
                .sslRootCert(authority.certificate().toString())
                .build();
    }

    private static void assertEveryOperationRefuses(DatabaseSecret secret, String reason, String hint) {
        AutoDumpException dump = catchThrowableOfType(AutoDumpException.class, () -> dump(secret));
        AutoDumpException restore = catchThrowableOfType(AutoDumpException.class, () -> restore(secret));
        Finding doctor = PostgresEngine.create()
                .checks()
                .database("orders", secret, DumpSettings.defaults())
                .get(0);

        for (AutoDumpException refused : List.of(dump, restore)) {
            assertThat(refused.code()).as(refused.report()).isEqualTo(ErrorCode.TLS_REFUSED);
            assertThat(refused.description())
                    .contains(reason)
                    .doesNotContainPattern("Exception|Verifier|\\b(java|javax|sun|org)\\.");
            assertThat(refused.hint().orElseThrow()).as(refused.report()).contains(hint);
        }
        assertThat(doctor.code()).contains(ErrorCode.TLS_REFUSED);
        assertThat(doctor.hint().orElseThrow()).contains(hint);
    }

    private static void dump(DatabaseSecret secret) {
        PostgresEngine.create()
                .source()
                .prepare(secret, DumpSettings.defaults())
                .close();
    }

    private static void restore(DatabaseSecret secret) {
        Instant when = Instant.parse("2026-11-22T08:00:00Z");
        DumpManifest manifest = DumpManifest.builder()
                .key(DumpKey.of(Optional.empty(), "orders", "shop", when, ".dump"))
                .secretName("orders")
                .database("shop")
                .engine("postgres")
                .scheduledAt(when)
                .startedAt(when)
                .finishedAt(when)
                .serverVersion("15.18")
                .clientVersion("15.18")
                .tls(TlsMode.VERIFY_FULL)
                .replica(false)
                .fileType(new DumpFileType(DumpFormat.CUSTOM, Compression.NONE))
                .settings(DumpSettings.defaults())
                .sourceBytes(1)
                .storedBytes(1)
                .checksum(Checksum.ofSha256(new byte[32]))
                .toolVersion("test")
                .build();
        PostgresEngine.create()
                .restorer()
                .check(manifest, secret, RestoreOptions.builder().build());
    }

    /** Takes connections, answers each request for TLS with {@code N}, and counts what is sent after that. */
    private static final class Downgrade implements AutoCloseable {
        private final ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        private final CompletableFuture<Integer> sent = CompletableFuture.supplyAsync(this::take);

        Downgrade() throws IOException {}

        DatabaseSecret secret() {
            return DatabaseSecret.builder()
                    .username("app")
                    .password(Password.of("geheim"))
                    .database("shop")
                    .host("localhost")
                    .port(listener.getLocalPort())
                    .build();
        }

        private Integer take() {
            try (Socket connection = listener.accept()) {
                connection.getInputStream().readNBytes(REQUEST_BYTES);
                connection.getOutputStream().write('N');
                return connection.getInputStream().readAllBytes().length;
            } catch (IOException reset) {
                return 0;
            }
        }

        int bytesAfterItsAnswer() throws Exception {
            return sent.get();
        }

        @Override
        public void close() throws IOException {
            listener.close();
        }
    }
}

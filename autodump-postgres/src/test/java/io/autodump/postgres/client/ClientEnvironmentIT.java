package io.autodump.postgres.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.autodump.core.database.DatabaseSecret;
import io.autodump.postgres.TestDumps;
import io.autodump.process.ChildProcess;
import io.autodump.testkit.postgres.TestPostgres;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class ClientEnvironmentIT {
    private static final Path CONNECTIONS = Path.of("/proc/net/tcp");

    /** Columns of {@code /proc/net/tcp}: the remote address, the state, and the timer with its time. */
    private static final int REMOTE = 2;

    private static final int STATE = 3;
    private static final int TIMER = 5;
    private static final String ESTABLISHED = "01";
    private static final String KEEPALIVE = "02:";
    private static final long HUNDREDTHS = 6100;

    /** The kernel looks after a minute whether the server is there, and not after two hours. */
    @Test
    void letsAProgramNoticeThatItsServerIsGone() throws Exception {
        assumeTrue(Files.isReadable(CONNECTIONS) && InetAddress.getLoopbackAddress() instanceof Inet4Address);
        try (TestPostgres server = TestPostgres.start()) {
            DatabaseSecret database = DatabaseSecret.builder()
                    .from(server.secret("postgres"))
                    .host("127.0.0.1")
                    .build();
            try (ClientEnvironment environment = ClientEnvironment.of(database, "test");
                    ChildProcess psql = ChildProcess.startWithoutOutput(
                            List.of(
                                    TestDumps.realClient().program("psql").toString(),
                                    "--no-password",
                                    "--command=SELECT pg_sleep(600)"),
                            environment.variables(),
                            line -> false,
                            ChildProcess.NO_REDACTION)) {
                TestDumps.await(
                        "psql has a keepalive timer",
                        () -> keepAlives(database.port()).anyMatch(time -> time > 0 && time <= HUNDREDTHS));
                assertThat(psql.stderrLines()).isEmpty();
            }
        }
    }

    /** The times until the next look, in hundredths of a second, of connections to the port. */
    private static Stream<Long> keepAlives(int port) {
        try {
            String remote = ":" + String.format(Locale.ROOT, "%04X", port);
            return Files.readAllLines(CONNECTIONS).stream()
                    .map(line -> line.strip().split("\\s+", -1))
                    .filter(columns -> columns[REMOTE].endsWith(remote)
                            && columns[STATE].equals(ESTABLISHED)
                            && columns[TIMER].startsWith(KEEPALIVE))
                    .map(columns -> Long.parseLong(columns[TIMER].substring(KEEPALIVE.length()), 16));
        } catch (IOException unreadable) {
            return Stream.empty();
        }
    }
}

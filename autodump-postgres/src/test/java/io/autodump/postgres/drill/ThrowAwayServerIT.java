package io.autodump.postgres.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.autodump.core.error.AutoDumpException;
import io.autodump.postgres.StockPrograms;
import io.autodump.postgres.client.PostgresClient;
import io.autodump.postgres.connection.DatabaseConnection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Needs the server programs, which a machine with the client programs alone lacks. */
class ThrowAwayServerIT {
    @Test
    void runsUntilItIsClosedAndIsRemovedByTheNextIfItsProcessIsGone(@TempDir Path folder)
            throws IOException, SQLException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        PostgresClient client = StockPrograms.client();
        assumeThat(Files.isExecutable(client.binFolder().resolve("initdb"))).isTrue();
        ServerPrograms programs = ServerPrograms.find(StockPrograms.CLIENTS, client.major());

        ThrowAwayServer server = ThrowAwayServer.start(programs, folder);
        Path home = names(folder).stream()
                .filter(path -> !path.toString().endsWith(".lock"))
                .findFirst()
                .orElseThrow();
        long postmaster = Long.parseLong(
                Files.readAllLines(home.resolve("data/postmaster.pid")).get(0));
        try (Connection connection = DatabaseConnection.open(server.connection())) {
            assertThat(connection.getMetaData().getDatabaseMajorVersion()).isEqualTo(client.major());
        }

        // Another server's cleaning leaves it alone, and so does one for a folder without a lock of ours.
        ThrowAwayServer.removeLeftBehind(programs, folder);
        Files.createDirectory(folder.resolve("autodump-drill-other"));
        assertThat(ProcessHandle.of(postmaster)).isPresent();

        // What kill -9 leaves: the same folder under a name whose lock nobody holds.
        Path left = Files.move(home, folder.resolve("autodump-drill-left"));
        Files.createFile(folder.resolve("autodump-drill-left.lock"));
        assertThat(DrillFolder.leftBehind(folder)).containsExactly(left);
        Files.move(left, home);
        Files.delete(folder.resolve("autodump-drill-left.lock"));
        server.close();

        assertThatThrownBy(() -> DatabaseConnection.open(server.connection())).isInstanceOf(AutoDumpException.class);
        assertThat(names(folder)).containsExactly(folder.resolve("autodump-drill-other"));
    }

    private static List<Path> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }
}

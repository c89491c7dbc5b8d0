package io.autodump.postgres.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.testkit.program.Script;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PostgresClientsTest {
    @ParameterizedTest
    @CsvSource({"18.0, true", "18.1, true", "18.1 (Debian 18.1-1), true", "18.2, false", "18.10, false", "17.1, false"})
    void knowsTheReleasesThatLosePositionsOfSequences(String version, boolean loses) {
        assertThat(new PostgresClient(Path.of("/bin"), version, 18).losesSequences())
                .isEqualTo(loses);
    }

    private final Path folder;

    PostgresClientsTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void sortsByVersionAndNotByText() {
        assertThat(clients("15.10", "9.6.24", "15.9", "17beta2").all())
                .extracting(PostgresClient::version)
                .containsExactly("9.6.24", "15.9", "15.10", "17beta2");
    }

    @Test
    void prefersTheServersOwnVersionAndThereTheNewest() {
        assertThat(clients("14.1", "15.9", "15.10", "16.2").forServer(15).version())
                .isEqualTo("15.10");
    }

    @Test
    void takesTheNearestNewerVersionOtherwise() {
        PostgresClients clients = clients("13.1", "16.1", "17.1");

        assertThat(clients.forServer(14).major()).isEqualTo(16);
        assertThat(clients.forArchive("14.3 (Debian)").major()).isEqualTo(16);
    }

    @Test
    void namesBothVersionsAndThePackageWhenAllAreTooOld() {
        assertThatThrownBy(() -> clients("13.4", "15.1").forServer(17))
                .isInstanceOfSatisfying(AutoDumpException.class, failure -> {
                    assertThat(failure.code()).isEqualTo(ErrorCode.CLIENT_TOO_OLD);
                    assertThat(failure).hasMessageContaining("PostgreSQL 17").hasMessageContaining("15.1");
                    assertThat(failure.hint().orElseThrow()).contains("apt-get install postgresql-client-17");
                });
    }

    @Test
    void saysWhatToInstallWhenThereIsNone() {
        assertThatThrownBy(() -> PostgresClients.of(List.of(folder)).forServer(16))
                .isInstanceOfSatisfying(AutoDumpException.class, failure -> {
                    assertThat(failure.code()).isEqualTo(ErrorCode.CLIENT_NOT_FOUND);
                    assertThat(failure.hint().orElseThrow()).contains("postgresql-client-16");
                });
    }

    @Test
    void saysWhichPgDumpCannotBeUsedAndWhy() throws IOException {
        Path broken = Files.createDirectory(folder.resolve("broken"));
        Script.write(broken.resolve("pg_dump"), "exit 3");
        Path foreign = Files.createDirectory(folder.resolve("foreign"));
        Script.write(foreign.resolve("pg_dump"), "printf 'b\\033[2Jad'; printf 'x%.0s' $(seq 100); echo");

        assertThatThrownBy(() -> PostgresClients.of(List.of(broken, foreign)).forServer(16))
                .isInstanceOfSatisfying(AutoDumpException.class, failure -> {
                    assertThat(failure.code()).isEqualTo(ErrorCode.CLIENT_NOT_FOUND);
                    assertThat(failure)
                            .hasMessageContaining(
                                    "no pg_dump that works was found in " + broken + ", " + foreign + ": ")
                            .hasMessageContaining("broken/pg_dump --version exited with status 3; ")
                            .hasMessageContaining("foreign/pg_dump answered --version with \"b\\u001b[2Jadxx")
                            .hasMessageContaining("x…\"; nothing was written");
                    assertThat(failure.hint().orElseThrow()).startsWith("run it by hand");
                });
    }

    @Test
    void passesProgramsOverThatAreNotPgDump() throws IOException {
        Path broken = Files.createDirectory(folder.resolve("broken"));
        Script.write(broken.resolve("pg_dump"), "exit 1");
        Path foreign = Files.createDirectory(folder.resolve("foreign"));
        Script.write(foreign.resolve("pg_dump"), "echo something else");
        Path wrapper = Files.createDirectory(folder.resolve("wrapper"));
        Script.write(wrapper.resolve("pg_wrapper"), "echo 'pg_dump (PostgreSQL) 15.1'");
        Files.createSymbolicLink(wrapper.resolve("pg_dump"), wrapper.resolve("pg_wrapper"));

        assertThat(PostgresClients.of(List.of(broken, foreign, wrapper, folder.resolve("absent")))
                        .all())
                .isEmpty();
    }

    @Test
    void findsOneSetOnceHoweverManyLinksLeadToIt() throws IOException {
        Path real = install("15.1");
        Path links = Files.createDirectory(folder.resolve("links"));
        Files.createSymbolicLink(links.resolve("pg_dump"), real.resolve("pg_dump"));

        assertThat(PostgresClients.of(List.of(links, real)).all())
                .singleElement()
                .satisfies(client -> assertThat(client.binFolder()).isEqualTo(real.toRealPath()));
    }

    @Test
    void looksInEveryFolderOfThePath() {
        assertThat(ClientFolders.usual(Map.of("PATH", "/first::/second")))
                .startsWith(Path.of("/first"), Path.of("/second"));
    }

    @Test
    void namesAProgramThatIsMissing() {
        PostgresClient client = clients("15.1").all().get(0);

        assertThatThrownBy(() -> client.program("pg_restore"))
                .isInstanceOf(AutoDumpException.class)
                .hasMessageContaining("pg_restore");
    }

    private PostgresClients clients(String... versions) {
        return PostgresClients.of(Stream.of(versions).map(this::install).toList());
    }

    private Path install(String version) {
        try {
            Path bin = Files.createDirectory(folder.resolve(version));
            Script.write(bin.resolve("pg_dump"), "echo 'pg_dump (PostgreSQL) " + version + " (Debian x)'");
            return bin;
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        }
    }
}

package io.autodump.cli.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.autodump.cli.command.CommandLineRun.Result;
import io.autodump.core.testing.FakeDatabaseEngine;
import io.autodump.core.testing.FakeDumpSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PageCommandsTest {
    private static final String DAILY = "{\"autodump:start-schedule\": \"0 7 - - -\"}";

    private final Path folder;
    private final CommandLineRun autodump;

    PageCommandsTest(@TempDir Path folder) throws IOException {
        this.folder = folder;
        this.autodump = new CommandLineRun(
                        folder, new FakeDatabaseEngine(FakeDumpSource.printing("rows".getBytes(UTF_8)), "postgres"))
                .secret("orders", DAILY);
    }

    @Test
    void writesThePage() throws IOException {
        autodump.run("dump", "orders");

        Result report = autodump.run("report", "--html", "page.html");

        assertThat(report.exitStatus()).isZero();
        assertThat(report.err()).isEqualTo("wrote /test/page.html, 1 database\n");
        assertThat(entries()).noneMatch(name -> name.contains(".tmp"));
        assertThat(Files.readString(folder.resolve("page.html")))
                .contains("<h1>The database is protected</h1>", "1 day made, 59 days without a run")
                .doesNotContain("geheim-4711");
    }

    @Test
    void exitsAsStatusDoes() throws IOException {
        autodump.secret("stock", "{\"autodump:start-schedul\": \"0 7 - - -\"}");

        Result report = autodump.run("report", "--html", "-");

        assertThat(report.exitStatus()).isEqualTo(6);
        assertThat(report.out()).contains("<h1>1 of 2 databases needs you</h1>", "The tag autodump:start-schedul");
    }

    @Test
    void saysThatTheFileCannotBeWritten() {
        Result report = autodump.run("report", "--html", "none/page.html");

        assertThat(report.exitStatus()).isEqualTo(3);
        assertThat(report.err()).contains("AD-2012", "none/page.html");
    }

    @Test
    void writesWhatALinkPointsTo() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link.html"), Path.of("page.html"));

        Result report = autodump.run("report", "--html", "link.html");

        assertThat(report.exitStatus()).isZero();
        assertThat(report.err()).isEqualTo("wrote /test/link.html, 1 database\n");
        assertThat(link).isSymbolicLink();
        assertThat(folder.resolve("page.html")).isRegularFile().content().contains("<h1>");
    }

    @Test
    void keepsADeviceAndSaysThatItIsFull() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("full.html"), Path.of("/dev/full"));

        Result report = autodump.run("report", "--html", "full.html");

        assertThat(report.exitStatus()).isEqualTo(3);
        assertThat(report.err())
                .contains("AD-2012", "full.html can't be written: ")
                .doesNotContain("wrote");
        assertThat(link).isSymbolicLink();
    }

    @Test
    void refusesAFolderAsThePage() throws IOException {
        Files.createDirectory(folder.resolve("pages"));

        Result report = autodump.run("report", "--html", "pages");

        assertThat(report.exitStatus()).isEqualTo(2);
        assertThat(report.err())
                .contains("AD-1004", "/test/pages is a folder", "name a file in it: --html /test/pages/backups.html");
        assertThat(folder.resolve("pages")).isEmptyDirectory();
    }

    @Test
    void refusesAnAddressThatIsNone() {
        Result run = autodump.run("run", "--http", "here");

        assertThat(run.exitStatus()).isEqualTo(2);
        assertThat(run.err()).contains("--http is a port or ADDRESS:PORT", "not \"here\"");
    }

    @Test
    void findsNoOtherDatabaseIfTheEngineListsNone() {
        Result coverage = autodump.run("coverage");

        assertThat(coverage.exitStatus()).isZero();
        assertThat(coverage.out()).isEqualTo("1 database on 1 server: 0 without a dump\n");
        assertThat(autodump.run("coverage", "--json").out()).contains("\"server\" : \"localhost:5432\"", "\"orders\"");
    }

    @Test
    void countsWhatPatternsSelect() throws IOException {
        CommandLineRun server = new CommandLineRun(
                        folder,
                        new FakeDatabaseEngine(FakeDumpSource.printing("rows".getBytes(UTF_8)), "postgres")
                                .withDatabases("orders", "stock", "test"))
                .secret("all", "{\"autodump:start-schedule\": \"0 7 - - -\", \"autodump:databases\": \"* !test\"}");

        Result coverage = server.run("coverage");

        assertThat(coverage.exitStatus()).isEqualTo(6);
        assertThat(coverage.out())
                .contains("3 databases on 1 server: 1 without a dump")
                .contains("test");
    }

    private List<String> entries() throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.map(entry -> entry.getFileName().toString()).toList();
        }
    }
}

package io.autodump.cli.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.autodump.cli.command.CommandLineRun.Result;
import io.autodump.cli.mail.SmtpReceiver;
import io.autodump.core.testing.FakeDatabaseEngine;
import io.autodump.core.testing.FakeDumpSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NotifyCommandTest {
    private static final String DAILY = "{\"autodump:start-schedule\": \"0 7 - - -\"}";

    private final Path folder;
    private final Path events;
    private final CommandLineRun autodump;
    private final CommandLineRun failing;

    NotifyCommandTest(@TempDir Path folder) throws IOException {
        this.folder = folder;
        this.events = folder.resolve("events");
        this.autodump = new CommandLineRun(
                        folder, new FakeDatabaseEngine(FakeDumpSource.printing("rows".getBytes(UTF_8)), "postgres"))
                .secret("orders", DAILY);
        this.failing = new CommandLineRun(
                folder, new FakeDatabaseEngine(FakeDumpSource.failingAfter("rows".getBytes(UTF_8)), "postgres"));
    }

    private void configure(String entry) throws IOException {
        Path file = folder.resolve("autodump.yaml");
        boolean first = !Files.readString(file).contains("notify:");
        Files.writeString(file, (first ? "notify:\n" : "") + entry, StandardOpenOption.APPEND);
    }

    /** Appends each event to a file. */
    private void recordEvents(String outcomes) throws IOException {
        configure("- {name: file, type: command, on: " + outcomes + ", command: [/bin/sh, -c, 'cat >> \"$0\"', "
                + events + "]}\n");
    }

    private List<String> types() throws IOException {
        try (Stream<String> lines = Files.lines(events)) {
            return lines.filter(line -> line.contains("\"type\""))
                    .map(line -> line.replaceAll(".*: \"|\",", ""))
                    .toList();
        }
    }

    @Test
    void tellsOfADumpThatFailsAndOfTheNextOne() throws IOException {
        recordEvents("[succeeded, failed, recovered]");

        Result failed = failing.run("dump", "orders");
        Result made = autodump.run("dump", "orders");

        assertThat(failed.exitStatus()).isEqualTo(4);
        assertThat(made.exitStatus()).isZero();
        assertThat(types()).containsExactly("failed", "succeeded", "recovered");
        assertThat(Files.readString(events)).contains("HINT: ").doesNotContain("geheim-4711");
    }

    @Test
    void tellsOfOverdueDatabasesWhenItRunsOnce() throws IOException {
        recordEvents("[overdue]");
        Files.setLastModifiedTime(
                folder.resolve("secrets/orders.json"), FileTime.from(CommandLineRun.NOW.minusSeconds(1_000_000)));

        failing.run("run", "--once");
        failing.run("run", "--once");

        assertThat(types()).containsExactly("overdue");
    }

    @Test
    void aBrokenChannelHarmsNoDumpAndIsInTheStatus() throws IOException {
        configure("- {name: page, type: command, on: succeeded, command: [" + folder.resolve("none") + "]}\n");

        Result dump = autodump.run("dump", "orders");
        Result status = autodump.run("status");

        assertThat(dump.exitStatus()).isZero();
        assertThat(dump.err()).contains("channel page wasn't told of succeeded orders: the command can't be run");
        assertThat(status.exitStatus()).isZero();
        assertThat(status.err())
                .contains("channel page lost 1 notice, the last at 2026-11-22 08:00:00Z: the command can't be run")
                .contains("autodump notify --test page");
        assertThat(autodump.run("status", "--json").out()).contains("\"name\" : \"page\"", "\"failures\" : 1");
    }

    @Test
    void triesEachChannel() throws IOException {
        try (SmtpReceiver mail = new SmtpReceiver()) {
            recordEvents("failed");
            configure("- {name: mail, type: email, server: 127.0.0.1, tls: none, port: " + mail.port()
                    + ", from: a@example.com, to: b@example.com}\n");

            Result test = autodump.run("notify", "--test");

            assertThat(test.exitStatus()).isZero();
            assertThat(test.err())
                    .contains("file: the test notice was delivered", "mail: the test notice was delivered");
            assertThat(test.out()).contains("CHANNEL  OUTCOMES", "file     failed", "2026-11-22 08:00:00Z");
            assertThat(types()).containsExactly("test");
            assertThat(mail.lines()).contains("Subject: AutoDump: A test by AutoDump");
        }
    }

    @Test
    void exitsWithStatusFiveIfATestFails() throws IOException {
        configure("- {name: page, type: command, command: [/bin/sh, -c, exit 3]}\n");

        Result test = autodump.run("notify", "--test", "page");

        assertThat(test.exitStatus()).isEqualTo(5);
        assertThat(test.err()).contains("page: failed: the command exited with status 3");
        assertThat(autodump.run("notify", "pag").err())
                .contains("no channel is named \"pag\"; nothing was sent; did you mean page?");
    }

    @Test
    void saysThatNoChannelIsConfigured() {
        assertThat(autodump.run("notify").err()).contains("no channel is configured; add one under notify: in");
    }
}

package io.autodump.cli.month;

import io.autodump.cli.command.AutoDumpCommand;
import io.autodump.cli.config.ConfigurationReader;
import io.autodump.cli.mail.SmtpReceiver;
import io.autodump.cli.page.PageServer;
import io.autodump.cli.page.PageSource;
import io.autodump.cli.report.WordedEvents;
import io.autodump.cli.terminal.Terminal;
import io.autodump.cli.wiring.Adapters;
import io.autodump.cli.wiring.InstalledStores;
import io.autodump.cli.wiring.Interruption;
import io.autodump.cli.wiring.ProcessEnvironment;
import io.autodump.core.Monitoring;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.port.DumpStore;
import io.autodump.core.testing.FakeDatabaseEngine;
import io.autodump.core.testing.FaultyDumpStore;
import io.autodump.local.notify.Notifier;
import io.autodump.local.scheduler.HandDrivenScheduler;
import io.autodump.local.scheduler.LocalScheduler;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** The machine of the month: its clock, its folders, its scheduler, its channels, and the real commands. */
final class MonthWorld implements AutoCloseable {
    private final HttpClient http = HttpClient.newHttpClient();
    private final WebReceiver web = new WebReceiver();
    private final SmtpReceiver mail = new SmtpReceiver();
    private final Path folder;
    private final MonthServer server;
    private final Adapters machine;
    private final List<String> problems = new ArrayList<>();
    private Instant now = MonthFaults.BEGIN;
    private Optional<Notifier> notifier = Optional.empty();
    private Optional<HandDrivenScheduler> scheduler = Optional.empty();

    MonthWorld(Path folder, MonthFaults faults, Random random) throws IOException {
        this.folder = folder;
        this.server = new MonthServer(faults, () -> now, random);
        Files.createDirectories(folder.resolve("secrets"));
        Path file = Files.writeString(folder.resolve("autodump.yaml"), """
                secrets: ./secrets
                store: ./dumps
                notify:
                - {name: hook, type: webhook, url: "http://127.0.0.1:%1$d/hook",
                   on: [succeeded, warned, failed, missed, overdue, recovered]}
                - {name: ping, type: ping, url: "http://127.0.0.1:%1$d/ping/{name}"}
                - {name: mail, type: email, server: 127.0.0.1, port: %2$d, tls: none, from: a@example.com,
                   to: b@example.com}
                """.formatted(web.port(), mail.port()));
        for (MonthDatabase database : MonthDatabase.ALL) {
            writeSecret(database, true);
        }
        machine = Adapters.of(
                ConfigurationReader.read(file, Map.of(), InstalledStores::parse, Map.of()),
                List.of(engine()),
                () -> now);
    }

    private FakeDatabaseEngine engine() {
        return new FakeDatabaseEngine(server, "postgres").withDatabases("crm", "hr");
    }

    void writeSecret(MonthDatabase database, boolean enabled) throws IOException {
        String several = database.database().isPresent() ? ", \"autodump:databases\": \"-\"" : "";
        Path file = folder.resolve("secrets").resolve(database.secret() + ".json");
        Files.writeString(file, """
                {"name": "%1$s", "tags": {"autodump:start-schedule": "%2$s", "autodump:timezone": "%3$s",
                 "autodump:enabled": "%4$s"%5$s}, "value": {"engine": "postgres", "endpoint": "localhost",
                 "databasename": "%1$s", "username": "autodump", "password": "geheim-4711"}}
                """.formatted(database.secret(), database.cron(), database.zone(), enabled, several));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        Files.setLastModifiedTime(file, FileTime.from(now));
    }

    Instant now() {
        return now;
    }

    void setClock(Instant instant) {
        now = instant;
    }

    MonthServer server() {
        return server;
    }

    WebReceiver web() {
        return web;
    }

    /** What the channels couldn't deliver. */
    List<String> problems() {
        return problems;
    }

    List<String> subjects() {
        return mail.lines().stream()
                .filter(line -> line.startsWith("Subject: "))
                .map(line -> line.substring("Subject: AutoDump: ".length()))
                .toList();
    }

    void start(boolean diskFull) {
        Notifier started = machine.notifier(problems::add);
        DumpStore store = diskFull
                ? new FaultyDumpStore(machine.store(), FaultyDumpStore.Call.WRITE, FaultyDumpStore.Fault.REFUSED)
                : machine.store();
        notifier = Optional.of(started);
        scheduler = Optional.of(new HandDrivenScheduler(LocalScheduler.builder()
                .secrets(machine.secrets())
                .engine(engine())
                .dumpStore(store)
                .stateFolder(machine.configuration().state())
                .events(new WordedEvents(started))
                .clock(() -> now)
                .log(entry -> {})));
    }

    void stop() {
        notifier.ifPresent(Notifier::close);
        notifier = Optional.empty();
        scheduler = Optional.empty();
    }

    /** Makes what is due. */
    void tick() {
        scheduler.orElseThrow().tick();
    }

    /** Looks for overdue databases. */
    void look() {
        notifier.orElseThrow().look(Monitoring.of(machine.autoDump()).status(List.of()));
    }

    /** Removes a finished dump from the folder. */
    void remove(MonthDatabase database, Instant run) throws IOException {
        DumpManifest dump = Monitoring.of(machine.autoDump()).history(database.secret(), 1000).stream()
                .filter(entry -> entry.scheduledAt().equals(run))
                .flatMap(entry -> entry.dump().stream())
                .findFirst()
                .orElseThrow();
        Files.delete(folder.resolve("dumps").resolve(dump.key().value()));
        Files.delete(folder.resolve("dumps").resolve(dump.key().manifestKey()));
    }

    /** The result of a command. */
    record Result(int exitStatus, String out) {}

    Result command(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8);
        ProcessEnvironment process = new ProcessEnvironment(
                new Terminal.Streams(print, print, false, 100),
                false,
                Map.of(),
                folder,
                () -> now,
                prompt -> Optional.empty(),
                prompt -> Optional.empty());
        int exitStatus = AutoDumpCommand.run(process, any -> List.of(engine()), new Interruption(), List.of(arguments));
        return new Result(exitStatus, out.toString(StandardCharsets.UTF_8));
    }

    /** What {@code autodump run --http} answers at this moment. */
    List<String> pages(String... paths) throws IOException, InterruptedException {
        List<String> answers = new ArrayList<>();
        try (PageServer pages = PageServer.start(PageServer.address("0"), new PageSource(machine))) {
            for (String path : paths) {
                URI uri = pages.uri().resolve(path);
                answers.add(http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                        .body());
            }
        }
        return answers;
    }

    @Override
    public void close() {
        stop();
        web.close();
        mail.close();
    }
}

package io.autodump.cli.command;

import io.autodump.cli.page.PageServer;
import io.autodump.cli.page.PageSource;
import io.autodump.cli.report.CommandHints;
import io.autodump.cli.report.LogText;
import io.autodump.cli.report.WordedEvents;
import io.autodump.cli.wiring.Adapters;
import io.autodump.cli.wiring.DrillSettings;
import io.autodump.cli.wiring.Hangup;
import io.autodump.cli.wiring.InstalledEngines;
import io.autodump.cli.wiring.Interruption;
import io.autodump.cli.wiring.MachineName;
import io.autodump.core.Monitoring;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.port.DumpSource;
import io.autodump.local.notify.Notifier;
import io.autodump.local.notify.StatusWatch;
import io.autodump.local.scheduler.LocalScheduler;
import io.autodump.local.scheduler.LocalSchedulerBuilder;
import io.autodump.local.scheduler.LogEntry;
import io.autodump.local.scheduler.SchedulerLog;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "run",
        description = {
            "Makes dumps on schedule until it is stopped. SIGHUP makes it read its configuration again, as soon as the"
                    + " running dumps have ended.",
            "Scans the secrets every minute and whenever a secret file changes. Makes each run once, even across"
                    + " restarts. After a break it makes the newest missed run, if autodump:catch-up still allows it."
        },
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  autodump run",
            "  autodump run --once     makes the runs that are due, then exits",
            "  autodump run --http 8080"
        })
final class RunCommand implements Callable<Integer> {
    private static final String UNFINISHED = "unfinished runs wait for the next start";
    private static final Duration WATCH_EVERY = Duration.ofMinutes(5);

    private final Context context;

    @Option(names = "--once", description = "Scan once, make the runs that are due, and exit.")
    private boolean once;

    @Option(names = "--json", description = "Print the log as one JSON object per line.")
    private boolean json;

    @Option(
            names = "--http",
            paramLabel = "ADDRESS",
            description = "Show the page of \"autodump report\" at /, metrics for Prometheus at /metrics, and /healthz."
                    + " A port on the loopback interface, such as 8080, or ADDRESS:PORT. Anybody who reaches the"
                    + " address can read the page.")
    private Optional<String> http = Optional.empty();

    RunCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        AtomicReference<LocalScheduler> current = new AtomicReference<>();
        AtomicBoolean reload = new AtomicBoolean();
        if (!once) {
            Hangup.calls(() -> {
                reload.set(true);
                Optional.ofNullable(current.get()).ifPresent(LocalScheduler::drain);
            });
        }
        int exitStatus = work(context.machine(), current);
        while (reload.getAndSet(false)) {
            exitStatus = work(reloaded().orElseGet(context::machineInUse), current);
        }
        return exitStatus;
    }

    /** A configuration that can't be read leaves the one in use. */
    private Optional<Adapters> reloaded() {
        try {
            return Optional.of(context.machine());
        } catch (AutoDumpException failed) {
            context.terminal().fail(CommandHints.WORDS.in(failed).report());
            context.terminal().warn("the configuration wasn't reloaded; the former one stays in use");
            return Optional.empty();
        }
    }

    private int work(Adapters machine, AtomicReference<LocalScheduler> current) {
        SchedulerLog log = inWordsOfTheCommand(
                json
                        ? SchedulerLog.json(context.surroundings().streams().out())
                        : new LogText(context.terminal())::print);
        InstalledEngines.messagesTo(
                text -> log.write(new LogEntry(machine.clock().instant(), LogEntry.Level.INFO, "", "waiting", text)));
        Consumer<String> problems = text ->
                log.write(new LogEntry(machine.clock().instant(), LogEntry.Level.WARNING, "", "notify-failed", text));
        try (Notifier notifier = machine.notifier(problems);
                StatusWatch watch = new StatusWatch(
                        () -> Monitoring.of(machine.wiredWithCopies().build()).status(List.of()),
                        notifier::look,
                        problems)) {
            LocalScheduler scheduler = scheduler(machine, log, notifier);
            current.set(scheduler);
            Interruption interruption = context.interruption();
            return once
                    ? interruption.during(() -> once(scheduler, machine, watch), scheduler::stop, UNFINISHED)
                    : interruption.untilStopped(
                            () -> showing(machine, log, () -> run(scheduler, machine, watch)),
                            scheduler::stop,
                            UNFINISHED);
        }
    }

    /** Shows the page while the work goes on, if that is asked for. */
    private int showing(Adapters machine, SchedulerLog log, IntSupplier work) {
        if (http.isEmpty()) {
            return work.getAsInt();
        }
        try (PageServer server = PageServer.start(PageServer.address(http.get()), new PageSource(machine))) {
            log.write(new LogEntry(
                    machine.clock().instant(), LogEntry.Level.INFO, "", "daemon", "the page is at " + server.uri()));
            return work.getAsInt();
        }
    }

    /** Without channels, nobody asks whether a database is overdue. */
    private static int run(LocalScheduler scheduler, Adapters machine, StatusWatch watch) {
        if (!machine.configuration().channels().isEmpty()) {
            watch.start(WATCH_EVERY);
        }
        return scheduler.run();
    }

    private static int once(LocalScheduler scheduler, Adapters machine, StatusWatch watch) {
        int exitStatus = scheduler.runOnce();
        if (!machine.configuration().channels().isEmpty()) {
            watch.look();
        }
        return exitStatus;
    }

    private static LocalScheduler scheduler(Adapters machine, SchedulerLog log, Notifier notifier) {
        LocalSchedulerBuilder builder = LocalScheduler.builder()
                .secrets(machine.secrets())
                .databaseTokens(machine.tokens())
                .dumpSource(warning(machine, log))
                .dumpStore(machine.store())
                .drills(new DrillSettings(machine)::of)
                .stateFolder(machine.configuration().state())
                .place(MachineName.place())
                .events(new WordedEvents(notifier))
                .deployment(machine.configuration().deployment())
                .encryption(
                        machine.encryption(),
                        machine.configuration().encryption().encryptTo())
                .clock(machine.clock())
                .maxConcurrentDumps(machine.configuration().maxConcurrentDumps())
                .log(log);
        machine.engines().forEach(builder::engine);
        machine.copyTargets().get().forEach(builder::copyTo);
        machine.restoreCheck().ifPresent(builder::restoreCheck);
        return builder.build();
    }

    /** Hints in the log name the command that does what they say. */
    private static SchedulerLog inWordsOfTheCommand(SchedulerLog log) {
        return entry -> log.write(new LogEntry(
                entry.at(),
                entry.level(),
                entry.secret(),
                entry.event(),
                CommandHints.WORDS.in(entry.text()),
                entry.details().inWords(CommandHints.WORDS::in)));
    }

    /** The same source, with a warning in the log if a dump goes to another bucket than its secret names. */
    private static DumpSource warning(Adapters machine, SchedulerLog log) {
        DumpSource source = machine.byName().source();
        return (database, settings) -> {
            machine.configuration()
                    .otherBucket(database.bucket())
                    .map(words -> "the secret of database " + database.database() + ": " + words)
                    .ifPresent(text -> log.write(
                            new LogEntry(machine.clock().instant(), LogEntry.Level.WARNING, "", "warning", text)));
            return source.prepare(database, settings);
        };
    }
}

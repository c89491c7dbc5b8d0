package io.autodump.cli.command;

import io.autodump.cli.report.CommandHints;
import io.autodump.cli.report.LogText;
import io.autodump.cli.wiring.Adapters;
import io.autodump.cli.wiring.DrillSettings;
import io.autodump.cli.wiring.InstalledEngines;
import io.autodump.cli.wiring.Interruption;
import io.autodump.cli.wiring.MachineName;
import io.autodump.core.port.DumpSource;
import io.autodump.local.scheduler.LocalScheduler;
import io.autodump.local.scheduler.LocalSchedulerBuilder;
import io.autodump.local.scheduler.LogEntry;
import io.autodump.local.scheduler.SchedulerLog;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "run",
        description = {
            "Makes dumps on schedule until it is stopped.",
            "Scans the secrets every minute and whenever a secret file changes. Makes each run once, even across"
                    + " restarts. After a break it makes the newest missed run, if autodump:catch-up still allows it."
        },
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {"  autodump run", "  autodump run --once     makes the runs that are due, then exits"})
final class RunCommand implements Callable<Integer> {
    private static final String UNFINISHED = "unfinished runs wait for the next start";

    private final Context context;

    @Option(names = "--once", description = "Scan once, make the runs that are due, and exit.")
    private boolean once;

    @Option(names = "--json", description = "Print the log as one JSON object per line.")
    private boolean json;

    RunCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        LocalScheduler scheduler = scheduler(context.machine());
        Interruption interruption = context.interruption();
        return once
                ? interruption.during(scheduler::runOnce, scheduler::stop, UNFINISHED)
                : interruption.untilStopped(scheduler::run, scheduler::stop, UNFINISHED);
    }

    private LocalScheduler scheduler(Adapters machine) {
        SchedulerLog log = inWordsOfTheCommand(
                json
                        ? SchedulerLog.json(context.surroundings().streams().out())
                        : new LogText(context.terminal())::print);
        InstalledEngines.messagesTo(
                text -> log.write(new LogEntry(machine.clock().instant(), LogEntry.Level.INFO, "", "waiting", text)));
        LocalSchedulerBuilder builder = LocalScheduler.builder()
                .secrets(machine.secrets())
                .databaseTokens(machine.tokens())
                .dumpSource(warning(machine, log))
                .dumpStore(machine.store())
                .drills(new DrillSettings(machine)::of)
                .stateFolder(machine.configuration().state())
                .place(MachineName.place())
                .clock(machine.clock())
                .maxConcurrentDumps(machine.configuration().maxConcurrentDumps())
                .log(log);
        machine.engines().forEach(builder::engine);
        machine.restoreCheck().ifPresent(builder::restoreCheck);
        return builder.build();
    }

    /** Hints in the log name the command that does what they say. */
    private static SchedulerLog inWordsOfTheCommand(SchedulerLog log) {
        return entry -> log.write(new LogEntry(
                entry.at(), entry.level(), entry.secret(), entry.event(), CommandHints.WORDS.in(entry.text())));
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

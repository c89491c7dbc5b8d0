package io.autodump.cli.command;

import io.autodump.cli.report.LogText;
import io.autodump.cli.wiring.Adapters;
import io.autodump.core.port.DumpSource;
import io.autodump.local.run.FileRunScheduler;
import io.autodump.local.scheduler.LogEntry;
import io.autodump.local.scheduler.SchedulerDaemon;
import io.autodump.local.scheduler.SchedulerLog;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "run",
        description = {
            "Dumps on schedule, until it is stopped.",
            "Rescans when secrets change, and makes each run once, also across restarts. A run that was missed while"
                    + " nothing ran is made up for within autodump:catch-up."
        },
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {"  autodump run", "  autodump run --once     makes what is due now, and ends"})
final class RunCommand implements Callable<Integer> {
    private final Context context;

    @Option(names = "--once", description = "Scan once, make the runs that are due, and end.")
    private boolean once;

    @Option(names = "--json", description = "Print one JSON object a line for whatever happens.")
    private boolean json;

    RunCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        SchedulerDaemon daemon = daemon(context.machine());
        return context.interruption()
                .during(
                        () -> once ? daemon.runOnce() : daemon.run(),
                        daemon::stop,
                        "runs that weren't made wait for the next start");
    }

    private SchedulerDaemon daemon(Adapters machine) {
        SchedulerLog log = json
                ? SchedulerLog.json(context.surroundings().streams().out())
                : new LogText(context.terminal())::print;
        SchedulerDaemon.Builder builder = SchedulerDaemon.builder()
                .secrets(machine.secrets())
                .databaseTokens(machine.tokens())
                .dumpSource(telling(machine, log))
                .dumpStore(machine.store())
                .runs(new FileRunScheduler(machine.configuration().state(), machine.clock()))
                .clock(machine.clock())
                .maxConcurrentDumps(machine.configuration().maxConcurrentDumps())
                .log(log);
        machine.engines().forEach(builder::engine);
        machine.restoreCheck().ifPresent(builder::restoreCheck);
        return builder.build();
    }

    /** The same source, which tells of dumps that go to another bucket than their secret names. */
    private static DumpSource telling(Adapters machine, SchedulerLog log) {
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

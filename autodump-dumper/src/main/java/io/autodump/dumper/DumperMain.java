package io.autodump.dumper;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.base.Throwables;
import io.autodump.aws.AwsClients;
import io.autodump.aws.log.JsonLog;
import io.autodump.core.contract.DumperNames;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.internal.ToolVersion;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.logging.LogManager;

/**
 * The entry point of the container. Without an argument it makes the dump that its environment names ({@link
 * DumperNames}); {@code restore} restores a dump, {@code drill} makes a restore drill, and {@code smoke} checks the
 * image itself and leaves the machine alone.
 * Writes JSON lines to standard output, and exits with 0 or the status of the error registry, also when it is ended
 * by SIGTERM.
 */
public final class DumperMain {
    private final Map<String, String> environment;
    private final JsonLog log;
    private final Termination termination;

    DumperMain(Map<String, String> environment, JsonLog log, Termination termination) {
        this.environment = environment;
        this.log = log;
        this.termination = termination;
    }

    /**
     * Runs and ends the process.
     *
     * @param arguments none, {@code restore}, {@code drill} or {@code smoke}
     */
    public static void main(String[] arguments) {
        // Libraries log by java.util.logging to standard error, and not in JSON.
        LogManager.getLogManager().reset();
        JsonLog log = new JsonLog(
                new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8),
                Clock.systemUTC());
        Thread.setDefaultUncaughtExceptionHandler((thread, fault) -> log.write(fault(log, fault)));
        Termination termination = new Termination(log);
        termination.listen();
        termination.exit(new DumperMain(System.getenv(), log, termination).run(List.of(arguments)));
    }

    /** Runs to the end, and returns the exit status of the process. */
    int run(List<String> arguments) {
        if (arguments.isEmpty()) {
            return dump();
        }
        if (arguments.equals(List.of(DumperNames.RESTORE))) {
            return work(adapters -> new RestoreJob(adapters, environment).run());
        }
        if (arguments.equals(List.of(DumperNames.DRILL))) {
            return work(adapters -> new DrillJob(adapters, JobAdapters.place(environment)).run());
        }
        if (arguments.equals(List.of("smoke")) || arguments.equals(List.of("--smoke"))) {
            return new ImageCheck(log, environment).run();
        }
        AutoDumpException unknown = new AutoDumpException(
                ErrorCode.INVALID_ARGUMENT,
                "the dumper takes no argument but restore, drill or smoke, and was given " + arguments
                        + "; nothing was done",
                "name the database in the environment; docs/container.md describes each variable");
        log.write(log.error(unknown));
        return unknown.code().category().exitStatus();
    }

    private int dump() {
        log.write(log.info("AutoDump dumper").put("version", ToolVersion.current()));
        OutcomeLog outcome = new OutcomeLog(log);
        try {
            DumperSettings settings = DumperSettings.of(environment);
            if (!settings.secretMetrics()) {
                outcome.withoutSecretMetrics();
            }
            try (AwsClients clients = JobAdapters.clients(settings, environment)) {
                JobAdapters adapters = new JobAdapters(settings, clients, log);
                new DumpJob(adapters, outcome, termination, JobAdapters.place(environment)).run();
            }
            return 0;
        } catch (AutoDumpException failed) {
            outcome.failedUntold(log.error(failed).put("report", failed.report()));
            return failed.code().category().exitStatus();
        } catch (RuntimeException | Error fault) {
            log.write(fault(log, fault));
            outcome.failedUntold(log.error("dump failed")
                    .put("code", ErrorCode.INTERNAL.id())
                    .put("report", ErrorCode.INTERNAL.id() + " " + fault));
            return ErrorCode.INTERNAL.category().exitStatus();
        }
    }

    /** Does what isn't a dump: its failures are no failed dumps, and have no metric. */
    private int work(Consumer<JobAdapters> work) {
        log.write(log.info("AutoDump dumper").put("version", ToolVersion.current()));
        try {
            DumperSettings settings = DumperSettings.of(environment);
            termination.interrupting(Thread.currentThread());
            try (AwsClients clients = JobAdapters.clients(settings, environment)) {
                work.accept(new JobAdapters(settings, clients, log));
            }
            return 0;
        } catch (AutoDumpException failed) {
            log.write(log.error(failed).put("report", failed.report()));
            return failed.code().category().exitStatus();
        } catch (RuntimeException | Error fault) {
            log.write(fault(log, fault).put("report", ErrorCode.INTERNAL.id() + " " + fault));
            return ErrorCode.INTERNAL.category().exitStatus();
        }
    }

    private static ObjectNode fault(JsonLog log, Throwable fault) {
        return log.error(fault.toString())
                .put("code", ErrorCode.INTERNAL.id())
                .put("stackTrace", Throwables.getStackTraceAsString(fault));
    }
}

package io.autodump.dumper;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.autodump.aws.AwsClients;
import io.autodump.aws.log.JsonLog;
import io.autodump.core.error.AutoDumpException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Clock;
import java.util.Map;

/** The job of the container that makes a dump, wired as the container wires it but for the clients and the log. */
public final class InProcessDumpJob {
    private InProcessDumpJob() {}

    /** Returns the exit status that the container would have. */
    public static int dump(Map<String, String> environment, AwsClients clients) {
        JsonLog log = new JsonLog(new PrintStream(OutputStream.nullOutputStream(), true, UTF_8), Clock.systemUTC());
        try {
            JobAdapters adapters = new JobAdapters(DumperSettings.of(environment), clients, log);
            new DumpJob(adapters, new OutcomeLog(log), new Termination(log), JobAdapters.place(environment)).run();
            return 0;
        } catch (AutoDumpException failed) {
            return failed.code().category().exitStatus();
        }
    }
}

package io.autodump.local.scheduler;

import io.autodump.core.AutoDump;
import io.autodump.core.AutoDumpBuilder;
import io.autodump.core.engine.StoppableDumpSource;
import io.autodump.core.port.DumpSource;
import io.autodump.local.run.FileRunScheduler;
import io.autodump.local.secret.SecretsBackend;

/**
 * The required settings of a scheduler, and what is made of them.
 *
 * @param seen the secrets, as the last scan found them
 * @param source the source of the dumps, which can be stopped
 */
record SchedulerParts(
        SecretsBackend secrets,
        SeenSecrets seen,
        FileRunScheduler runs,
        StoppableDumpSource source,
        AutoDump autoDump) {
    private static final String STOPPED = "the scheduler was asked to stop; nothing was published";
    private static final String START_AGAIN = "start it again; it then makes the run, if its catch-up window allows it";

    /** Adds the required settings to the others. */
    static SchedulerParts of(SecretsBackend secrets, FileRunScheduler runs, DumpSource source, AutoDumpBuilder others) {
        StoppableDumpSource stoppable = new StoppableDumpSource(source, STOPPED, START_AGAIN);
        SeenSecrets seen = new SeenSecrets(secrets);
        AutoDump autoDump = others.secretCatalog(seen)
                .secretValues(secrets)
                .runScheduler(runs)
                .dumpSource(stoppable)
                .build();
        return new SchedulerParts(secrets, seen, runs, stoppable, autoDump);
    }
}

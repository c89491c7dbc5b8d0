package io.autodump.core.usecase.schedule;

import io.autodump.core.plan.Deployment;
import io.autodump.core.port.RunScheduler;
import io.autodump.core.port.SecretCatalog;
import io.autodump.core.secret.SecretId;
import io.autodump.core.secret.TaggedSecret;
import io.autodump.core.usecase.Ports;
import io.autodump.core.usecase.schedule.SecretOutcome.Status;
import java.time.InstantSource;

/**
 * Starts the next run of one secret whose current run is due or superseded. Repeating it changes nothing. Thread-safe.
 */
public final class RescheduleDump {
    private final SecretCatalog catalog;
    private final SecretScheduling scheduling;
    private final InstantSource clock;

    RescheduleDump(SecretCatalog catalog, RunScheduler scheduler, InstantSource clock, Deployment deployment) {
        this.catalog = catalog;
        this.scheduling = new SecretScheduling(scheduler, deployment);
        this.clock = clock;
    }

    RescheduleDump(SecretCatalog catalog, RunScheduler scheduler, InstantSource clock) {
        this(catalog, scheduler, clock, Deployment.UNNAMED);
    }

    /** Not API: {@link io.autodump.core.AutoDump#reschedule} is. */
    public static RescheduleDump of(Ports ports) {
        return new RescheduleDump(ports.catalog(), ports.scheduler(), ports.clock(), ports.deployment());
    }

    /**
     * Reads the secret and starts its next run.
     *
     * @throws io.autodump.core.error.AutoDumpException {@code CATALOG_FAILED} if the secret can't be read; ask
     *     again later
     */
    public SecretOutcome reschedule(SecretId id) {
        return catalog.find(id)
                .map(this::reschedule)
                .orElseGet(() -> SecretOutcome.builder()
                        .secretId(id)
                        .secretName(id.value())
                        .status(Status.GONE)
                        .build());
    }

    /**
     * As {@link #reschedule(SecretId)}, for a secret that was read just now. Never throws; the outcome says
     * what failed.
     */
    public SecretOutcome reschedule(TaggedSecret secret) {
        return scheduling.scheduleNext(secret, clock.instant());
    }
}

package io.autodump.core.usecase.schedule;

import io.autodump.core.port.RunScheduler;
import io.autodump.core.port.SecretCatalog;
import io.autodump.core.secret.SecretId;
import io.autodump.core.usecase.Ports;
import io.autodump.core.usecase.schedule.SecretOutcome.Status;
import java.time.InstantSource;

/** Starts the next run of one secret, whose own run is due or obsolete now. Repeating it changes nothing. Thread-safe. */
public final class RescheduleDump {
    private final SecretCatalog catalog;
    private final SecretScheduling scheduling;
    private final InstantSource clock;

    RescheduleDump(SecretCatalog catalog, RunScheduler scheduler, InstantSource clock) {
        this.catalog = catalog;
        this.scheduling = new SecretScheduling(scheduler);
        this.clock = clock;
    }

    /** Not API: {@link io.autodump.core.AutoDump#reschedule} is. */
    public static RescheduleDump of(Ports ports) {
        return new RescheduleDump(ports.catalog(), ports.scheduler(), ports.clock());
    }

    /**
     * Looks at this one secret only.
     *
     * @throws io.autodump.core.error.AutoDumpException {@code CATALOG_FAILED}; may be retried without harm
     */
    public SecretOutcome reschedule(SecretId id) {
        return catalog.find(id)
                .map(secret -> scheduling.scheduleNext(secret, clock.instant()))
                .orElseGet(() -> SecretOutcome.builder()
                        .secretId(id)
                        .secretName(id.value())
                        .status(Status.GONE)
                        .build());
    }
}

package io.autodump.core.usecase.schedule;

import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.plan.Deployment;
import io.autodump.core.port.RunScheduler;
import io.autodump.core.port.SecretCatalog;
import io.autodump.core.secret.TaggedSecret;
import io.autodump.core.usecase.Ports;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.stream.Stream;

/**
 * Scans all tagged secrets. Starts the next run of each, the newest missed run that is still in its catch-up window,
 * and, if there is a scheduler of drills, the restore drill that is due. The failure of one secret doesn't affect
 * others. A second scan changes nothing. Thread-safe.
 */
public final class ScanSecrets {
    private final SecretCatalog catalog;
    private final SecretScheduling scheduling;
    private final InstantSource clock;
    private final Executor executor;

    /**
     * Builds the use case from its ports.
     *
     * @param executor runs the work on single secrets, and bounds the scan's concurrency
     */
    ScanSecrets(SecretCatalog catalog, InstantSource clock, Executor executor, SecretScheduling scheduling) {
        this.catalog = catalog;
        this.scheduling = scheduling;
        this.clock = clock;
        this.executor = executor;
    }

    ScanSecrets(SecretCatalog catalog, RunScheduler scheduler, InstantSource clock, Executor executor) {
        this(catalog, clock, executor, new SecretScheduling(scheduler, Deployment.UNNAMED));
    }

    /** Not API: {@link io.autodump.core.AutoDump#scan()} is. */
    public static ScanSecrets of(Ports ports) {
        return new ScanSecrets(
                ports.catalog(),
                ports.clock(),
                ports.scanExecutor(),
                new SecretScheduling(ports.scheduler(), ports.drills(), ports.deployment()));
    }

    /** Scans. Never throws for a secret or a listing that fails: the result names both. */
    public ScanResult scan() {
        return scan(Instant.MAX);
    }

    /**
     * As {@link #scan()}, with a limit. No work starts at or after {@code deadline}: secrets that were listed and not
     * reached are {@link SecretOutcome.Status#NOT_REACHED}, and an incomplete list is a listing failure. Work that has
     * started is completed. The next scan does the rest.
     */
    public ScanResult scan(Instant deadline) {
        List<CompletableFuture<SecretOutcome>> outcomes = new ArrayList<>();
        Optional<String> listingFailure = Optional.empty();
        Instant now = clock.instant();
        try (Stream<TaggedSecret> secrets = catalog.tagged()) {
            Iterator<TaggedSecret> listed = secrets.iterator();
            while (listed.hasNext()) {
                if (isOver(deadline)) {
                    listingFailure = Optional.of(ErrorCode.SCAN_INCOMPLETE.id() + " the time was up after "
                            + outcomes.size() + " secrets, and the list has more; the next scan continues");
                    break;
                }
                TaggedSecret secret = listed.next();
                outcomes.add(CompletableFuture.supplyAsync(() -> outcome(secret, now, deadline), executor));
            }
        } catch (AutoDumpException brokenOff) {
            listingFailure = Optional.of(brokenOff.report());
        } catch (RuntimeException fault) {
            // What was listed before is on its way, and its outcomes must not be lost with the listing.
            listingFailure = Optional.of(fault.toString());
        }
        return new ScanResult(
                outcomes.stream()
                        .map(CompletableFuture::join)
                        .sorted(Comparator.comparing(SecretOutcome::secretName))
                        .toList(),
                listingFailure);
    }

    private SecretOutcome outcome(TaggedSecret secret, Instant now, Instant deadline) {
        if (isOver(deadline)) {
            return SecretOutcome.builder()
                    .secretId(secret.id())
                    .secretName(secret.name())
                    .status(SecretOutcome.Status.NOT_REACHED)
                    .build();
        }
        return scheduling.scheduleNextAndMissed(secret, now);
    }

    private boolean isOver(Instant deadline) {
        return !clock.instant().isBefore(deadline);
    }
}

package io.autodump.core.usecase.schedule;

import io.autodump.core.contract.TagNames;
import io.autodump.core.plan.Deployment;
import io.autodump.core.plan.ScheduledRun;
import io.autodump.core.plan.SecretTags;
import io.autodump.core.plan.TagsHash;
import io.autodump.core.port.SecretCatalog;
import io.autodump.core.schedule.DumpSchedule;
import io.autodump.core.secret.SecretId;
import io.autodump.core.secret.TaggedSecret;
import io.autodump.core.usecase.Ports;
import io.autodump.core.usecase.schedule.RunDecision.Make;
import io.autodump.core.usecase.schedule.RunDecision.Missed;
import io.autodump.core.usecase.schedule.RunDecision.RunSecret;
import io.autodump.core.usecase.schedule.RunDecision.Superseded;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Decides what happens to a run when it is due. Every deployment asks this class, so that they agree:
 *
 * <ol>
 *   <li>The run is superseded if its secret was deleted or paused, if the schedule can't be read, or if the hash of the
 *       tags isn't the one that the run carries. Problems of other tags don't matter: {@code RunDump} makes the
 *       dump with their defaults, or fails.
 *   <li>Otherwise it is missed if its catch-up window is over. A run that is at most {@link #ON_TIME} late is
 *       always made.
 *   <li>Otherwise its dump is made.
 * </ol>
 *
 * <p>Each decision reads the secret's tags once, and never its value. Changes nothing. Thread-safe if the catalog is.
 */
public final class DecideRun {
    /** A run that is late by less than this is on time, even with {@code autodump:catch-up=PT0S}: 1 minute. */
    public static final Duration ON_TIME = Duration.ofMinutes(1);

    private final SecretCatalog catalog;
    private final Deployment deployment;

    DecideRun(SecretCatalog catalog, Deployment deployment) {
        this.catalog = catalog;
        this.deployment = deployment;
    }

    DecideRun(SecretCatalog catalog) {
        this(catalog, Deployment.UNNAMED);
    }

    /** Not API: {@link io.autodump.core.AutoDump#decide} is. */
    public static DecideRun of(Ports ports) {
        return new DecideRun(ports.catalog(), ports.deployment());
    }

    /**
     * Decides about a run at an instant.
     *
     * @throws io.autodump.core.error.AutoDumpException {@code CATALOG_FAILED} if the secret can't be read; ask
     *     again later
     */
    public RunDecision decide(ScheduledRun run, Instant now) {
        RunDecision decision = decide(run.secretId(), run.tagsHash());
        if (!(decision instanceof Make make)) {
            return decision;
        }
        Duration window = window(make.secret().tags());
        Instant deadline = run.when().plus(window);
        return now.isBefore(deadline)
                ? new Make(make.secret(), make.reason(), deadline)
                : new Missed(make.secret(), "the catch-up window of " + window + " is over", window);
    }

    /**
     * Decides about a run whose instant the caller doesn't know, so it is never {@link Missed}. The state machine on
     * AWS asks like this: its wait ends at the run's instant.
     *
     * @param hash the hash that the run carries
     * @throws io.autodump.core.error.AutoDumpException {@code CATALOG_FAILED} if the secret can't be read; ask
     *     again later
     */
    public RunDecision decide(SecretId id, TagsHash hash) {
        Optional<TaggedSecret> found = catalog.find(id);
        Optional<SecretTags> tags = found.map(known -> SecretTags.read(known.tags()));
        RunSecret secret = new RunSecret(id, found, tags, found.flatMap(known -> hash.currentFor(known.tags())));
        return supersededBy(secret, hash)
                .<RunDecision>map(reason -> new Superseded(secret, reason))
                .orElseGet(() -> new Make(secret, "the tags are unchanged", Instant.MAX));
    }

    private Optional<String> supersededBy(RunSecret secret, TagsHash hash) {
        if (secret.found().isEmpty()) {
            return Optional.of("the secret is gone");
        }
        if (secret.currentHash().isEmpty()) {
            return Optional.of("the secret's schedule can't be read now");
        }
        if (!secret.currentHash().get().equals(hash)) {
            return Optional.of("the tags have changed");
        }
        if (isPaused(secret.found().get())) {
            return Optional.of("the secret is paused");
        }
        return secret.tags().flatMap(tags -> deployment.leavesOut(secret.found().get(), tags));
    }

    /** Reads the raw tag: the original system's hash doesn't cover the pause, and the other tags may be invalid. */
    private static boolean isPaused(TaggedSecret secret) {
        return "false"
                .equals(secret.tags().getOrDefault(TagNames.ENABLED, "true").strip());
    }

    private static Duration window(Optional<SecretTags> tags) {
        Duration catchUp =
                tags.flatMap(SecretTags::schedule).map(DumpSchedule::catchUp).orElse(DumpSchedule.DEFAULT_CATCH_UP);
        return catchUp.compareTo(ON_TIME) < 0 ? ON_TIME : catchUp;
    }
}

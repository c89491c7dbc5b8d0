package io.autodump.core.usecase.retain;

import io.autodump.core.dump.DumpKey;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.error.InvalidInputException;
import io.autodump.core.plan.SecretTags;
import io.autodump.core.port.DumpStore;
import io.autodump.core.port.SecretCatalog;
import io.autodump.core.retention.Retention;
import io.autodump.core.retention.RetentionDecision;
import io.autodump.core.retention.RetentionPolicy;
import io.autodump.core.schedule.DumpSchedule;
import io.autodump.core.secret.SecretId;
import io.autodump.core.secret.TaggedSecret;
import io.autodump.core.server.ServerDatabases;
import io.autodump.core.usecase.Ports;
import io.autodump.core.usecase.status.DueRun;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Deletes the dumps that a secret's {@code autodump:retention}, or the store's own policy, doesn't keep, with their
 * records, and by age files without a manifest and records of failed runs. {@link Retention} has the rules.
 *
 * <p>A dump's manifest is removed first. If the process dies in between, the rest is a file without a manifest, which
 * isn't listed and which a later prune deletes. A dump is deleted only if its manifest names the secret. Thread-safe.
 */
public final class PruneDumps {
    private final SecretCatalog catalog;
    private final DumpStore store;
    private final InstantSource clock;
    private final Duration margin;
    private final Optional<RetentionPolicy> ofStore;

    PruneDumps(Ports ports, Duration margin) {
        this.catalog = ports.catalog();
        this.store = ports.store();
        this.clock = ports.clock();
        this.margin = margin;
        this.ofStore = ports.retention();
    }

    /**
     * Not API. Call {@link io.autodump.core.Monitoring#prune} instead.
     *
     * @param margin how long a run may take until its dump is overdue; not negative
     */
    public static PruneDumps of(Ports ports, Duration margin) {
        return new PruneDumps(ports, margin);
    }

    /**
     * Prunes the dumps of secrets, in all places of the store.
     *
     * @param names the names of secrets; empty for all tagged secrets, and for files and records of any name
     * @param dryRun whether to delete nothing
     */
    public PruneReport prune(Collection<String> names, boolean dryRun) {
        List<String> problems = new ArrayList<>();
        List<TaggedSecret> secrets = secrets(names, problems);
        StorePruning pruning = new StorePruning(store, clock.instant(), dryRun);
        return pruning.report(problems, () -> {
            List<DumpKey> keys = keys("");
            secrets.forEach(secret -> prune(secret, keys, pruning, problems));
            pruning.deleteUnfinished("", key -> belongs(key::belongsTo, names));
            pruning.deleteRecords("", key -> belongs(key::belongsTo, names), keys);
        });
    }

    /**
     * Prunes one folder of a secret. Does nothing, and lists nothing, if the secret keeps all dumps.
     *
     * @param secretFolder as {@link DumpKey#secretFolder()} of one of its dumps
     */
    public PruneReport pruneFolder(SecretId id, String secretFolder) {
        return pruneIn(id, secretFolder);
    }

    /** Prunes all folders of a secret. Does nothing, and lists nothing, if the secret keeps all dumps. */
    public PruneReport pruneSecret(SecretId id) {
        return pruneIn(id, "");
    }

    private PruneReport pruneIn(SecretId id, String folder) {
        List<String> problems = new ArrayList<>();
        StorePruning pruning = new StorePruning(store, clock.instant(), false);
        return pruning.report(
                problems,
                () -> catalog.find(id)
                        .filter(secret ->
                                tags(secret, problems).filter(this::hasPolicy).isPresent())
                        .ifPresent(secret -> {
                            List<DumpKey> keys = keys(folder);
                            prune(secret, keys, pruning, problems);
                            pruning.deleteUnfinished(folder, key -> key.belongsTo(secret.name()));
                            pruning.deleteRecords(folder, key -> key.belongsTo(secret.name()), keys);
                        }));
    }

    private static boolean belongs(Predicate<String> belongsTo, Collection<String> names) {
        return names.isEmpty() || names.stream().anyMatch(belongsTo);
    }

    private List<DumpKey> keys(String folder) {
        try (Stream<DumpKey> keys = folder.isEmpty() ? store.list() : store.list(folder)) {
            return keys.toList();
        }
    }

    private List<TaggedSecret> secrets(Collection<String> names, List<String> problems) {
        List<TaggedSecret> secrets = new ArrayList<>();
        try (Stream<TaggedSecret> tagged = catalog.tagged()) {
            tagged.filter(secret -> names.isEmpty() || names.contains(secret.name()))
                    .forEach(secrets::add);
        } catch (AutoDumpException brokenOff) {
            problems.add("the list of secrets isn't complete: " + brokenOff.report());
        }
        secrets.sort(Comparator.comparing(TaggedSecret::name));
        return secrets;
    }

    private void prune(TaggedSecret secret, List<DumpKey> keys, StorePruning pruning, List<String> problems) {
        Optional<SecretTags> tags = tags(secret, problems).filter(this::hasPolicy);
        if (tags.isEmpty()) {
            return;
        }
        List<KnownDump> dumps = keys.stream()
                .filter(key -> key.belongsTo(secret.name()))
                .flatMap(key -> pruning.read(key, secret.name()).stream())
                .toList();
        Predicate<List<KnownDump>> overdue = overdue(secret, tags.get(), dumps, pruning.now());
        Map<String, List<KnownDump>> byDatabase = dumps.stream()
                .collect(Collectors.groupingBy(
                        dump -> dump.retained().key().databaseFolder(), TreeMap::new, Collectors.toList()));
        byDatabase.values().forEach(ofDatabase -> decide(ofDatabase, tags.get(), overdue.test(ofDatabase), pruning));
    }

    /** With several databases, each that the newest run dumps may be overdue; a database that is gone isn't. */
    private Predicate<List<KnownDump>> overdue(
            TaggedSecret secret, SecretTags tags, List<KnownDump> dumps, Instant now) {
        Optional<ServerDatabases> databases = dumps.stream()
                .flatMap(dump -> dump.manifest().stream())
                .max(Comparator.comparing(DumpManifest::scheduledAt))
                .flatMap(DumpManifest::serverDatabases);
        if (databases.isEmpty()) {
            boolean any = isOverdue(secret, tags, dumps, now);
            return ofDatabase -> any;
        }
        return ofDatabase -> ofDatabase.stream()
                        .flatMap(dump -> dump.manifest().stream())
                        .anyMatch(manifest -> databases.get().names().contains(manifest.database()))
                && isOverdue(secret, tags, ofDatabase, now);
    }

    private void decide(List<KnownDump> dumps, SecretTags tags, boolean overdue, StorePruning pruning) {
        RetentionPolicy policy = policy(tags);
        ZoneId zone = tags.schedule().map(DumpSchedule::zone).orElse(ZoneOffset.UTC);
        List<RetentionDecision> decisions = Retention.decide(
                dumps.stream().map(KnownDump::retained).toList(), policy, zone, pruning.now(), overdue);
        decisions.forEach(pruning::carryOut);
    }

    private boolean isOverdue(TaggedSecret secret, SecretTags tags, List<KnownDump> dumps, Instant now) {
        Optional<Instant> newest = dumps.stream()
                .flatMap(dump -> dump.manifest().stream())
                .map(DumpManifest::scheduledAt)
                .max(Comparator.naturalOrder());
        return DueRun.of(secret, tags, now, margin)
                .filter(run -> !run.isMadeBy(newest))
                .isPresent();
    }

    private boolean hasPolicy(SecretTags tags) {
        return !policy(tags).equals(RetentionPolicy.KEEP_ALL);
    }

    private RetentionPolicy policy(SecretTags tags) {
        return ofStore.orElse(tags.retention());
    }

    private static Optional<SecretTags> tags(TaggedSecret secret, List<String> problems) {
        try {
            return Optional.of(SecretTags.parse(secret.name(), secret.tags()));
        } catch (InvalidInputException invalid) {
            problems.add("no dump of " + secret.name() + " was deleted: " + ErrorCode.INVALID_TAGS.summary());
            return Optional.empty();
        }
    }
}

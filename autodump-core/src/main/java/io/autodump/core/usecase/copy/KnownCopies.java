package io.autodump.core.usecase.copy;

import io.autodump.core.copy.CopyStatus;
import io.autodump.core.copy.CopyTarget;
import io.autodump.core.dump.DumpKey;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.plan.SecretTags;
import io.autodump.core.port.DumpStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What other stores hold of the newest dumps. Lists each of them once. A store that can't be read is a failure, and
 * nothing is said about its copies. Not API. Not thread-safe.
 */
public final class KnownCopies {
    private final Map<CopyTarget, Set<DumpKey>> copies = new LinkedHashMap<>();
    private final List<String> failures = new ArrayList<>();
    private final Instant now;
    private final Duration margin;

    private KnownCopies(Instant now, Duration margin) {
        this.now = now;
        this.margin = margin;
    }

    /**
     * Lists the stores.
     *
     * @param perDatabase how many dumps of a database will be asked for
     * @param margin how long a copy may take after the dump was finished
     */
    public static KnownCopies in(Collection<CopyTarget> targets, int perDatabase, Instant now, Duration margin) {
        KnownCopies known = new KnownCopies(now, margin);
        for (CopyTarget target : targets) {
            known.guarded(
                    target,
                    () -> known.copies.put(
                            target,
                            Set.copyOf(target.store().newest(perDatabase).dumps())));
        }
        return known;
    }

    /** Returns what couldn't be read, and why. Each call of {@link #of} may add to it. */
    public List<String> failures() {
        return failures;
    }

    /**
     * Returns for each store that can be read which dumps lack their copy.
     *
     * @param newest the newest dumps of one database
     * @param tags the tags of its secret
     */
    public List<CopyStatus> of(List<DumpManifest> newest, SecretTags tags) {
        List<CopyStatus> found = new ArrayList<>();
        copies.forEach((target, there) -> guarded(target, () -> found.add(status(target, there, newest, tags))));
        return found;
    }

    private CopyStatus status(CopyTarget target, Set<DumpKey> there, List<DumpManifest> newest, SecretTags tags) {
        Set<DumpKey> wanted = new HashSet<>(new WantedCopies(target, tags, now)
                .missing(newest.stream().map(DumpManifest::key).toList(), ofSameDatabase(there, newest)));
        List<DumpManifest> missing = newest.stream()
                .filter(dump -> wanted.contains(dump.key()) && !isThere(target.store(), dump.key()))
                .toList();
        Predicate<DumpManifest> isLate = dump -> dump.finishedAt().plus(margin).isAfter(now);
        return new CopyStatus(
                target.name(),
                missing.stream().filter(isLate.negate()).toList(),
                missing.stream().filter(isLate).toList());
    }

    private static List<DumpKey> ofSameDatabase(Set<DumpKey> there, List<DumpManifest> newest) {
        Set<String> folders = new HashSet<>();
        newest.forEach(dump -> folders.add(dump.key().databaseFolder()));
        return there.stream()
                .filter(key -> folders.contains(key.databaseFolder()))
                .toList();
    }

    /** A store that keeps more dumps may not have listed this one. */
    private static boolean isThere(DumpStore store, DumpKey key) {
        try {
            return store.find(key).isPresent();
        } catch (AutoDumpException failed) {
            if (failed.code() == ErrorCode.DUMP_CORRUPT || failed.code() == ErrorCode.INVALID_DOCUMENT) {
                return false;
            }
            throw failed;
        }
    }

    private void guarded(CopyTarget target, Runnable work) {
        try {
            work.run();
        } catch (AutoDumpException failed) {
            String failure = "the copies in " + target.name() + " aren't known: " + failed.report();
            if (!failures.contains(failure)) {
                failures.add(failure);
            }
        }
    }
}

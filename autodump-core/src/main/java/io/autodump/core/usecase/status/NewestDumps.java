package io.autodump.core.usecase.status;

import io.autodump.core.dump.DumpKey;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.plan.SecretTags;
import io.autodump.core.port.DumpIndex;
import io.autodump.core.secret.TaggedSecret;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds the newest dump of each secret. Lists every index once, keeps the newest keys of each database folder that may
 * belong to a known secret, and reads only as many manifests as it needs to know whose dumps they are. Not thread-safe.
 */
final class NewestDumps {
    /**
     * How many keys of a folder are kept. More than one is needed only if, by a prefix, two secrets write into the
     * same folder.
     */
    private static final int KEPT_OF_A_FOLDER = 50;

    private static final Comparator<Candidate> OLDEST_FIRST = Comparator.comparing(Candidate::scheduledAt);

    private final Map<String, Queue<Candidate>> byFolder = new HashMap<>();
    private final Map<String, Set<String>> foldersOfSecret = new HashMap<>();
    private final Map<Candidate, Optional<DumpManifest>> manifests = new HashMap<>();
    private final List<String> failures = new ArrayList<>();
    private final Set<Candidate> unreadable = new HashSet<>();
    private final int keptOfAFolder;
    private final Instant limit;
    private boolean listed = true;

    /**
     * A secret's newest dump.
     *
     * @param scheduledAt the scheduled instant of its run; empty if there is none
     * @param certain false if something that couldn't be read may contain a newer one
     */
    record Newest(Optional<Instant> scheduledAt, boolean certain) {}

    private record Candidate(DumpIndex index, DumpKey key, Instant scheduledAt) {}

    private NewestDumps(Collection<TaggedSecret> secrets, int keptOfAFolder, Instant limit) {
        this.keptOfAFolder = keptOfAFolder;
        this.limit = limit;
        secrets.forEach(secret -> foldersOfSecret.put(DumpKey.secretFolder(secret.name()), new HashSet<>()));
    }

    /**
     * Lists every index.
     *
     * @param limit later dumps don't count: they were named while the clock of a machine was wrong
     */
    static NewestDumps in(List<DumpIndex> indexes, Collection<TaggedSecret> secrets, Instant limit) {
        NewestDumps dumps = new NewestDumps(secrets, KEPT_OF_A_FOLDER, limit);
        for (DumpIndex index : indexes) {
            try (Stream<DumpKey> keys = index.newestDumps(KEPT_OF_A_FOLDER)) {
                keys.forEach(key -> dumps.add(index, key));
            } catch (AutoDumpException unreadable) {
                dumps.failures.add(unreadable.report());
                dumps.listed = false;
            }
        }
        return dumps;
    }

    /**
     * Looks at some dumps of one index, which were listed already.
     *
     * @param perSecret how many dumps of each secret will be asked for
     * @param limit later dumps don't count, as for {@link #in}
     */
    static NewestDumps of(
            DumpIndex index, Collection<DumpKey> keys, Collection<TaggedSecret> secrets, int perSecret, Instant limit) {
        NewestDumps dumps = new NewestDumps(secrets, Math.max(KEPT_OF_A_FOLDER, perSecret), limit);
        keys.forEach(key -> dumps.add(index, key));
        return dumps;
    }

    /** Returns what couldn't be read, and why. Each call of {@link #of} may add to it. */
    List<String> failures() {
        return failures;
    }

    /**
     * Returns the databases of a secret: those of its newest run, if it asks for several. A database that is gone from
     * the server isn't one of them.
     */
    List<WatchedDatabase> databases(TaggedSecret secret) {
        if (SecretTags.read(secret.tags()).databases().isEmpty()) {
            return List.of(WatchedDatabase.of(secret));
        }
        return manifests(WatchedDatabase.of(secret), 1).stream()
                .flatMap(newest -> newest.serverDatabases().stream())
                .findFirst()
                .map(databases -> databases.names().stream()
                        .map(name -> new WatchedDatabase(secret, Optional.of(name)))
                        .toList())
                .orElseGet(() -> List.of(WatchedDatabase.of(secret)));
    }

    /** Returns the newest dump of a database. */
    Newest of(WatchedDatabase database) {
        boolean certain = listed;
        for (Candidate candidate : candidates(database)) {
            Optional<DumpManifest> manifest = manifest(candidate, database);
            certain &= !unreadable.contains(candidate);
            if (manifest.isPresent()) {
                return new Newest(Optional.of(candidate.scheduledAt()), certain);
            }
        }
        return new Newest(Optional.empty(), certain);
    }

    /** Returns the newest dumps of a database, newest first. Reads no manifest twice. */
    List<DumpManifest> manifests(WatchedDatabase database, int atMost) {
        return candidates(database).stream()
                .flatMap(candidate -> manifest(candidate, database).stream())
                .limit(atMost)
                .toList();
    }

    /**
     * Returns the keys of all dumps that were kept for a database. Reads nothing: leaves out a dump of another secret
     * only if its manifest was read already.
     */
    List<DumpKey> keys(WatchedDatabase database) {
        return candidates(database).stream()
                .filter(candidate -> manifests
                        .getOrDefault(candidate, Optional.empty())
                        .filter(manifest -> !database.has(manifest))
                        .isEmpty())
                .map(Candidate::key)
                .toList();
    }

    /** Returns the newest dump of a secret that fits. Reads no older manifests. */
    Optional<DumpManifest> first(TaggedSecret secret, Predicate<DumpManifest> fits) {
        return candidates(WatchedDatabase.of(secret)).stream()
                .flatMap(candidate -> manifest(candidate, WatchedDatabase.of(secret)).stream())
                .filter(fits)
                .findFirst();
    }

    /** Returns the manifest if the dump is this database's. */
    private Optional<DumpManifest> manifest(Candidate candidate, WatchedDatabase database) {
        return manifests.computeIfAbsent(candidate, this::read).filter(database::has);
    }

    private List<Candidate> candidates(WatchedDatabase database) {
        String name = database.secret().name();
        return foldersOfSecret.getOrDefault(DumpKey.secretFolder(name), Set.of()).stream()
                .filter(folder -> database.database()
                        .map(one -> folder.endsWith("/" + DumpKey.databaseFolder(one)))
                        .orElse(true))
                .flatMap(folder -> byFolder.getOrDefault(folder, new ArrayDeque<>()).stream())
                .sorted(OLDEST_FIRST.reversed())
                .toList();
    }

    private void add(DumpIndex index, DumpKey key) {
        Instant scheduledAt = key.scheduledAt();
        if (scheduledAt.isAfter(limit)) {
            return;
        }
        String folder = key.databaseFolder();
        Queue<Candidate> known = byFolder.get(folder);
        if (known == null) {
            Set<String> names = endings(key.secretFolder());
            if (names.isEmpty()) {
                return;
            }
            names.forEach(name -> foldersOfSecret
                    .computeIfAbsent(name, any -> new HashSet<>())
                    .add(folder));
            known = new PriorityQueue<>(OLDEST_FIRST);
            byFolder.put(folder, known);
        }
        known.add(new Candidate(index, key, scheduledAt));
        if (known.size() > keptOfAFolder) {
            known.remove();
        }
    }

    /** Returns the known secrets whose folder this may be: the folder itself, and what follows each of its slashes. */
    private Set<String> endings(String folder) {
        return Stream.iterate(0, start -> start >= 0, start -> next(folder, start))
                .map(folder::substring)
                .filter(foldersOfSecret::containsKey)
                .collect(Collectors.toSet());
    }

    private static int next(String folder, int start) {
        int slash = folder.indexOf('/', start);
        return slash < 0 ? -1 : slash + 1;
    }

    /** Empty if the dump was removed since it was listed, or its manifest can't be read. */
    private Optional<DumpManifest> read(Candidate candidate) {
        try {
            return candidate.index().find(candidate.key());
        } catch (AutoDumpException failed) {
            // An invalid or moved manifest counts as no dump: its secret is reported as overdue, and the other secrets
            // keep their results. After a refused call, there may be a dump.
            if (failed.code() != ErrorCode.INVALID_DOCUMENT && failed.code() != ErrorCode.DUMP_CORRUPT) {
                failures.add(failed.report());
                unreadable.add(candidate);
            }
            return Optional.empty();
        }
    }
}

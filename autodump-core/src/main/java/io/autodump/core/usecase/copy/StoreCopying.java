package io.autodump.core.usecase.copy;

import io.autodump.core.copy.CopyItem;
import io.autodump.core.copy.CopyListener;
import io.autodump.core.copy.CopyReport;
import io.autodump.core.copy.CopyTarget;
import io.autodump.core.dump.DumpEvent;
import io.autodump.core.dump.DumpKey;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.plan.SecretTags;
import io.autodump.core.port.DumpEvents;
import io.autodump.core.port.DumpStore;
import io.autodump.core.usecase.Ports;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The copies to one store: finds what is missing, copies it, and remembers what was done. Belongs to one thread. */
final class StoreCopying {
    /** After any other failure, the store would refuse the next dump too. */
    private static final Set<ErrorCode> OF_ONE_DUMP =
            Set.of(ErrorCode.DUMP_CORRUPT, ErrorCode.DUMP_EXISTS, ErrorCode.DUMP_NOT_FOUND, ErrorCode.INVALID_DOCUMENT);

    private static final SecretTags NO_TAGS = SecretTags.read(Map.of());

    private final DumpStore source;
    private final CopyTarget target;
    private final DumpEvents events;
    private final Instant now;
    private final Supplier<Map<String, SecretTags>> tags;
    private final CopyListener listener;
    private final CopyDump copyDump;
    private final List<CopyItem> items = new ArrayList<>();

    StoreCopying(Ports ports, CopyTarget target, Supplier<Map<String, SecretTags>> tags, CopyListener listener) {
        this.source = ports.store();
        this.target = target;
        this.events = ports.events();
        this.now = ports.clock().instant();
        this.tags = tags;
        this.listener = listener;
        this.copyDump = new CopyDump(source, target);
    }

    CopyReport copy(Collection<String> names) {
        return report(() -> eachMissing("", names, this::copy));
    }

    CopyReport missing(Collection<String> names) {
        return report(() -> eachMissing("", names, dump -> note(item(dump, Optional.empty()))));
    }

    /**
     * Copies to the folders of some dumps. If the store can't be used at all, an event says so for the first dump that
     * has to wait, and the others aren't tried.
     */
    CopyReport copyAfter(List<DumpManifest> dumps) {
        Deque<DumpManifest> left = new ArrayDeque<>(dumps);
        CopyReport report = report(() -> {
            for (; !left.isEmpty(); left.remove()) {
                DumpManifest dump = left.element();
                eachMissing(dump.key().databaseFolder(), List.of(dump.secretName()), this::copy);
            }
        });
        boolean told = items.stream().anyMatch(item -> item.failure().equals(report.failure()));
        report.failure().filter(failure -> !told).ifPresent(failure -> publish(left.element(), failure));
        return report;
    }

    private CopyReport report(Runnable work) {
        try {
            work.run();
            return new CopyReport(target.name(), items, Optional.empty());
        } catch (AutoDumpException failed) {
            return new CopyReport(target.name(), items, Optional.of(failed));
        }
    }

    private void eachMissing(String folder, Collection<String> names, Consumer<DumpManifest> work) {
        Map<String, Set<DumpKey>> copies = byDatabase(target.store(), folder, names);
        byDatabase(source, folder, names)
                .forEach((database, keys) -> missing(keys, copies.getOrDefault(database, Set.of())).stream()
                        .flatMap(key -> read(key).stream())
                        .filter(dump -> names.isEmpty() || names.contains(dump.secretName()))
                        .forEach(work));
    }

    private static Map<String, Set<DumpKey>> byDatabase(DumpStore store, String folder, Collection<String> names) {
        try (Stream<DumpKey> keys = folder.isEmpty() ? store.list() : store.list(folder)) {
            return keys.filter(key -> names.isEmpty() || names.stream().anyMatch(key::belongsTo))
                    .collect(Collectors.groupingBy(DumpKey::databaseFolder, TreeMap::new, Collectors.toSet()));
        }
    }

    /** Only a manifest knows whose dumps these are, and so which of them retention keeps. */
    private List<DumpKey> missing(Set<DumpKey> keys, Set<DumpKey> there) {
        Optional<String> owner = keys.stream()
                .filter(key -> !there.contains(key))
                .sorted(Comparator.reverseOrder())
                .flatMap(key -> readIfPossible(key).stream())
                .map(DumpManifest::secretName)
                .findFirst();
        boolean sameForAll = target.retention().isPresent() || owner.isEmpty();
        SecretTags ofOwner = sameForAll ? NO_TAGS : tags.get().getOrDefault(owner.get(), NO_TAGS);
        return new WantedCopies(target, ofOwner, now).missing(keys, there);
    }

    private Optional<DumpManifest> readIfPossible(DumpKey key) {
        try {
            return source.find(key);
        } catch (AutoDumpException failed) {
            return skipping(failed);
        }
    }

    /** Returns a dump of the source; empty if it was removed since it was listed, or its manifest can't be read. */
    private Optional<DumpManifest> read(DumpKey key) {
        try {
            return source.find(key);
        } catch (AutoDumpException failed) {
            note(new CopyItem(key, 0, Optional.of(failed)));
            return skipping(failed);
        }
    }

    private static Optional<DumpManifest> skipping(AutoDumpException failed) {
        if (OF_ONE_DUMP.contains(failed.code())) {
            return Optional.empty();
        }
        throw failed;
    }

    private void copy(DumpManifest dump) {
        try {
            copyDump.copy(dump, listener.begins(target.name(), dump));
            note(item(dump, Optional.empty()));
        } catch (AutoDumpException failed) {
            note(item(dump, Optional.of(failed)));
            publish(dump, failed);
            skipping(failed);
        }
    }

    private static CopyItem item(DumpManifest dump, Optional<AutoDumpException> failure) {
        return new CopyItem(dump.key(), dump.storedBytes(), failure);
    }

    private void note(CopyItem item) {
        items.add(item);
        listener.ended(target.name(), item);
    }

    /** A dump that was deleted meanwhile needs no copy, and a stopped copy is made by the next run. */
    private void publish(DumpManifest dump, AutoDumpException failure) {
        if (failure.code() != ErrorCode.DUMP_NOT_FOUND && failure.code() != ErrorCode.INTERRUPTED) {
            events.publish(new DumpEvent.CopyFailed(
                    dump.secretName(),
                    dump.scheduledAt(),
                    target.name(),
                    dump.key(),
                    failure.code(),
                    failure.report()));
        }
    }
}

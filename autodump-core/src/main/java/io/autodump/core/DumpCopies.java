package io.autodump.core;

import io.autodump.core.copy.CopyListener;
import io.autodump.core.copy.CopyReport;
import io.autodump.core.copy.CopyTarget;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.usecase.Ports;
import io.autodump.core.usecase.copy.CopyDumps;
import java.util.Collection;
import java.util.List;

/**
 * Copies the dumps of an {@link AutoDump} to other stores: {@link AutoDumpBuilder#copyTo}. A copy is a dump like any
 * other, with the same key and the same manifest: list, verify and restore it through {@link #at}.
 *
 * <pre>{@code
 * AutoDump autoDump = AutoDump.builder()
 *         .dumpStore(new DirectoryDumpStore(Path.of("dumps")))
 *         .copyTo(new CopyTarget("disk", new DirectoryDumpStore(Path.of("/mnt/disk")), Optional.empty()))
 *         .secretCatalog(secrets)
 *         .build();
 * DumpCopies.of(autoDump).copy(List.of(), CopyListener.NONE);
 * }</pre>
 *
 * <p>A copy exists only if it is whole: every file is compared with the manifest when it is read and when it is read
 * back from the other store, and the manifest is published last. Nothing is staged, and the memory is that of one
 * upload. Nothing remembers what was copied: a copy is missing if the dump is in the first store and not in the other,
 * and the retention of the other store keeps it. Copies the newest dump of a database first.
 *
 * <p>Every operation needs {@code dumpStore}, and {@code secretCatalog} for a store without a retention of its own. A
 * failure harms no dump: it is in the report, and is published as {@link io.autodump.core.dump.DumpEvent.CopyFailed}.
 * Thread-safe if the adapters are. Interrupting the thread stops a copy ({@code INTERRUPTED}); nothing of it stays.
 *
 * @since 0.1.0
 */
public final class DumpCopies {
    private final Ports ports;

    private DumpCopies(Ports ports) {
        this.ports = ports;
    }

    /** Copies the dumps of an {@code AutoDump}. */
    public static DumpCopies of(AutoDump autoDump) {
        return new DumpCopies(autoDump.ports);
    }

    /** Returns the names of the stores that dumps are copied to. */
    public List<String> stores() {
        return ports.copyTargets().stream().map(CopyTarget::name).toList();
    }

    /**
     * Returns an {@code AutoDump} with the same ports, whose only store is one of those that dumps are copied to. Use
     * it to list, verify, restore, delete and prune copies.
     *
     * @throws IllegalArgumentException if no store has this name
     */
    public AutoDump at(String store) {
        return new AutoDump(ports.copyTargets().stream()
                .filter(target -> target.name().equals(store))
                .findFirst()
                .map(ports::withCopiesOf)
                .orElseThrow(() -> new IllegalArgumentException("no store for copies is named " + store)));
    }

    /**
     * Copies the dumps that lack their copy. Never throws for a store that fails: the report names it.
     *
     * @param names the names of secrets; empty for all dumps of the store
     * @return a report for each store
     */
    public List<CopyReport> copy(Collection<String> names, CopyListener listener) {
        return CopyDumps.of(ports).copy(names, listener);
    }

    /**
     * Copies the dumps of some databases that lack their copy, after dumps were made: these, and older ones. Lists
     * these databases alone.
     *
     * @param dumps the dumps that were made
     * @return a report for each store
     */
    public List<CopyReport> copyAfter(List<DumpManifest> dumps, CopyListener listener) {
        return CopyDumps.of(ports).copyAfter(dumps, listener);
    }

    /**
     * Finds the dumps that lack their copy, and changes nothing.
     *
     * @param names the names of secrets; empty for all dumps of the store
     * @return a report for each store, of what {@link #copy} would copy
     */
    public List<CopyReport> missing(Collection<String> names) {
        return CopyDumps.of(ports).missing(names);
    }
}

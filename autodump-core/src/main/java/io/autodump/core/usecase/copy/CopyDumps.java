package io.autodump.core.usecase.copy;

import com.google.common.base.Suppliers;
import io.autodump.core.copy.CopyListener;
import io.autodump.core.copy.CopyReport;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.plan.SecretTags;
import io.autodump.core.port.SecretCatalog;
import io.autodump.core.secret.TaggedSecret;
import io.autodump.core.usecase.Ports;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Copies what other stores lack. Which dumps lack their copy follows from what both stores list, so nothing else
 * remembers it. The newest dump of a database is copied first. A failure concerns one dump, unless the store can't be
 * used; it is in the report and published as an event. The dump itself is never touched. Thread-safe.
 */
public final class CopyDumps {
    private final Ports ports;
    private final Supplier<Map<String, SecretTags>> tags;

    CopyDumps(Ports ports) {
        this.ports = ports;
        this.tags = Suppliers.memoize(() -> tags(ports.catalog()));
    }

    /** Not API: {@link io.autodump.core.DumpCopies#copy} is. */
    public static CopyDumps of(Ports ports) {
        return new CopyDumps(ports);
    }

    private static Map<String, SecretTags> tags(SecretCatalog catalog) {
        try (Stream<TaggedSecret> secrets = catalog.tagged()) {
            return secrets.collect(Collectors.toMap(
                    TaggedSecret::name, secret -> SecretTags.read(secret.tags()), (first, second) -> first));
        }
    }

    /**
     * Copies the dumps of secrets that lack their copy.
     *
     * @param names the names of secrets; empty for all dumps of the store
     * @return a report for each store
     */
    public List<CopyReport> copy(Collection<String> names, CopyListener listener) {
        return ports.copyTargets().stream()
                .map(target -> new StoreCopying(ports, target, tags, listener).copy(names))
                .toList();
    }

    /**
     * Finds the dumps of secrets that lack their copy.
     *
     * @param names the names of secrets; empty for all dumps of the store
     * @return a report for each store, of what would be copied
     */
    public List<CopyReport> missing(Collection<String> names) {
        return ports.copyTargets().stream()
                .map(target -> new StoreCopying(ports, target, tags, CopyListener.NONE).missing(names))
                .toList();
    }

    /**
     * Copies the dumps of some databases that lack their copy, after dumps were made. If a store can't be used, an
     * event says so.
     *
     * @param dumps the dumps that were made
     * @return a report for each store
     */
    public List<CopyReport> copyAfter(List<DumpManifest> dumps, CopyListener listener) {
        return ports.copyTargets().stream()
                .map(target -> new StoreCopying(ports, target, tags, listener).copyAfter(dumps))
                .toList();
    }
}

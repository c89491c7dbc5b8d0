package io.autodump.core.usecase.copy;

import io.autodump.core.copy.CopyTarget;
import io.autodump.core.dump.DumpKey;
import io.autodump.core.plan.SecretTags;
import io.autodump.core.retention.RetainedDump;
import io.autodump.core.retention.Retention;
import io.autodump.core.retention.RetentionPolicy;
import io.autodump.core.schedule.DumpSchedule;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Decides which dumps of one database a second store should have: those that its retention keeps of all that both
 * stores hold. So a copy that retention has deleted isn't made again. Looks at names only. Immutable.
 */
final class WantedCopies {
    private final RetentionPolicy policy;
    private final ZoneId zone;
    private final Instant now;

    WantedCopies(CopyTarget target, SecretTags tags, Instant now) {
        this.policy = target.retention().orElse(tags.retention());
        this.zone = tags.schedule().map(DumpSchedule::zone).orElse(ZoneOffset.UTC);
        this.now = now;
    }

    /**
     * Returns those that are missing, newest first.
     *
     * @param source the dumps of one database in the first store
     * @param copies its dumps in the second store
     */
    List<DumpKey> missing(Collection<DumpKey> source, Collection<DumpKey> copies) {
        Set<DumpKey> there = Set.copyOf(copies);
        Set<DumpKey> all = Stream.concat(source.stream(), there.stream()).collect(Collectors.toSet());
        Set<DumpKey> kept =
                Retention.decide(all.stream().map(WantedCopies::byName).toList(), policy, zone, now, false).stream()
                        .filter(decision -> !decision.delete())
                        .map(decision -> decision.dump().key())
                        .collect(Collectors.toSet());
        return source.stream()
                .filter(key -> !there.contains(key) && kept.contains(key))
                .sorted(Comparator.comparing(DumpKey::scheduledAt).reversed())
                .toList();
    }

    private static RetainedDump byName(DumpKey key) {
        return new RetainedDump(key, key.scheduledAt(), key.scheduledAt(), Set.of());
    }
}

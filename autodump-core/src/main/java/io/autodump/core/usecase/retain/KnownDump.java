package io.autodump.core.usecase.retain;

import io.autodump.core.dump.DumpKey;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.record.Attestation;
import io.autodump.core.record.RecordKey.Kind;
import io.autodump.core.retention.RetainedDump;
import io.autodump.core.retention.RetainedDump.Trait;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * A dump of a secret.
 *
 * @param retained what retention needs to know
 * @param manifest empty if it can't be read
 */
record KnownDump(RetainedDump retained, Optional<DumpManifest> manifest) {
    static KnownDump unreadable(DumpKey key) {
        return new KnownDump(
                new RetainedDump(key, key.scheduledAt(), key.scheduledAt(), Set.of(Trait.UNREADABLE)),
                Optional.empty());
    }

    static KnownDump of(DumpManifest manifest, Set<Kind> records) {
        Set<Trait> traits = EnumSet.noneOf(Trait.class);
        if (!manifest.suspicions().isEmpty() && !records.contains(Kind.ACCEPTED)) {
            traits.add(Trait.SUSPICIOUS);
        }
        if (Attestation.proves(manifest, records::contains)) {
            traits.add(Trait.PROVEN);
        }
        if (records.contains(Kind.LOCKED)) {
            traits.add(Trait.LOCKED);
        }
        return new KnownDump(
                new RetainedDump(manifest.key(), manifest.scheduledAt(), manifest.finishedAt(), traits),
                Optional.of(manifest));
    }
}

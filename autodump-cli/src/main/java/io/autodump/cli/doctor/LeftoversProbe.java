package io.autodump.cli.doctor;

import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.Finding;
import io.autodump.core.port.Leftover;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Names what killed processes left in the store, with its size. */
public final class LeftoversProbe implements Probe {
    private static final String SUBJECT = "store";
    private static final String CHECK = "leftovers";

    private final Supplier<List<Leftover>> removedByTheNextDump;
    private final Supplier<List<Leftover>> filesWithoutManifest;

    /**
     * Looks at nothing yet.
     *
     * @param removedByTheNextDump what AutoDump removes itself
     * @param filesWithoutManifest files that look like dumps, and that only a prune removes
     */
    public LeftoversProbe(
            Supplier<List<Leftover>> removedByTheNextDump, Supplier<List<Leftover>> filesWithoutManifest) {
        this.removedByTheNextDump = removedByTheNextDump;
        this.filesWithoutManifest = filesWithoutManifest;
    }

    @Override
    public List<Finding> findings() {
        try {
            return found(removedByTheNextDump.get(), filesWithoutManifest.get());
        } catch (AutoDumpException unreadable) {
            return List.of(Finding.warning(
                    SUBJECT,
                    CHECK,
                    unreadable.description(),
                    unreadable.hint().orElse("look for files without a manifest")));
        }
    }

    private static List<Finding> found(List<Leftover> removed, List<Leftover> kept) {
        List<Finding> findings = new ArrayList<>();
        if (!removed.isEmpty()) {
            findings.add(Finding.warning(
                    SUBJECT,
                    CHECK,
                    Leftover.summary(removed, "unfinished file", "of processes that were killed"),
                    "the next dump removes them"));
        }
        if (!kept.isEmpty()) {
            findings.add(Finding.warning(
                    SUBJECT,
                    CHECK,
                    Leftover.summary(kept, "file", "without a manifest, so not a dump"),
                    "the next attempt at the same run replaces it; otherwise autodump prune removes it after 7 days"));
        }
        return findings;
    }
}

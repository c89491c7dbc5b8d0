package io.autodump.core.testing;

import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.dump.DumpPart;
import io.autodump.core.dump.RestoreOptions;
import io.autodump.core.dump.RestoreReport;
import io.autodump.core.dump.TableRows;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.port.DumpProgress;
import io.autodump.core.port.DumpRestorer;
import io.autodump.core.restore.ContentsCount;
import io.autodump.core.restore.RestoreObstacle;
import io.autodump.core.restore.RestorePlan;
import io.autodump.core.restore.SkippableKind;
import io.autodump.core.restore.StoredParts;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A restorer that records the bytes that it gets. Not thread-safe. */
public final class FakeDumpRestorer implements DumpRestorer {
    private final List<TableRows> tables;
    private final boolean targetIsEmpty;
    private Optional<byte[]> restored = Optional.empty();
    private final Map<String, byte[]> restoredParts = new HashMap<>();

    /**
     * Creates a restorer.
     *
     * @param tables the tables of the target after a restore
     * @param targetIsEmpty whether the target is empty before it
     */
    public FakeDumpRestorer(List<TableRows> tables, boolean targetIsEmpty) {
        this.tables = List.copyOf(tables);
        this.targetIsEmpty = targetIsEmpty;
    }

    /** Returns the restored bytes; empty if nothing was restored. */
    public Optional<byte[]> restored() {
        return restored.map(byte[]::clone);
    }

    /** Returns the restored bytes of each part, by its name; empty if no dump of several parts was restored. */
    public Map<String, byte[]> restoredParts() {
        return Map.copyOf(restoredParts);
    }

    @Override
    public void check(DumpManifest manifest, DatabaseSecret target, RestoreOptions options) {
        if (!targetIsEmpty && !options.intoNonEmpty()) {
            throw new AutoDumpException(
                    ErrorCode.TARGET_NOT_EMPTY, target.database() + " isn't empty; nothing was changed", "use another");
        }
    }

    /** A plan with one table, and an obstacle if the restore is to act as the role {@code stranger}. */
    @Override
    public RestorePlan plan(DumpManifest manifest, InputStream stored, DatabaseSecret target, RestoreOptions options) {
        check(manifest, target, options);
        RestorePlan.Builder plan = RestorePlan.builder()
                .serverVersion(manifest.serverVersion())
                .createsDatabase(options.create())
                .dropsDatabase(options.clean())
                .addContents(new ContentsCount("table", 1));
        options.skip().forEach(kind -> plan.addLeftOut("everything of a kind: --skip " + kind.text()));
        options.role()
                .filter("stranger"::equals)
                .ifPresent(role -> plan.addObstacles(new RestoreObstacle(
                        "publication",
                        "every",
                        "a superuser alone can create it",
                        "restore as a superuser",
                        Optional.of(SkippableKind.PUBLICATIONS))));
        return plan.build();
    }

    @Override
    public RestoreReport restore(
            DumpManifest manifest,
            InputStream stored,
            DatabaseSecret target,
            RestoreOptions options,
            DumpProgress progress) {
        try {
            restored = Optional.of(stored.readAllBytes());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return report(manifest);
    }

    @Override
    public RestoreReport restore(
            DumpManifest manifest,
            StoredParts stored,
            DatabaseSecret target,
            RestoreOptions options,
            DumpProgress progress) {
        for (DumpPart part : manifest.parts().all()) {
            try (InputStream bytes = stored.open(part.name())) {
                restoredParts.put(part.name(), bytes.readAllBytes());
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }
        return report(manifest);
    }

    private RestoreReport report(DumpManifest manifest) {
        return RestoreReport.builder()
                .clientVersion(manifest.clientVersion())
                .serverVersion(manifest.serverVersion())
                .tables(tables)
                .build();
    }
}

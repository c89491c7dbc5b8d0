package io.autodump.core.engine;

import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.dump.RestoreOptions;
import io.autodump.core.dump.RestoreReport;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.port.DatabaseEngine;
import io.autodump.core.port.DumpProgress;
import io.autodump.core.port.DumpRestorer;
import io.autodump.core.restore.RestorePlan;
import io.autodump.core.restore.StoredParts;
import java.io.InputStream;

/** Restores each dump with the engine of its manifest. */
final class RestorerByEngine implements DumpRestorer {
    private final Engines engines;

    RestorerByEngine(Engines engines) {
        this.engines = engines;
    }

    @Override
    public void check(DumpManifest manifest, DatabaseSecret target, RestoreOptions options) {
        restorer(manifest, target).check(manifest, target, options);
    }

    @Override
    public RestorePlan plan(DumpManifest manifest, InputStream stored, DatabaseSecret target, RestoreOptions options) {
        return restorer(manifest, target).plan(manifest, stored, target, options);
    }

    @Override
    public RestoreReport restore(
            DumpManifest manifest,
            InputStream stored,
            DatabaseSecret target,
            RestoreOptions options,
            DumpProgress progress) {
        return restorer(manifest, target).restore(manifest, stored, target, options, progress);
    }

    @Override
    public RestorePlan plan(DumpManifest manifest, StoredParts stored, DatabaseSecret target, RestoreOptions options) {
        return restorer(manifest, target).plan(manifest, stored, target, options);
    }

    @Override
    public RestoreReport restore(
            DumpManifest manifest,
            StoredParts stored,
            DatabaseSecret target,
            RestoreOptions options,
            DumpProgress progress) {
        return restorer(manifest, target).restore(manifest, stored, target, options, progress);
    }

    private DumpRestorer restorer(DumpManifest manifest, DatabaseSecret target) {
        DatabaseEngine engine = engines.of(manifest);
        if (engine != engines.of(target)) {
            throw new AutoDumpException(
                    ErrorCode.INVALID_ARGUMENT,
                    "dump " + manifest.key() + " is of the engine " + manifest.engine() + ", and the target "
                            + target.database() + " of " + target.engine() + "; nothing was changed",
                    "restore it into a database of the engine " + manifest.engine());
        }
        return engine.restorer();
    }
}

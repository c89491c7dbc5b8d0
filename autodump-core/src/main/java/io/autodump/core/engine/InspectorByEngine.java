package io.autodump.core.engine;

import io.autodump.core.dump.DumpManifest;
import io.autodump.core.dump.DumpPart;
import io.autodump.core.port.ArchiveInspector;
import java.io.InputStream;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads each dump with the engine of its manifest. */
final class InspectorByEngine implements ArchiveInspector {
    private final Engines engines;

    InspectorByEngine(Engines engines) {
        this.engines = engines;
    }

    @Override
    public Optional<Integer> inspect(DumpManifest manifest, InputStream stored) {
        return engines.of(manifest).inspector().inspect(manifest, stored);
    }

    @Override
    public OptionalLong countRows(DumpManifest manifest, DumpPart part, InputStream stored) {
        return engines.of(manifest).inspector().countRows(manifest, part, stored);
    }
}

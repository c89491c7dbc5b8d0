package io.autodump.core.testing;

import io.autodump.core.dump.DumpManifest;
import io.autodump.core.port.ArchiveInspector;
import java.io.InputStream;
import java.util.Optional;

/** An inspector that always reports the same number of entries and reads nothing. Thread-safe. */
public final class FakeArchiveInspector implements ArchiveInspector {
    /** The number of entries that it reports, as {@link FakeDumpSource} does. */
    public static final int ENTRIES = 42;

    private final int entries;

    public FakeArchiveInspector() {
        this(ENTRIES);
    }

    public FakeArchiveInspector(int entries) {
        this.entries = entries;
    }

    @Override
    public Optional<Integer> inspect(DumpManifest manifest, InputStream stored) {
        return Optional.of(entries);
    }
}

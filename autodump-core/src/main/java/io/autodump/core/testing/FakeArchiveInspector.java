package io.autodump.core.testing;

import io.autodump.core.dump.DumpManifest;
import io.autodump.core.dump.DumpPart;
import io.autodump.core.port.ArchiveInspector;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.OptionalLong;

/** An inspector that always reports the same number of entries. It reads nothing of an archive. Thread-safe. */
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

    /** {@inheritDoc} This one counts line feeds, without decompressing. */
    @Override
    public OptionalLong countRows(DumpManifest manifest, DumpPart part, InputStream stored) {
        try {
            long rows = 0;
            for (byte value : stored.readAllBytes()) {
                rows += value == '\n' ? 1 : 0;
            }
            return OptionalLong.of(rows);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}

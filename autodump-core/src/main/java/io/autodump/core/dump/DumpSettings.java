package io.autodump.core.dump;

import io.autodump.core.internal.ValueStyle;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.immutables.value.Value;

/** How a database is dumped, as its tags say. Every default is that of {@code docs/tags.md}. */
@Value.Immutable
@ValueStyle
public abstract class DumpSettings {
    /** How many threads at most may compress one dump. */
    public static final int MAX_JOBS = 32;

    @Value.Default
    public DumpFormat format() {
        return DumpFormat.CUSTOM;
    }

    @Value.Default
    public Compression compression() {
        return Compression.DEFAULT;
    }

    /**
     * Threads that compress the stream, 1 to {@value #MAX_JOBS}. {@code pg_dump} itself reads a database through one
     * connection whenever its output is a stream: its parallel mode writes a folder, which would have to be staged.
     */
    @Value.Default
    public int jobs() {
        return 1;
    }

    /** Patterns of tables whose definition is dumped and whose rows are not, as for {@code --exclude-table-data}. */
    public abstract List<String> excludeTableData();

    /** Patterns of the schemas to dump, as for {@code --schema}; all of them if empty. */
    public abstract List<String> schemas();

    @Value.Default
    public VerifyMode verify() {
        return VerifyMode.ARCHIVE;
    }

    /** After how long a dump that still runs is given up; empty for never. */
    public abstract Optional<Duration> timeout();

    @Value.Check
    protected void check() {
        if (jobs() < 1 || jobs() > MAX_JOBS) {
            throw new IllegalArgumentException("jobs is 1 to " + MAX_JOBS + ", not " + jobs());
        }
        if (timeout().filter(limit -> limit.isNegative() || limit.isZero()).isPresent()) {
            throw new IllegalArgumentException("a timeout is longer than nothing: " + timeout());
        }
    }

    /** All defaults. */
    public static DumpSettings defaults() {
        return builder().build();
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Not thread-safe. */
    public static final class Builder extends ImmutableDumpSettings.Builder {
        Builder() {}
    }
}

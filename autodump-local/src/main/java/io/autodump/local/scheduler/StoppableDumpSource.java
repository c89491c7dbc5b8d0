package io.autodump.local.scheduler;

import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.dump.DumpSettings;
import io.autodump.core.engine.StoppableDump;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.port.DumpSource;
import io.autodump.core.port.PreparedDump;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A source that can be stopped: running dumps are closed and end as interrupted, and no new one starts. Thread-safe.
 */
final class StoppableDumpSource implements DumpSource {
    private final DumpSource source;
    private final Set<StoppableDump> running = ConcurrentHashMap.newKeySet();
    private volatile boolean stopped;

    StoppableDumpSource(DumpSource source) {
        this.source = source;
    }

    @Override
    public PreparedDump prepare(DatabaseSecret database, DumpSettings settings) {
        if (stopped) {
            throw interrupted(null);
        }
        StoppableDump dump = new StoppableDump(
                source.prepare(database, settings), running::remove, ended -> stopped ? interrupted(ended) : ended);
        running.add(dump);
        // A stop since the first check hasn't closed this dump.
        if (stopped) {
            dump.close();
            throw interrupted(null);
        }
        return dump;
    }

    /** Stops the source. Returns when all dumps have been closed. */
    void stop() {
        stopped = true;
        List.copyOf(running).forEach(StoppableDump::close);
    }

    private static AutoDumpException interrupted(@Nullable Throwable cause) {
        return new AutoDumpException(
                ErrorCode.INTERRUPTED,
                "the scheduler was asked to stop; nothing was published",
                "start it again; it then makes the run, if its catch-up window allows it",
                cause);
    }
}

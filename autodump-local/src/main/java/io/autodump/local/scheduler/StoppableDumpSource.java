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

/** A source that can be stopped as a whole: what runs is closed and ends as interrupted, and nothing new begins. */
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
        // Asked again: the stop may have come between, and then it hasn't seen this one.
        if (stopped) {
            dump.close();
            throw interrupted(null);
        }
        return dump;
    }

    /** From here on nothing runs. Returns when everything has been closed. */
    void stop() {
        stopped = true;
        List.copyOf(running).forEach(StoppableDump::close);
    }

    private static AutoDumpException interrupted(@Nullable Throwable cause) {
        return new AutoDumpException(
                ErrorCode.INTERRUPTED,
                "the scheduler was asked to stop; nothing was published",
                "start it again: within its catch-up window the run is made then",
                cause);
    }
}

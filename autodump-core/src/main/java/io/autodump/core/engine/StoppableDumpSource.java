package io.autodump.core.engine;

import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.dump.DumpFileType;
import io.autodump.core.dump.DumpSettings;
import io.autodump.core.dump.SourceReport;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.port.DumpProgress;
import io.autodump.core.port.DumpSource;
import io.autodump.core.port.PreparedDump;
import java.io.OutputStream;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A source that any thread can stop. After {@link #stop}, connecting threads are interrupted, running dumps are
 * closed, and no new dump begins. All of them fail with {@code INTERRUPTED} and the given reason. Thread-safe.
 */
public final class StoppableDumpSource implements DumpSource {
    private final DumpSource source;
    private final String reason;
    private final String hint;
    private final Set<StoppableDump> running = ConcurrentHashMap.newKeySet();
    private final Connecting connecting = new Connecting();
    private volatile boolean stopped;

    /**
     * Wraps a source.
     *
     * @param source what dumps
     * @param reason what stopped it and what was published, for the message:
     *     {@code stopped by a signal; nothing was published}
     * @param hint what to do next, for example how to make the dump again
     */
    public StoppableDumpSource(DumpSource source, String reason, String hint) {
        this.source = source;
        this.reason = reason;
        this.hint = hint;
    }

    /**
     * {@inheritDoc}
     *
     * @throws AutoDumpException also {@code INTERRUPTED} if this source is stopped, before or meanwhile
     */
    @Override
    public PreparedDump prepare(DatabaseSecret database, DumpSettings settings) {
        StoppableDump dump = new StoppableDump(connect(database, settings));
        running.add(dump);
        // Checked again: a stop in between hasn't closed this dump.
        if (stopped) {
            dump.close();
            throw interrupted(null);
        }
        return dump;
    }

    private PreparedDump connect(DatabaseSecret database, DumpSettings settings) {
        if (!connecting.begin()) {
            throw interrupted(null);
        }
        try {
            return source.prepare(database, settings);
        } catch (RuntimeException failed) {
            throw orInterrupted(failed);
        } finally {
            connecting.end();
        }
    }

    /** Stops everything. Returns when all running dumps are closed. Later calls have no effect. */
    public void stop() {
        stopped = true;
        connecting.interrupt();
        List.copyOf(running).forEach(StoppableDump::close);
    }

    /** Replaces the failure of a stopped dump, which can be any exception, by {@code INTERRUPTED}. */
    private RuntimeException orInterrupted(RuntimeException failed) {
        return stopped ? interrupted(failed) : failed;
    }

    private AutoDumpException interrupted(@Nullable Throwable cause) {
        return new AutoDumpException(ErrorCode.INTERRUPTED, reason, hint, cause);
    }

    /** A dump that is closed once, by the first thread that calls {@code close}. */
    private final class StoppableDump implements PreparedDump {
        private final PreparedDump dump;
        private final AtomicBoolean closed = new AtomicBoolean();

        StoppableDump(PreparedDump dump) {
            this.dump = dump;
        }

        @Override
        public DumpFileType fileType() {
            return dump.fileType();
        }

        @Override
        public long databaseBytes() {
            return dump.databaseBytes();
        }

        @Override
        public SourceReport writeTo(OutputStream sink, DumpProgress progress) {
            try {
                return dump.writeTo(sink, progress);
            } catch (RuntimeException failed) {
                throw orInterrupted(failed);
            }
        }

        @Override
        public int jobs() {
            return dump.jobs();
        }

        @Override
        public SourceReport writeParts(PartSink sink, DumpProgress progress) {
            try {
                return dump.writeParts(sink, progress);
            } catch (RuntimeException failed) {
                throw orInterrupted(failed);
            }
        }

        @Override
        public void close() {
            running.remove(this);
            if (closed.compareAndSet(false, true)) {
                dump.close();
            }
        }
    }
}

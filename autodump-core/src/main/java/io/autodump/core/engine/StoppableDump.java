package io.autodump.core.engine;

import io.autodump.core.dump.DumpFileType;
import io.autodump.core.dump.SourceReport;
import io.autodump.core.port.DumpProgress;
import io.autodump.core.port.PreparedDump;
import java.io.OutputStream;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** A dump that may be closed by any thread, and by several: the first does it. Thread-safe. */
public final class StoppableDump implements PreparedDump {
    private final PreparedDump dump;
    private final Consumer<StoppableDump> onClose;
    private final UnaryOperator<RuntimeException> onFailure;
    private final AtomicBoolean closed = new AtomicBoolean();

    /**
     * Wraps a dump.
     *
     * @param onClose called at each closing, before the dump itself is closed
     * @param onFailure what to throw in the place of the dump's own failure, or that itself
     */
    public StoppableDump(
            PreparedDump dump, Consumer<StoppableDump> onClose, UnaryOperator<RuntimeException> onFailure) {
        this.dump = dump;
        this.onClose = onClose;
        this.onFailure = onFailure;
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
        } catch (RuntimeException failure) {
            throw onFailure.apply(failure);
        }
    }

    @Override
    public void close() {
        onClose.accept(this);
        if (closed.compareAndSet(false, true)) {
            dump.close();
        }
    }
}

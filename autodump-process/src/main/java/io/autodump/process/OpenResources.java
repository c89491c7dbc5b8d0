package io.autodump.process;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * What must be closed at the end, whoever brings the end about. Thread-safe; what is added too late is closed at once.
 */
public final class OpenResources {
    private final Deque<Runnable> closers = new ArrayDeque<>();
    private boolean closed;
    private boolean stopped;

    /** Starts with nothing to close. */
    public OpenResources() {}

    /** Registers what must be closed; called more than once and by several threads, it must do no harm. */
    public void add(Runnable closer) {
        synchronized (this) {
            if (!closed) {
                closers.push(closer);
                return;
            }
        }
        closer.run();
    }

    /** Closes everything, the last added first, because somebody wants the work to stop. */
    public void stop() {
        synchronized (this) {
            stopped = true;
        }
        closeAll();
    }

    public synchronized boolean isStopped() {
        return stopped;
    }

    /** Closes everything, the last added first. Each is closed by one caller; the others don't wait for it. */
    public void closeAll() {
        for (Runnable closer = next(); closer != null; closer = next()) {
            closer.run();
        }
    }

    private synchronized @Nullable Runnable next() {
        closed = true;
        return closers.poll();
    }
}

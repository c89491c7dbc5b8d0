package io.autodump.process;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The resources that must be closed when the work ends or is stopped. A resource that is added after that is closed at
 * once. Thread-safe.
 */
public final class OpenResources {
    private final Deque<Runnable> closers = new ArrayDeque<>();
    private boolean closed;
    private boolean stopped;

    /** Starts with nothing to close. */
    public OpenResources() {}

    /** Adds an action that closes a resource. Several threads may call the action, and more than once. */
    public void add(Runnable closer) {
        synchronized (this) {
            if (!closed) {
                closers.push(closer);
                return;
            }
        }
        closer.run();
    }

    /** Closes everything because the work must stop. The resource that was added last is closed first. */
    public void stop() {
        synchronized (this) {
            stopped = true;
        }
        closeAll();
    }

    public synchronized boolean isStopped() {
        return stopped;
    }

    /**
     * Closes everything. The resource that was added last is closed first. Each is closed by one caller, and the others
     * don't wait for it.
     */
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

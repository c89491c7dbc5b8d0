package io.autodump.postgres.part;

import io.autodump.core.internal.Uninterrupted;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the parts of a dump in several sessions on one snapshot. Any thread may call any method. */
public final class PartReaders implements AutoCloseable {
    private final SnapshotSessions sessions;
    private final PartDestination destination;
    private final PartListener listener;
    private final Runnable onFailure;
    private final Deque<TablePart> waiting;
    private final List<PartReader> readers = new ArrayList<>();
    private @Nullable RuntimeException failure;
    private boolean closed;

    /**
     * Prepares to read. Starts nothing yet.
     *
     * @param parts in the order in which they begin
     * @param onFailure is called once, by the thread of a reader, if a part fails for good
     */
    public PartReaders(
            SnapshotSessions sessions,
            List<TablePart> parts,
            PartDestination destination,
            PartListener listener,
            Runnable onFailure) {
        this.sessions = sessions;
        this.waiting = new ArrayDeque<>(parts);
        this.destination = destination;
        this.listener = listener;
        this.onFailure = onFailure;
    }

    /** Starts more readers, but not more than there are parts to begin. */
    public synchronized void start(int more) {
        for (int i = Math.min(more, waiting.size()); i > 0 && !closed; i--) {
            PartReader reader = new PartReader(sessions, destination, listener, this::next, this::fail);
            readers.add(reader);
            reader.start();
        }
    }

    /** Whether no reader was started. */
    public synchronized boolean isEmpty() {
        return readers.isEmpty();
    }

    /** Whether there are parts that no reader has begun. */
    public synchronized boolean areWaiting() {
        return !waiting.isEmpty();
    }

    /**
     * Waits until all parts are read.
     *
     * @throws RuntimeException the failure of a part: {@link PartFailedException}, or what the destination throws
     */
    public void await() throws InterruptedException {
        for (PartReader reader : readers()) {
            reader.join();
        }
        requireNone();
    }

    /** Throws the failure of a part, if one failed. */
    public synchronized void requireNone() {
        if (failure != null) {
            throw failure;
        }
    }

    /** Ends all sessions, and waits for their threads. Doesn't wait if a reader calls it. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            waiting.clear();
        }
        readers().forEach(PartReader::close);
        if (readers().stream().noneMatch(PartReader::isCurrent)) {
            Uninterrupted.run(this::joinAll);
        }
    }

    private void joinAll() {
        try {
            for (PartReader reader : readers()) {
                reader.join();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized List<PartReader> readers() {
        return List.copyOf(readers);
    }

    private synchronized Optional<TablePart> next() {
        return Optional.ofNullable(waiting.poll());
    }

    private void fail(RuntimeException cause) {
        synchronized (this) {
            waiting.clear();
            if (failure != null || closed) {
                return;
            }
            failure = cause;
        }
        onFailure.run();
    }
}

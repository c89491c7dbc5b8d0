package io.autodump.local.store;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLockInterruptionException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Keeps others, in this process and in any other on this machine, from changing a store's entries meanwhile. Held for a
 * few changes of names, never while bytes are copied. Where the file system has no locks (some network shares) other
 * processes aren't kept out.
 */
final class StoreLock {
    /** What is done meanwhile. */
    interface Action {
        void run() throws IOException;
    }

    /** A file lock belongs to the whole process, so threads need one of their own; one per folder. */
    private static final Map<Path, ReentrantLock> THREADS = new ConcurrentHashMap<>();

    private final Path folder;

    /** A lock file of its own in that folder, which must be there when the lock is used. */
    StoreLock(Path folder) {
        this.folder = folder;
    }

    /** Waits for whoever holds it, then does it. */
    void whileHeld(Action action) throws IOException {
        Path file = folder.toRealPath().resolve("lock");
        ReentrantLock threads = THREADS.computeIfAbsent(file, path -> new ReentrantLock());
        threads.lock();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            // Released by the closing of the channel.
            lock(channel);
            action.run();
        } finally {
            threads.unlock();
        }
    }

    private static void lock(FileChannel channel) throws IOException {
        try {
            channel.lock();
        } catch (ClosedByInterruptException | FileLockInterruptionException stopped) {
            throw stopped;
        } catch (IOException noLocksHere) {
            // The threads' lock has to do.
        }
    }
}

package io.autodump.local.store;

import io.autodump.local.file.RegularFile;
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
 * The lock of a store, for all threads and processes of one machine. It is held while files get their names, never
 * while bytes are copied. On file systems without locks (some network shares) it doesn't keep other processes out.
 */
final class StoreLock {
    /** Work that needs the lock. */
    interface Action {
        void run() throws IOException;
    }

    /** A file lock belongs to the whole process, so threads need locks of their own: one per folder. */
    private static final Map<Path, ReentrantLock> THREADS = new ConcurrentHashMap<>();

    private final Path folder;

    /** Uses a lock file in this folder, which must exist when the lock is taken. */
    StoreLock(Path folder) {
        this.folder = folder;
    }

    /** Waits for the lock and does the work. */
    void whileHeld(Action action) throws IOException {
        Path file = folder.toRealPath().resolve("lock");
        ReentrantLock threads = THREADS.computeIfAbsent(file, path -> new ReentrantLock());
        RegularFile.require(file);
        threads.lock();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            // Closing the channel releases it.
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
            // Only the lock of the threads is left.
        }
    }
}

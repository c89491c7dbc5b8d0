package io.autodump.local.scheduler;

import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Held by the one scheduler that works on a state folder. The system releases it when the process dies. */
final class StateLock implements AutoCloseable {
    /** Those of this process: a second channel on the file would, when closed, give up the first one's lock. */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;

    private StateLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Takes the lock or refuses.
     *
     * @throws AutoDumpException {@code ALREADY_RUNNING}, {@code SCHEDULER_FAILED}
     */
    static StateLock acquire(Path stateFolder) {
        try {
            Files.createDirectories(stateFolder);
            return acquire(stateFolder, stateFolder.toRealPath().resolve("scheduler.lock"));
        } catch (IOException failed) {
            throw new AutoDumpException(
                    ErrorCode.SCHEDULER_FAILED,
                    "the scheduler's lock in " + stateFolder + " can't be taken: " + failed + "; nothing was started",
                    "the state folder must be writable, and on a file system with locks",
                    failed);
        }
    }

    private static StateLock acquire(Path stateFolder, Path file) throws IOException {
        if (!HELD.add(file)) {
            throw alreadyRunning(
                    stateFolder, String.valueOf(ProcessHandle.current().pid()));
        }
        boolean acquired = false;
        try {
            FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            acquired = lock(channel);
            if (!acquired) {
                channel.close();
                throw alreadyRunning(stateFolder, Files.readString(file).strip());
            }
            return new StateLock(file, channel);
        } finally {
            if (!acquired) {
                HELD.remove(file);
            }
        }
    }

    private static boolean lock(FileChannel channel) throws IOException {
        @Nullable FileLock lock = channel.tryLock();
        if (lock == null) {
            return false;
        }
        channel.truncate(0);
        channel.write(ByteBuffer.wrap((ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII)), 0);
        return true;
    }

    private static AutoDumpException alreadyRunning(Path stateFolder, String pid) {
        return new AutoDumpException(
                ErrorCode.ALREADY_RUNNING,
                "another scheduler (process " + pid + ") works on " + stateFolder + "; nothing was started",
                "stop that one, or set \"state: FOLDER\" to another folder");
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException released) {
            // The lock goes with the process at the latest.
        } finally {
            HELD.remove(file);
        }
    }
}

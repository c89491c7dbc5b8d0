package io.autodump.local.scheduler;

import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.error.Hints;
import io.autodump.core.internal.IoReason;
import io.autodump.local.file.FolderPath;
import io.autodump.local.file.RegularFile;
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

/** The lock of a state folder; one scheduler holds it. The operating system releases it when the process dies. */
final class StateLock implements AutoCloseable {
    /** The lock files of this process. Closing a second channel on such a file would release the first one's lock. */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;

    private StateLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Takes the lock.
     *
     * @throws AutoDumpException {@code ALREADY_RUNNING} if another scheduler holds it; {@code SCHEDULER_FAILED} if the
     *     folder can't be written to
     */
    static StateLock acquire(Path stateFolder) {
        try {
            Files.createDirectories(stateFolder);
            return acquire(stateFolder, stateFolder.toRealPath().resolve("scheduler.lock"));
        } catch (IOException failed) {
            throw new AutoDumpException(
                    ErrorCode.SCHEDULER_FAILED,
                    "the scheduler's lock in " + stateFolder + " can't be taken: " + IoReason.of(failed)
                            + "; nothing was started",
                    FolderPath.remedy(stateFolder)
                            .orElse("make the state folder writable, on a file system that has locks"),
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
            RegularFile.require(file);
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
                "another scheduler (process " + pid + ") uses " + stateFolder + "; nothing was started",
                "stop that one, or " + Hints.OTHER_STATE);
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException released) {
            // The end of the process releases the lock.
        } finally {
            HELD.remove(file);
        }
    }
}

package io.autodump.testkit.program;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Files that take long to make: one of several processes with tests makes each. Safe for threads and for processes. */
public final class MadeOnce {
    private MadeOnce() {}

    /** Makes a file. */
    public interface Maker {
        /**
         * Makes the file, under another name.
         *
         * @param unfinished the file to write; it may stay absent if it can't be made
         * @throws IOException if it fails
         */
        void make(Path unfinished) throws IOException;
    }

    /**
     * Makes a file unless it is there. Waits while another process or thread makes it.
     *
     * @param file the file, in a folder that is there; it appears when it is whole
     * @throws UncheckedIOException if it fails
     */
    public static synchronized void file(Path file, Maker maker) {
        if (Files.exists(file)) {
            return;
        }
        Path lock = file.resolveSibling(file.getFileName() + ".lock");
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            // Closing the channel unlocks it.
            channel.lock();
            if (!Files.exists(file)) {
                Path unfinished = file.resolveSibling(file.getFileName() + ".unfinished");
                maker.make(unfinished);
                if (Files.exists(unfinished)) {
                    Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
                }
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}

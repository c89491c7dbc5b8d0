package io.autodump.local.scheduler;

import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.error.Hints;
import io.autodump.core.internal.IoReason;
import io.autodump.local.file.DurableFiles;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Properties;

/**
 * The last due time of each secret's drills that was taken, in a file of the state folder, so that a restart neither
 * loses nor repeats a drill. Not thread-safe.
 */
final class DrillTimes {
    private static final String FILE = "drills.properties";

    private final Path folder;
    private final DurableFiles files = new DurableFiles();

    DrillTimes(Path stateFolder) {
        this.folder = stateFolder;
    }

    /**
     * Takes a due time. A secret's first one isn't taken: its tag may be newer.
     *
     * @return whether the drill is made now
     * @throws AutoDumpException {@code SCHEDULER_FAILED} if the file can't be read or written; the drill isn't made
     */
    boolean take(String secret, Instant due) {
        try {
            Properties times = read();
            String before = times.getProperty(secret);
            if (before != null && !isBefore(before, due)) {
                return false;
            }
            times.setProperty(secret, due.toString());
            write(times);
            return before != null;
        } catch (IOException failed) {
            throw new AutoDumpException(
                    ErrorCode.SCHEDULER_FAILED,
                    "the times of restore drills in " + folder.resolve(FILE) + " can't be kept: " + IoReason.of(failed)
                            + "; no drill is made",
                    "make the folder writable, or " + Hints.OTHER_STATE,
                    failed);
        }
    }

    private static boolean isBefore(String taken, Instant due) {
        try {
            return Instant.parse(taken).isBefore(due);
        } catch (DateTimeException changedByHand) {
            return true;
        }
    }

    private Properties read() throws IOException {
        Properties times = new Properties();
        try {
            times.load(new StringReader(Files.readString(folder.resolve(FILE))));
        } catch (NoSuchFileException none) {
            return times;
        } catch (IllegalArgumentException damaged) {
            // Every secret counts as new.
            return new Properties();
        }
        return times;
    }

    private void write(Properties times) throws IOException {
        StringWriter text = new StringWriter();
        times.store(text, "The last due time of each secret's restore drills");
        files.createFolders(folder);
        Path written = folder.resolve(FILE + ".new");
        files.delete(written);
        files.writeNew(written, text.toString().getBytes(StandardCharsets.UTF_8));
        files.replace(written, folder.resolve(FILE));
        files.syncFolder(folder);
    }
}

package io.autodump.local.store;

import io.autodump.core.dump.DumpKey;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.error.Hints;
import io.autodump.core.internal.ByteCount;
import io.autodump.core.internal.IoReason;
import io.autodump.local.file.FolderPath;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileLockInterruptionException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Turns failures of the file system into errors that say what was published, and what to do. */
final class StoreFailure {
    private static final String BROKEN_DISK =
            "check the disk of STORE, its cable or its network (dmesg shows its errors), then run the dump again";

    /** A disk that refuses a file for want of space has less, unless it lacks inodes. */
    private static final long ROOM = 1 << 20;

    /** Stands for the folder of the store in an advice. */
    private static final String STORE = "STORE";

    /** What to do if the reason has this word. */
    private record Advice(String word, String text) {}

    private static final List<Advice> ADVICE = List.of(
            new Advice("quota", "raise the quota of the user who runs AutoDump, or free some space in STORE"),
            new Advice("input/output error", BROKEN_DISK),
            new Advice("stale file handle", BROKEN_DISK),
            new Advice("symbolic links", "remove the symbolic link below STORE that leads to itself"),
            new Advice(
                    "too many open files", "raise the limit of open files (ulimit -n), or lower max-concurrent-dumps"),
            new Advice("file too large", "raise the limit of a file's size (ulimit -f), or " + Hints.OTHER_STORE),
            new Advice(
                    "name too long",
                    "shorten the name of the secret or its prefix: on most file systems, a part between two slashes has"
                            + " at most 255 bytes, of which the manifest's name needs 14"),
            new Advice("isn't a regular file", "remove what lies there below STORE: a pipe, a device or a folder"),
            new Advice("read-only", "mount the disk of STORE for writing, or " + Hints.OTHER_STORE));

    private StoreFailure() {}

    static AutoDumpException of(String what, Path root, IOException cause) {
        if (cause instanceof ClosedByInterruptException || cause instanceof FileLockInterruptionException) {
            return new AutoDumpException(
                    ErrorCode.INTERRUPTED,
                    what + ": the process was asked to stop; nothing was published",
                    "run the dump again",
                    cause);
        }
        String reason = IoReason.of(cause);
        return new AutoDumpException(
                ErrorCode.STORE_FAILED,
                what + ": " + reason + "; nothing was published",
                fileInTheWay(cause, root).orElseGet(() -> hint(reason.toLowerCase(Locale.ROOT), root)),
                cause);
    }

    static AutoDumpException exists(DumpKey key) {
        return new AutoDumpException(
                ErrorCode.DUMP_EXISTS,
                "dump " + key + " is finished and stays as it is; nothing was written",
                "remove it first if it is to be made again, or dump at another instant");
    }

    static AutoDumpException notFound(DumpKey key) {
        return new AutoDumpException(
                ErrorCode.DUMP_NOT_FOUND,
                "there is no file of dump " + key + "; nothing was changed",
                Hints.LIST_DUMPS);
    }

    /** For a folder that can't be, because it or one above it is a file. */
    private static Optional<String> fileInTheWay(IOException cause, Path root) {
        return FolderPath.remedy(root)
                .or(() -> cause instanceof FileSystemException failed
                        ? Optional.ofNullable(failed.getFile())
                                .map(file -> folder(cause, Path.of(file)))
                                .flatMap(FolderPath::remedy)
                        : Optional.empty());
    }

    /** The folder that was wanted; for most failures, the one of the file. */
    private static @Nullable Path folder(IOException cause, Path path) {
        return cause instanceof NotDirectoryException || cause instanceof FileAlreadyExistsException
                ? path
                : path.getParent();
    }

    private static String hint(String reason, Path root) {
        if (reason.contains("no space left")) {
            return noSpaceHint(root);
        }
        return ADVICE.stream()
                .filter(advice -> reason.contains(advice.word()))
                .findFirst()
                .map(advice -> advice.text().replace(STORE, root.toString()))
                .orElse("let the user who runs AutoDump write to the folder " + root);
    }

    private static String noSpaceHint(Path root) {
        return hasRoom(root)
                ? "remove small files from the disk of " + root
                        + ", or " + Hints.OTHER_STORE + ": this disk has room" + free(root)
                        + ", and no inodes for another file (df -i)"
                : "free some space in " + root + free(root) + ", or " + Hints.OTHER_STORE + " on a larger disk";
    }

    /** A disk with room refuses a new file if it has no inodes left, and says that there is no space. */
    private static boolean hasRoom(Path root) {
        try {
            return Files.getFileStore(root).getUsableSpace() > ROOM;
        } catch (IOException unknown) {
            return false;
        }
    }

    private static String free(Path root) {
        try {
            return " (" + ByteCount.text(Files.getFileStore(root).getUsableSpace()) + " are free)";
        } catch (IOException unknown) {
            return "";
        }
    }
}

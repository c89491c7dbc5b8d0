package io.autodump.local.store;

import io.autodump.core.dump.DumpKey;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.error.Hints;
import io.autodump.core.internal.ByteCount;
import io.autodump.local.file.IoReason;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileLockInterruptionException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Turns failures of the file system into errors that say what was published, and what to do. */
final class StoreFailure {
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
                hint(reason.toLowerCase(Locale.ROOT), root),
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

    private static String hint(String reason, Path root) {
        if (reason.contains("no space left") || reason.contains("quota")) {
            return "free some space in " + root + free(root) + ", or " + Hints.OTHER_STORE + " on a larger disk";
        }
        if (reason.contains("name too long")) {
            return "shorten the name of the secret or its prefix: on most file systems, a part between two slashes has"
                    + " at most 255 bytes, of which the manifest's name needs 14";
        }
        if (reason.contains("read-only")) {
            return "mount the disk of " + root + " for writing, or " + Hints.OTHER_STORE;
        }
        return "let the user who runs AutoDump write to the folder " + root;
    }

    private static String free(Path root) {
        try {
            return " (" + ByteCount.text(Files.getFileStore(root).getUsableSpace()) + " are free)";
        } catch (IOException unknown) {
            return "";
        }
    }
}

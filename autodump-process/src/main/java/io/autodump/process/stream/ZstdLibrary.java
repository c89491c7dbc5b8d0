package io.autodump.process.stream;

import com.github.luben.zstd.util.Native;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.process.PrivateFolders;
import java.nio.file.Path;

/**
 * The native library of Zstandard. It is unpacked into the folder for temporary files before it is loaded. Here that is
 * a private folder, which is removed at once, so that no process leaves a copy behind when it is killed.
 */
final class ZstdLibrary {
    private ZstdLibrary() {}

    /**
     * Loads the library unless it is loaded.
     *
     * @throws AutoDumpException {@code PROCESS_NOT_STARTED} if it can't be unpacked or loaded
     */
    static synchronized void load() {
        if (Native.isLoaded()) {
            return;
        }
        Path folder = PrivateFolders.create();
        try {
            Native.load(folder.toFile());
        } catch (LinkageError notLoaded) {
            throw new AutoDumpException(
                    ErrorCode.PROCESS_NOT_STARTED,
                    "the library of Zstandard couldn't be loaded: " + notLoaded.getMessage() + "; nothing was written",
                    "make the folder for temporary files (-Djava.io.tmpdir) writable, with room for files, and mount it"
                            + " without noexec",
                    notLoaded);
        } finally {
            PrivateFolders.remove(folder);
        }
    }
}

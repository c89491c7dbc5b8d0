package io.autodump.process.stream;

import com.github.luben.zstd.util.Native;
import io.autodump.process.PrivateFolders;
import java.nio.file.Path;

/**
 * The native library of Zstandard. It is unpacked into the folder for temporary files before it is loaded. Here that is
 * a private folder, which is removed at once, so that no process leaves a copy behind when it is killed.
 */
final class ZstdLibrary {
    private ZstdLibrary() {}

    /** Loads the library unless it is loaded. */
    static synchronized void load() {
        if (Native.isLoaded()) {
            return;
        }
        Path folder = PrivateFolders.create();
        try {
            Native.load(folder.toFile());
        } finally {
            PrivateFolders.remove(folder);
        }
    }
}

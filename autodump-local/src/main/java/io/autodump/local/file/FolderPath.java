package io.autodump.local.file;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;

/** Explains why there is no folder at a path. */
public final class FolderPath {
    private FolderPath() {}

    /** Returns the file at the path or above it that isn't a folder. Empty if something else is wrong, or nothing. */
    public static Optional<Path> blockedBy(Path folder) {
        Path place = folder.toAbsolutePath();
        while (place != null && !Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
            place = place.getParent();
        }
        return Optional.ofNullable(place).filter(there -> Files.exists(there) && !Files.isDirectory(there));
    }

    /** Returns what to do about the file that is in the place of a folder. Empty if there is none. */
    public static Optional<String> remedy(Path folder) {
        return blockedBy(folder)
                .map(file -> PathText.oneLine(file)
                        + " is a file and no folder: correct the path in the configuration, or move the file away");
    }
}

package io.autodump.process;

import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Folders with mode 0700 for password files and pipes. Each is named after its process. If {@code kill -9} left one
 * behind, the next process that creates a folder removes it, so that no password stays on disk.
 */
public final class PrivateFolders {
    public static final String PASSFILE = "passfile";

    private static final String PREFIX = "autodump-";
    private static final Pattern NAME = Pattern.compile(PREFIX + "(\\d{1,18})-\\d+");

    private PrivateFolders() {}

    public static Path create() {
        try {
            Path folder = Files.createTempDirectory(
                    PREFIX + ProcessHandle.current().pid() + "-",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            Path parent = folder.getParent();
            if (parent != null) {
                removeLeftBehind(parent);
            }
            return folder;
        } catch (IOException failed) {
            throw new AutoDumpException(
                    ErrorCode.PROCESS_NOT_STARTED,
                    "no private folder for a client program could be made: " + failed.getMessage()
                            + "; nothing was written",
                    "make the folder for temporary files (-Djava.io.tmpdir) writable",
                    failed);
        }
    }

    /** Removes a folder and the files in it. Does nothing if the folder doesn't exist. */
    public static void remove(Path folder) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(folder);
        } catch (IOException | DirectoryIteratorException leftBehind) {
            // The next process that creates such a folder removes it.
        }
    }

    /** Removes the folders of processes that have exited. Leaves folders of other users alone. */
    static void removeLeftBehind(Path parent) {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent, PREFIX + "*")) {
            for (Path folder : folders) {
                Matcher name = NAME.matcher(String.valueOf(folder.getFileName()));
                if (name.matches()
                        && Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
                        && ProcessHandle.of(Long.parseLong(name.group(1))).isEmpty()) {
                    remove(folder);
                }
            }
        } catch (IOException | RuntimeException unreadable) {
            // A dump doesn't fail because an old folder can't be removed.
        }
    }
}

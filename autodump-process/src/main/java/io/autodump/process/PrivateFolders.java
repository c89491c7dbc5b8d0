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
 * Folders for password files and pipes, mode 0700 and named after their process. One that {@code kill -9} has left behind is removed
 * by the next process that makes one, so that no password stays on disk.
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

    /** Removes a folder and the files in it. One that is gone already is no failure. */
    public static void remove(Path folder) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(folder);
        } catch (IOException | DirectoryIteratorException leftBehind) {
            // The next process that makes such a folder removes it.
        }
    }

    /** Those of processes that are gone; others' folders can't be removed, and don't need to be. */
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
            // It is a courtesy to those who died; a dump doesn't fail for it.
        }
    }
}

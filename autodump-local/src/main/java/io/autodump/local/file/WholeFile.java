package io.autodump.local.file;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;

/** Writes a file that a user names. A reader finds the earlier file or the whole new one. */
public final class WholeFile {
    private static final int MOST_LINKS = 40;
    private static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

    private WholeFile() {}

    /**
     * Replaces the file at once. A link stays, and the file that it points to is replaced. A device or a pipe is
     * written into.
     *
     * @throws FileSystemException if it is a folder
     */
    public static void write(Path named, byte[] bytes) throws IOException {
        if (Files.isDirectory(named)) {
            throw new FileSystemException(named.toString(), null, "is a folder");
        }
        if (RegularFile.isOther(named)) {
            try (OutputStream out = Files.newOutputStream(named, StandardOpenOption.WRITE)) {
                out.write(bytes);
            }
            return;
        }
        replace(withoutLinks(named).toAbsolutePath(), bytes);
    }

    /** The file may be missing: then a link points to what is to be written. */
    private static Path withoutLinks(Path named) throws IOException {
        Path place = named;
        for (int links = 0; Files.isSymbolicLink(place); links++) {
            if (links == MOST_LINKS) {
                throw new FileSystemLoopException(named.toString());
            }
            place = place.resolveSibling(Files.readSymbolicLink(place));
        }
        return place;
    }

    private static void replace(Path target, byte[] bytes) throws IOException {
        Path folder = target.getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new FileSystemException(String.valueOf(folder), null, "no such folder");
        }
        Path temporary = Files.createTempFile(folder, ".autodump-", ".tmp", likeANewFile());
        try {
            if (POSIX && Files.exists(target)) {
                copyAccess(target, temporary);
            }
            Files.write(temporary, bytes);
            Files.move(temporary, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /** The system takes away what the process's umask says. */
    private static FileAttribute<?>[] likeANewFile() {
        return POSIX
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-rw-rw-"))
                }
                : new FileAttribute<?>[0];
    }

    private static void copyAccess(Path from, Path to) throws IOException {
        PosixFileAttributes earlier = Files.readAttributes(from, PosixFileAttributes.class);
        PosixFileAttributeView view = Files.getFileAttributeView(to, PosixFileAttributeView.class);
        view.setPermissions(earlier.permissions());
        try {
            view.setGroup(earlier.group());
            view.setOwner(earlier.owner());
        } catch (IOException notAllowed) {
            // Only root may give a file away.
        }
    }
}

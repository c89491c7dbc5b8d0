package io.autodump.local.file;

import io.autodump.core.internal.BoundedText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/** Keeps away from pipes and devices, which may have no end: to open a pipe can take for ever. */
public final class RegularFile {
    private static final int MIBI = 1 << 20;

    private RegularFile() {}

    /**
     * Returns whether something else than a regular file is there. It looks once: between two looks, another thread or
     * process could create or remove the file. What can't be looked at counts as a regular file; opening it says why.
     */
    public static boolean isOther(Path file) {
        try {
            return !Files.readAttributes(file, BasicFileAttributes.class).isRegularFile();
        } catch (IOException notThere) {
            return false;
        }
    }

    /**
     * Requires that a file is a regular one, or isn't there.
     *
     * @throws FileSystemException if it is something else
     */
    public static void require(Path file) throws FileSystemException {
        if (isOther(file)) {
            throw new FileSystemException(file.toString(), null, "isn't a regular file");
        }
    }

    /**
     * Reads a file of at most this size.
     *
     * @throws java.nio.file.NoSuchFileException if it isn't there
     * @throws CharacterCodingException if it isn't UTF-8 text
     * @throws TooLargeException if it has more bytes
     */
    public static String read(Path file, int mostMebibytes) throws IOException {
        require(file);
        try (InputStream in = Files.newInputStream(file)) {
            return BoundedText.read(in, mostMebibytes * MIBI);
        } catch (BoundedText.TooLongException tooLong) {
            throw new TooLargeException(file, mostMebibytes);
        }
    }

    /** Thrown for a file that is larger than any that AutoDump writes. */
    public static final class TooLargeException extends FileSystemException {
        private static final long serialVersionUID = 1L;

        TooLargeException(Path file, int mebibytes) {
            super(file.toString(), null, "has more than " + mebibytes + " MiB");
        }
    }
}

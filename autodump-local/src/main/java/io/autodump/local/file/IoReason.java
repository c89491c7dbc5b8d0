package io.autodump.local.file;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Describes failures of the file system. The message of many of Java's exceptions is a path and nothing else. */
public final class IoReason {
    private IoReason() {}

    /** The path and the reason, for a message. */
    public static String of(Throwable failure) {
        if (failure instanceof FileSystemException onFile) {
            return onFile.getFile() + ": " + reason(onFile);
        }
        return failure.getMessage() == null ? failure.toString() : failure.getMessage();
    }

    private static String reason(FileSystemException failure) {
        if (failure instanceof NoSuchFileException) {
            return "no such file or folder";
        }
        if (failure instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (failure instanceof FileAlreadyExistsException) {
            return "the name is taken";
        }
        if (failure instanceof NotDirectoryException) {
            return "not a folder";
        }
        return failure.getReason() == null ? failure.getClass().getSimpleName() : failure.getReason();
    }
}

package io.autodump.core.internal;

import java.io.FileNotFoundException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.NotLinkException;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Describes failures of input and output in words, without the names of Java's classes. The message of many of Java's
 * exceptions is a path and nothing else, or is missing.
 */
public final class IoReason {
    private static final String NO_REASON = "the system gave no reason";

    private static final Map<Class<? extends FileSystemException>, String> REASONS = Map.of(
            NoSuchFileException.class, "no such file or folder",
            AccessDeniedException.class, "permission denied",
            FileAlreadyExistsException.class, "the name is taken",
            NotDirectoryException.class, "not a folder",
            DirectoryNotEmptyException.class, "the folder isn't empty",
            FileSystemLoopException.class, "a loop of symbolic links",
            NotLinkException.class, "not a symbolic link");

    /** A class of Java's in a text, with the colon that follows. */
    private static final Pattern CLASS_NAME =
            Pattern.compile("\\b(?:[a-z]\\w*\\.)+[A-Z]\\w*(?:Exception|Error)\\b(?:: )?");

    private IoReason() {}

    /** The path and the reason, for a message. */
    public static String of(Throwable failure) {
        if (failure instanceof FileSystemException onFile) {
            return onFile.getFile() + ": " + reason(onFile);
        }
        if (failure instanceof ClosedChannelException) {
            return "the file or connection was closed";
        }
        String message = plain(Optional.ofNullable(failure.getMessage()).orElse(""));
        if (failure instanceof UnknownHostException) {
            return "the name " + message + " can't be resolved";
        }
        if (failure instanceof FileNotFoundException || !message.isBlank()) {
            return message;
        }
        return Optional.ofNullable(failure.getCause()).map(IoReason::of).orElse(NO_REASON);
    }

    /** A text without the names of Java's exceptions, which some libraries put into their messages. */
    public static String plain(String text) {
        return CLASS_NAME.matcher(text).replaceAll("").strip();
    }

    private static String reason(FileSystemException failure) {
        String known = REASONS.get(failure.getClass());
        if (known != null) {
            return known;
        }
        return Optional.ofNullable(failure.getReason()).orElse(NO_REASON);
    }
}

package io.autodump.core.internal;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Describes failures of input and output in words, without the names of Java's classes. The message of many of Java's
 * exceptions is a path and nothing else, or is missing. Knows the classes by their names: the core uses no files.
 */
public final class IoReason {
    private static final String NO_REASON = "the system gave no reason";
    private static final String ON_FILE = "FileSystemException";

    /** What the names of exceptions say about the path that is their message. */
    private static final Map<String, String> REASONS = Map.of(
            "NoSuchFileException", "no such file or folder",
            "AccessDeniedException", "permission denied",
            "FileAlreadyExistsException", "the name is taken",
            "NotDirectoryException", "not a folder",
            "DirectoryNotEmptyException", "the folder isn't empty",
            "FileSystemLoopException", "a loop of symbolic links",
            "NotLinkException", "not a symbolic link");

    /**
     * A class of Java or of a library in a text, with the colon that follows. Without its package, only what looks like
     * the beginning of an exception's text.
     */
    private static final Pattern CLASS_NAME =
            Pattern.compile("\\b(?:[a-z]\\w*\\.)+[A-Z]\\w*(?:Exception|Error)\\b(?:: )?"
                    + "|\\b(?:java|javax|jdk|sun|com\\.sun|org\\.postgresql|software\\.amazon)(?:\\.\\w+)*\\.[A-Z][\\w$]*(?:: )?"
                    + "|(?<![\\w.])[A-Z]\\w+Exception(?:: |$)");

    private IoReason() {}

    /** The path and the reason, for a message. */
    public static String of(Throwable failure) {
        String name = failure.getClass().getSimpleName();
        String message = plain(Optional.ofNullable(failure.getMessage()).orElse(""));
        if (REASONS.containsKey(name)) {
            return message + ": " + REASONS.get(name);
        }
        if (name.equals("UnknownHostException")) {
            return "the name " + message + " can't be resolved";
        }
        if (message.isBlank()) {
            return withoutMessage(failure, name);
        }
        return name.equals(ON_FILE) && !message.contains(": ") ? message + ": " + NO_REASON : message;
    }

    private static String withoutMessage(Throwable failure, String name) {
        if (name.contains("Closed") || name.equals("AsynchronousCloseException")) {
            return "the file or connection was closed";
        }
        return Optional.ofNullable(failure.getCause()).map(IoReason::of).orElse(NO_REASON);
    }

    /** A text without the names of Java's exceptions, which some libraries put into their messages. */
    public static String plain(String text) {
        return CLASS_NAME.matcher(text).replaceAll("").strip();
    }
}

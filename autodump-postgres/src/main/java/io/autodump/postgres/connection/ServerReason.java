package io.autodump.postgres.connection;

import io.autodump.core.internal.IoReason;
import java.net.UnknownHostException;
import java.nio.file.FileSystemException;
import java.sql.SQLException;
import java.util.stream.Stream;

/** Says why the server or the driver failed, in one line and without the names of Java's classes. */
public final class ServerReason {
    /** The driver names its class if the certificate has another name. */
    private static final String NAME_REFUSED = " could not be verified by hostnameverifier \\S+";

    static final String OTHER_HOST = "isn't in the server's certificate";

    private static final String PROTOCOL_VIOLATION = "08P01";
    private static final String DRIVER = "org.postgresql.";
    private static final String OURS = "io.autodump.";

    private ServerReason() {}

    /**
     * Returns whether the driver threw something else than its own exception: it couldn't read what the server said.
     */
    public static boolean isGarbled(RuntimeException failed) {
        return Stream.of(failed.getStackTrace())
                .map(StackTraceElement::getClassName)
                .filter(name -> name.startsWith(DRIVER) || name.startsWith(OURS))
                .findFirst()
                .filter(name -> name.startsWith(DRIVER))
                .isPresent();
    }

    /** Returns the exception for an answer that the driver couldn't read. */
    public static SQLException garbled(RuntimeException cause) {
        return garbled("the server's answer can't be read", cause);
    }

    /** The same in other words. */
    public static SQLException garbled(String what, Throwable cause) {
        return new SQLException(what, PROTOCOL_VIOLATION, cause);
    }

    /** Returns the message, with those of the causes that the driver hides. */
    public static String of(Throwable failed) {
        StringBuilder reason = new StringBuilder(oneLine(failed));
        for (Throwable cause = failed.getCause(); cause != null; cause = cause.getCause()) {
            String text = oneLine(cause);
            if (!text.isEmpty() && reason.indexOf(text) < 0) {
                reason.append(" (").append(text).append(')');
            }
        }
        return reason.toString();
    }

    private static String oneLine(Throwable failed) {
        String text = failed instanceof UnknownHostException || failed instanceof FileSystemException
                ? IoReason.of(failed)
                : IoReason.plain(String.valueOf(failed.getMessage()));
        return failed.getMessage() == null
                ? ""
                : text.replaceAll("\\s*\\R\\s*", " ").replaceAll("\\.$", "").replaceAll(NAME_REFUSED, " " + OTHER_HOST);
    }
}

package io.autodump.postgres.drill;

import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.error.Hints;
import io.autodump.core.internal.IoReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The user who runs a server for a drill. PostgreSQL refuses to run as root; then it is the user {@code postgres}, or
 * else {@code nobody}. Immutable.
 *
 * @param other the user; empty for the user of this process
 * @param prefix begins each command line
 */
record ServerUser(Optional<UserPrincipal> other, List<String> prefix) {
    private static final String ROOT = "root";

    ServerUser {
        prefix = List.copyOf(prefix);
    }

    /**
     * Finds the user.
     *
     * @throws AutoDumpException {@code SCRATCH_SERVER_MISSING} if this process is root's, and there is no other user or
     *     no program that becomes it
     */
    static ServerUser find() {
        return isRoot() ? insteadOfRoot() : new ServerUser(Optional.empty(), List.of());
    }

    private static boolean isRoot() {
        return ROOT.equals(System.getProperty("user.name"));
    }

    private static ServerUser insteadOfRoot() {
        Optional<UserPrincipal> user = Stream.of("postgres", "nobody")
                .flatMap(name -> lookUp(name).stream())
                .findFirst();
        Optional<Path> setpriv = Stream.of("/usr/bin/setpriv", "/bin/setpriv")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
        if (user.isEmpty() || setpriv.isEmpty()) {
            throw new AutoDumpException(
                    ErrorCode.SCRATCH_SERVER_MISSING,
                    "no scratch server is configured, and PostgreSQL refuses to run as root; the drill needs setpriv"
                            + " and a user postgres or nobody to start a server; nothing was restored",
                    "make the drill as another user than root, or " + Hints.DRILL_SERVER);
        }
        String name = user.get().getName();
        return new ServerUser(
                user,
                List.of(
                        // The programs need a working folder that the other user may enter.
                        "/bin/sh",
                        "-c",
                        "cd / && exec \"$@\"",
                        "sh",
                        setpriv.get().toString(),
                        "--reuid=" + name,
                        "--regid=" + groupOf(name),
                        "--clear-groups",
                        "--no-new-privs",
                        "--"));
    }

    private static Optional<UserPrincipal> lookUp(String name) {
        try {
            return Optional.of(
                    Path.of("/").getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(name));
        } catch (UserPrincipalNotFoundException | UnsupportedOperationException notHere) {
            return Optional.empty();
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    /** The number of the user's group in {@code /etc/passwd}; the user's name if it isn't there. */
    private static String groupOf(String user) {
        try (Stream<String> lines = Files.lines(Path.of("/etc/passwd"))) {
            return lines.map(line -> line.split(":", -1))
                    .filter(fields -> fields.length > 3 && fields[0].equals(user))
                    .map(fields -> fields[3])
                    .findFirst()
                    .orElse(user);
        } catch (IOException unreadable) {
            return user;
        }
    }

    /**
     * Gives a file or folder to the user.
     *
     * @throws AutoDumpException {@code PROCESS_NOT_STARTED}
     */
    void give(Path path) {
        other.ifPresent(owner -> {
            try {
                Files.setOwner(path, owner);
            } catch (IOException refused) {
                throw new AutoDumpException(
                        ErrorCode.PROCESS_NOT_STARTED,
                        path + " couldn't be given to " + owner.getName() + ": " + IoReason.of(refused)
                                + "; nothing was restored",
                        "choose another folder for the server's data, or " + Hints.DRILL_SERVER,
                        refused);
            }
        });
    }

    @Override
    public String toString() {
        return "user " + other.map(UserPrincipal::getName).orElse(System.getProperty("user.name"));
    }
}

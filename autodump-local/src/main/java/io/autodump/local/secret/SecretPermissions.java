package io.autodump.local.secret;

import io.autodump.local.file.PathText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Set;

/** Finds files with secrets that other users can read, on file systems with POSIX permissions. */
final class SecretPermissions {
    /** More files than this with loose permissions have one cause and get one warning. */
    private static final int MOST_WARNINGS = 3;

    private static final String ROOT = "root";

    private SecretPermissions() {}

    static List<SecretWarning> warnings(String place, List<Path> files) {
        String user = System.getProperty("user.name", "");
        List<Path> loose =
                files.stream().filter(file -> isReadableByOthers(file, user)).toList();
        if (loose.size() > MOST_WARNINGS) {
            return List.of(
                    warning(place, loose.size() + " files are readable by other users", "run: chmod -R go= " + place));
        }
        return loose.stream()
                .map(PathText::oneLine)
                .map(file -> warning(file, "is readable by other users", "run: chmod 600 " + file))
                .toList();
    }

    private static SecretWarning warning(String where, String what, String remedy) {
        return new SecretWarning(SecretWarning.Kind.PERMISSIONS, where, what, remedy);
    }

    /**
     * Returns whether users besides the owner and {@code user} can read a file. A file of another owner that its group
     * can read is how Kubernetes hands secrets to a pod's user.
     */
    static boolean isReadableByOthers(Path file, String user) {
        try {
            PosixFileAttributes attributes = Files.readAttributes(file, PosixFileAttributes.class);
            Set<PosixFilePermission> permissions = attributes.permissions();
            boolean throughItsGroup =
                    !user.equals(ROOT) && !user.equals(attributes.owner().getName());
            return permissions.contains(PosixFilePermission.OTHERS_READ)
                    || (permissions.contains(PosixFilePermission.GROUP_READ) && !throughItsGroup);
        } catch (IOException | UnsupportedOperationException unknown) {
            return false;
        }
    }
}

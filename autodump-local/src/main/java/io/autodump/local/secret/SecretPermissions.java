package io.autodump.local.secret;

import io.autodump.local.file.PathText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Set;

/** Finds files with secrets that other users can read, on file systems with POSIX permissions. */
final class SecretPermissions {
    /** More files than this with loose permissions have one cause and get one warning. */
    private static final int MOST_WARNINGS = 3;

    private static final Set<PosixFilePermission> OTHERS_READ =
            Set.of(PosixFilePermission.GROUP_READ, PosixFilePermission.OTHERS_READ);

    private SecretPermissions() {}

    static List<SecretWarning> warnings(String place, List<Path> files) {
        List<Path> loose =
                files.stream().filter(SecretPermissions::isReadableByOthers).toList();
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

    private static boolean isReadableByOthers(Path file) {
        try {
            return Files.getPosixFilePermissions(file).stream().anyMatch(OTHERS_READ::contains);
        } catch (IOException | UnsupportedOperationException unknown) {
            return false;
        }
    }
}

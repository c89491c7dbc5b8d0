package io.autodump.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Ends the children of a process that was killed. They have a file of its private folder in their environment. A
 * {@code pg_dump} that waits for a lock would otherwise wait on, in a session that blocks others. On Linux, by {@code
 * /proc}; elsewhere it ends none.
 */
final class OrphanedChildren {
    private static final Path PROCESSES = Path.of("/proc");

    private OrphanedChildren() {}

    /** Sends SIGTERM, on which {@code pg_dump} cancels its query, to every process that uses the folder. */
    static void end(Path folder) {
        long own = ProcessHandle.current().pid();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROCESSES, "[1-9]*")) {
            for (Path process : processes) {
                long pid = Long.parseLong(String.valueOf(process.getFileName()));
                if (pid != own && uses(process, folder)) {
                    ProcessHandle.of(pid).ifPresent(ProcessHandle::destroy);
                }
            }
        } catch (IOException | RuntimeException unreadable) {
            // Then the time limits of the children's sessions end them.
        }
    }

    private static boolean uses(Path process, Path folder) {
        try {
            String environment = Files.readString(process.resolve("environ"), StandardCharsets.ISO_8859_1);
            return environment.contains("PGPASSFILE=" + folder + "/");
        } catch (IOException goneOrForeign) {
            return false;
        }
    }
}

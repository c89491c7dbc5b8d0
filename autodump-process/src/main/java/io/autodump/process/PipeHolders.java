package io.autodump.process;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the processes that have a file open, also those whose parent is gone. On Linux, by {@code /proc}; elsewhere it
 * finds none.
 */
final class PipeHolders {
    private static final Path PROCESSES = Path.of("/proc");

    private PipeHolders() {}

    /** The processes, other than this one, that have a file of that folder open, whether or not it has a name still. */
    static List<ProcessHandle> of(Path folder) {
        List<ProcessHandle> holders = new ArrayList<>();
        long own = ProcessHandle.current().pid();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROCESSES, "[1-9]*")) {
            for (Path process : processes) {
                long pid = Long.parseLong(String.valueOf(process.getFileName()));
                if (pid != own && holds(process, folder + "/")) {
                    ProcessHandle.of(pid).ifPresent(holders::add);
                }
            }
        } catch (IOException | RuntimeException unreadable) {
            // Then those that are found by their parents have to do.
        }
        return holders;
    }

    private static boolean holds(Path process, String prefix) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(process.resolve("fd"))) {
            for (Path file : files) {
                if (Files.readSymbolicLink(file).toString().startsWith(prefix)) {
                    return true;
                }
            }
        } catch (IOException | RuntimeException goneOrForeign) {
            // A process of another user can't have our pipe.
        }
        return false;
    }
}

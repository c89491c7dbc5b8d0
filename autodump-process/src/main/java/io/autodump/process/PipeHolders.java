package io.autodump.process;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the processes that have a file open, including processes whose parent has exited. Reads {@code /proc} on Linux.
 * Finds none on other systems.
 */
final class PipeHolders {
    private static final Path PROCESSES = Path.of("/proc");

    /** Java starts this program first, which becomes the program that was asked for. */
    private static final String SPAWN_HELPER = "jspawnhelper";

    private static final Path OWN_PROGRAM = ownProgram();

    private PipeHolders() {}

    /**
     * Returns the processes, other than this one, that have a file of the folder open, even if the file was deleted.
     */
    static List<ProcessHandle> of(Path folder) {
        List<ProcessHandle> holders = new ArrayList<>();
        long own = ProcessHandle.current().pid();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROCESSES, "[1-9]*")) {
            for (Path process : processes) {
                long pid = pid(process);
                if (pid != own && holds(process, folder + "/")) {
                    ProcessHandle.of(pid).ifPresent(holders::add);
                }
            }
        } catch (IOException | RuntimeException unreadable) {
            // The descendants of the child are all that can be found then.
        }
        return holders;
    }

    /**
     * Whether the process is a child of ours that hasn't become its program yet. Until then it has all our files open,
     * and closes them by itself. Ask this before its files: a process that has become its program stays that.
     */
    private static boolean isBeingStarted(Path process) {
        try {
            Path program = Files.readSymbolicLink(process.resolve("exe"));
            return (program.equals(OWN_PROGRAM) || program.endsWith(SPAWN_HELPER)) && isOurChild(process);
        } catch (IOException | RuntimeException goneOrForeign) {
            return false;
        }
    }

    private static boolean isOurChild(Path process) {
        return ProcessHandle.of(pid(process))
                .flatMap(ProcessHandle::parent)
                .filter(ProcessHandle.current()::equals)
                .isPresent();
    }

    private static long pid(Path process) {
        return Long.parseLong(String.valueOf(process.getFileName()));
    }

    private static Path ownProgram() {
        try {
            return Files.readSymbolicLink(PROCESSES.resolve("self/exe"));
        } catch (IOException | RuntimeException unreadable) {
            return PROCESSES;
        }
    }

    private static boolean holds(Path process, String prefix) {
        if (isBeingStarted(process)) {
            return false;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(process.resolve("fd"))) {
            for (Path file : files) {
                if (Files.readSymbolicLink(file).toString().startsWith(prefix)) {
                    return true;
                }
            }
        } catch (IOException | RuntimeException goneOrForeign) {
            // A process of another user can't have this pipe open.
        }
        return false;
    }
}

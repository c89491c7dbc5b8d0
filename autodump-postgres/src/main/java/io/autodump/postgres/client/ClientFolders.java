package io.autodump.postgres.client;

import io.autodump.core.error.AutoDumpException;
import io.autodump.process.ChildProcess;
import io.autodump.process.PrivateFolders;
import io.autodump.process.ProgramFeed;
import io.autodump.process.Watchdog;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds folders with PostgreSQL client programs, and asks each {@code pg_dump} for its version. */
final class ClientFolders {
    private static final Duration PROBE_LIMIT = Duration.ofSeconds(10);
    private static final int LONGEST_ANSWER = 1024;
    private static final Pattern VERSION = Pattern.compile("\\(PostgreSQL\\) ((\\d+)\\S*)");

    /** A parent folder, a pattern for the folders in it, and the folder of the programs below them. */
    private record Layout(String parent, String glob, String bin) {}

    private static final List<Layout> LAYOUTS = List.of(
            new Layout("/usr/lib/postgresql", "*", "bin"), // Debian, Ubuntu
            new Layout("/usr", "pgsql-*", "bin"), // Red Hat with the PGDG repository
            new Layout("/usr/libexec", "postgresql*", ""), // Alpine
            new Layout("/usr/local", "pgsql*", "bin"), // built from source
            new Layout("/opt/homebrew/opt", "{postgresql,libpq}*", "bin"),
            new Layout("/usr/local/opt", "{postgresql,libpq}*", "bin"),
            new Layout("/opt/local/lib", "postgresql*", "bin"), // MacPorts
            new Layout("/Applications/Postgres.app/Contents/Versions", "*", "bin"));

    private ClientFolders() {}

    static List<Path> usual(Map<String, String> environment) {
        Set<Path> folders = new LinkedHashSet<>();
        Pattern.compile(File.pathSeparator, Pattern.LITERAL)
                .splitAsStream(environment.getOrDefault("PATH", ""))
                .filter(entry -> !entry.isEmpty())
                .map(ClientFolders::pathOf)
                .flatMap(Optional::stream)
                .forEach(folders::add);
        LAYOUTS.forEach(layout -> folders.addAll(foldersOf(layout)));
        return List.copyOf(folders);
    }

    static List<PostgresClient> probe(Collection<Path> folders) {
        List<PostgresClient> found = new ArrayList<>();
        Set<Path> seen = new HashSet<>();
        for (Path folder : folders) {
            realProgram(folder).filter(seen::add).flatMap(ClientFolders::probe).ifPresent(found::add);
        }
        if (found.isEmpty() && !seen.isEmpty()) {
            requireTemporaryFolder();
        }
        return found;
    }

    /** Without it no program runs, and none would be found. */
    private static void requireTemporaryFolder() {
        PrivateFolders.remove(PrivateFolders.create());
    }

    /** Returns the {@code pg_dump} that would run. Ignores Debian's wrapper, which chooses a version itself. */
    private static Optional<Path> realProgram(Path folder) {
        try {
            Path real = folder.resolve("pg_dump").toRealPath();
            boolean wrapper = String.valueOf(real.getFileName()).equals("pg_wrapper");
            return Files.isExecutable(real) && !wrapper ? Optional.of(real) : Optional.empty();
        } catch (IOException notThere) {
            return Optional.empty();
        }
    }

    private static Optional<PostgresClient> probe(Path program) {
        Path folder = Optional.ofNullable(program.getParent()).orElse(program);
        return version(program)
                .map(version -> new PostgresClient(
                        folder, version, MajorVersion.of(version).orElseThrow()));
    }

    /**
     * Returns the version that a program prints for {@code --version}. Empty if it doesn't run or prints no version.
     */
    static Optional<String> version(Path program) {
        return answer(program).map(VERSION::matcher).filter(Matcher::find).map(version -> version.group(1));
    }

    /** Returns the first line. Doesn't wait for more: another process may hold the output open for ever. */
    private static Optional<String> answer(Path program) {
        Map<String, String> environment = ClientEnvironment.inherited(System.getenv());
        List<String> command = List.of(program.toString(), "--version");
        try (ChildProcess process = ChildProcess.start(command, environment, line -> false, ChildProcess.NO_REDACTION);
                Watchdog watchdog = new Watchdog(PROBE_LIMIT, Optional.of(PROBE_LIMIT), process::close)) {
            ProgramFeed.end(process.stdin());
            String line = line(process.stdout());
            OptionalInt status = process.waitFor(PROBE_LIMIT);
            process.discardOutput();
            return watchdog.verdict().isEmpty() && status.orElse(1) == 0 ? Optional.of(line) : Optional.empty();
        } catch (IOException | AutoDumpException cannotRun) {
            return Optional.empty();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private static String line(InputStream output) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int read = output.read();
        while (read >= 0 && read != '\n' && line.size() < LONGEST_ANSWER) {
            line.write(read);
            read = output.read();
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    private static List<Path> foldersOf(Layout layout) {
        List<Path> folders = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(Path.of(layout.parent()), layout.glob())) {
            entries.forEach(entry -> folders.add(entry.resolve(layout.bin())));
        } catch (IOException notThere) {
            return List.of();
        }
        return folders;
    }

    private static Optional<Path> pathOf(String text) {
        try {
            return Optional.of(Path.of(text));
        } catch (InvalidPathException odd) {
            return Optional.empty();
        }
    }
}

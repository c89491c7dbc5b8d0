package io.autodump.postgres.client;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds folders with PostgreSQL client programs, and asks each {@code pg_dump} for its version. */
final class ClientFolders {
    private static final int PROBE_SECONDS = 10;
    private static final int LONGEST_ANSWER = 1024;
    private static final Pattern VERSION = Pattern.compile("\\(PostgreSQL\\) ((\\d+)\\S*)");

    /** A parent folder, what is in it, and the folder of the programs below that. */
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
        return found;
    }

    /** The {@code pg_dump} that would really run; Debian's wrapper, which chooses a version by itself, is none. */
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

    /** What a program answers to {@code --version}; empty if it doesn't run or gives no version. */
    static Optional<String> version(Path program) {
        ProcessBuilder builder = new ProcessBuilder(program.toString(), "--version");
        builder.environment().put("LC_ALL", "C");
        builder.redirectErrorStream(true);
        try {
            Process process = builder.start();
            try {
                process.getOutputStream().close();
                String answer = new String(process.getInputStream().readNBytes(LONGEST_ANSWER), StandardCharsets.UTF_8);
                boolean ended = process.waitFor(PROBE_SECONDS, TimeUnit.SECONDS);
                Matcher version = VERSION.matcher(answer);
                return ended && process.exitValue() == 0 && version.find()
                        ? Optional.of(version.group(1))
                        : Optional.empty();
            } finally {
                process.destroyForcibly();
            }
        } catch (IOException cannotRun) {
            return Optional.empty();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
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

package io.autodump.postgres.client;

import io.autodump.process.PrivateFolders;
import java.io.File;
import java.io.IOException;
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
import java.util.regex.Pattern;

/** Finds folders with PostgreSQL client programs, and asks each {@code pg_dump} for its version. */
final class ClientFolders {
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

    /**
     * What folders hold.
     *
     * @param unusable why each other {@code pg_dump} can't be used
     */
    record Found(List<PostgresClient> clients, List<String> unusable) {
        /** Copies the lists. */
        Found {
            clients = List.copyOf(clients);
            unusable = List.copyOf(unusable);
        }
    }

    static Found probe(Collection<Path> folders) {
        List<PostgresClient> found = new ArrayList<>();
        List<String> unusable = new ArrayList<>();
        Set<Path> seen = new HashSet<>();
        for (Path folder : folders) {
            realProgram(folder).filter(seen::add).ifPresent(program -> {
                ProgramVersion answer = ProgramVersion.ask(program);
                answer.version()
                        .ifPresentOrElse(
                                version -> found.add(client(program, version)), () -> unusable.add(answer.problem()));
            });
        }
        if (found.isEmpty() && !seen.isEmpty()) {
            requireTemporaryFolder();
        }
        return new Found(found, unusable);
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

    private static PostgresClient client(Path program, String version) {
        Path folder = Optional.ofNullable(program.getParent()).orElse(program);
        return new PostgresClient(folder, version, MajorVersion.of(version).orElseThrow());
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

package io.autodump.security;

import io.autodump.postgres.client.PostgresClients;
import io.autodump.testkit.program.Script;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** PostgreSQL's client programs, each of which first writes down its arguments and its environment. */
final class RecordingClients {
    private static final String SCRIPT = """
            cat /proc/$$/cmdline >RECORDS/$$.arguments
            cat /proc/$$/environ >RECORDS/$$.environment
            exec REAL/PROGRAM "$@"
            """;

    private final Path programs;
    private final Path records;

    RecordingClients(Path folder) throws IOException {
        this.programs = Files.createDirectory(folder.resolve("clients"));
        this.records = Files.createDirectory(folder.resolve("records"));
        Path real = PostgresClients.discover().forServer(15).binFolder();
        for (String program : List.of("pg_dump", "pg_restore", "psql")) {
            Script.write(
                    programs.resolve(program),
                    SCRIPT.replace("RECORDS", records.toString())
                            .replace("REAL", real.toString())
                            .replace("PROGRAM", program));
        }
    }

    Path programs() {
        return programs;
    }

    /** The command lines, each as its words; the first two are the shell's and the program's. */
    List<List<String>> arguments() {
        return recorded(".arguments");
    }

    /** The environments, each as {@code NAME=VALUE}. */
    List<List<String>> environments() {
        return recorded(".environment");
    }

    private List<List<String>> recorded(String suffix) {
        try (Stream<Path> files = Files.list(records)) {
            return files.filter(file -> file.toString().endsWith(suffix))
                    .map(RecordingClients::words)
                    .toList();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static List<String> words(Path file) {
        try {
            return List.of(Files.readString(file, StandardCharsets.UTF_8).split("\0"));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}

package io.autodump.postgres.client;

import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One installed set of PostgreSQL's client programs.
 *
 * @param binFolder the folder that contains {@code pg_dump}, {@code pg_restore} and {@code psql}
 * @param version the version of its {@code pg_dump}, for example {@code 15.18}
 * @param major the major version, for example 15; before version 10 the first number only
 */
public record PostgresClient(Path binFolder, String version, int major) {
    private static final Pattern LOSES_SEQUENCES = Pattern.compile("18\\.[01](?!\\d).*");

    /**
     * Returns the path of a program of this set.
     *
     * @param name for example {@code pg_restore}
     * @throws AutoDumpException {@code CLIENT_NOT_FOUND} if the set doesn't have it
     */
    public Path program(String name) {
        Path program = binFolder.resolve(name);
        if (!Files.isExecutable(program)) {
            throw new AutoDumpException(
                    ErrorCode.CLIENT_NOT_FOUND,
                    "there is no program " + name + " beside pg_dump " + version + " in " + binFolder
                            + "; nothing was written",
                    "install the whole client package, for example: " + PostgresClients.installCommand(major));
        }
        return program;
    }

    /**
     * Runs each program of the set once.
     *
     * @throws AutoDumpException {@code CLIENT_NOT_FOUND} if one is missing, doesn't run or has another version
     */
    public void requireWhole() {
        for (String name : List.of("pg_dump", "pg_restore", "psql")) {
            Optional<String> answer = ProgramVersion.ask(program(name)).version();
            if (!answer.equals(Optional.of(version))) {
                throw new AutoDumpException(
                        ErrorCode.CLIENT_NOT_FOUND,
                        name + " in " + binFolder
                                + answer.map(other -> " has version " + other + ", and pg_dump has " + version)
                                        .orElse(" doesn't run"),
                        "install the whole client package, for example: " + PostgresClients.installCommand(major));
            }
        }
    }

    /** Returns whether its {@code pg_dump} leaves out sequences that it can't read, and ends with 0: 18.0 and 18.1. */
    public boolean losesSequences() {
        return LOSES_SEQUENCES.matcher(version).matches();
    }

    @Override
    public String toString() {
        return "PostgreSQL " + version + " clients in " + binFolder;
    }
}

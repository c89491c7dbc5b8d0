package io.autodump.postgres;

import io.autodump.postgres.client.PostgresClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Shell scripts in the place of PostgreSQL's programs. */
public final class FakeProgram {
    private FakeProgram() {}

    /** A set of clients with that program in it. */
    public static PostgresClient client(Path folder, int major, String program, String script) throws IOException {
        add(folder, program, script);
        return new PostgresClient(folder, major + ".0", major);
    }

    public static void add(Path folder, String program, String script) throws IOException {
        Path file = Files.writeString(folder.resolve(program), "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }
}

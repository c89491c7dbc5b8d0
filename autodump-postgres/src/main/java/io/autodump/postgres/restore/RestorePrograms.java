package io.autodump.postgres.restore;

import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.dump.RestoreOptions;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.restore.SkippableKind;
import io.autodump.postgres.archive.OlderServerScript;
import io.autodump.postgres.archive.OwnerlessScript;
import io.autodump.postgres.archive.ScriptEnd;
import io.autodump.postgres.archive.UnrestrictedScript;
import io.autodump.postgres.client.ClientEnvironment;
import io.autodump.postgres.client.PostgresClient;
import io.autodump.postgres.connection.Sql;
import io.autodump.postgres.load.LoadListener;
import io.autodump.process.ChildProcess;
import io.autodump.process.ProgramFeed;
import io.autodump.process.stream.StoredBytes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The programs that restore: {@code pg_restore}, or {@code psql} for a script and for an older server. They stop at the
 * first error. Thread-safe.
 */
final class RestorePrograms {
    private final PostgresClient client;
    private final DumpManifest manifest;
    private final DatabaseSecret target;
    private final RestoreOptions options;
    private final ClientEnvironment environment;
    private final LoadListener listener;
    private final boolean forOlderServer;

    /**
     * Starts nothing yet.
     *
     * @param serverMajor the major version of the target
     */
    RestorePrograms(
            PostgresClient client,
            DumpManifest manifest,
            DatabaseSecret target,
            int serverMajor,
            RestoreOptions options,
            ClientEnvironment environment,
            LoadListener listener) {
        this.client = client;
        this.manifest = manifest;
        this.target = target;
        this.options = options;
        this.environment = environment;
        this.listener = listener;
        this.forOlderServer = OlderServerScript.isNeeded(client.major(), serverMajor);
    }

    /** Whether {@code pg_restore} may use several connections. A script must run in its order. */
    boolean canRunInParallel() {
        return !forOlderServer;
    }

    /** Restores a plain script. */
    void restoreScript(InputStream dump) throws IOException, InterruptedException {
        runScript(script(dump));
    }

    /** Restores from a file, over as many connections as the options say. */
    void restore(List<String> chosen, Path archive) throws IOException, InterruptedException {
        List<String> command = archiveCommand(chosen);
        command.add("--jobs=" + options.jobs());
        command.add(archive.toString());
        feed(command, InputStream.nullInputStream());
    }

    private InputStream script(InputStream dump) throws IOException {
        InputStream unrestricted = UnrestrictedScript.isNeeded(client) ? UnrestrictedScript.of(dump) : dump;
        InputStream known = forOlderServer ? OlderServerScript.of(unrestricted) : unrestricted;
        InputStream owned = options.noOwner() ? OwnerlessScript.of(known) : known;
        return manifest.settings().schemas().isEmpty() ? owned : SchemaPublic.leftOut(owned);
    }

    /** Restores from a stream over one connection. */
    void restore(List<String> chosen, InputStream archive) throws IOException, InterruptedException {
        restore(chosen, archive, new RestoreMessages(listener));
    }

    /**
     * The same.
     *
     * @param messages takes what {@code pg_restore} says, unless the server needs a script
     */
    void restore(List<String> chosen, InputStream archive, RestoreMessages messages)
            throws IOException, InterruptedException {
        if (forOlderServer) {
            // One connection, whatever the number of jobs, because a script must run in its order.
            List<String> command = new ArrayList<>(List.of(program("pg_restore").toString(), "--file=-"));
            command.addAll(choice());
            command.addAll(chosen);
            runConverted(command, archive);
        } else {
            feed(archiveCommand(chosen), archive, messages);
        }
    }

    private void runConverted(List<String> command, InputStream archive) throws IOException, InterruptedException {
        try (ArchiveConversion conversion =
                ArchiveConversion.start(command, ChildProcess.redacting(target.password()), archive)) {
            try {
                runScript(OlderServerScript.of(conversion.script()));
                conversion.requireWhole();
            } catch (AutoDumpException failed) {
                if (failed.code() == ErrorCode.DUMP_CORRUPT) {
                    conversion.requireWhole();
                }
                throw failed;
            }
        }
    }

    private List<String> archiveCommand(List<String> chosen) {
        List<String> command = new ArrayList<>(List.of(
                program("pg_restore").toString(),
                "--exit-on-error",
                "--verbose",
                "--no-password",
                // An empty name means PGDATABASE. Without the option, pg_restore connects to nothing.
                "--dbname="));
        command.addAll(choice());
        options.role().ifPresent(role -> command.add("--role=" + role));
        command.addAll(chosen);
        return command;
    }

    /** What of the archive is restored, besides the contents list. */
    private List<String> choice() {
        List<String> choice = new ArrayList<>(options.noOwner() ? List.of("--no-owner", "--no-privileges") : List.of());
        switch (options.part()) {
            case SCHEMA -> choice.add("--schema-only");
            case DATA -> choice.add("--data-only");
            case ALL -> {}
        }
        if (options.skip().contains(SkippableKind.TABLESPACES)) {
            choice.add("--no-tablespaces");
        }
        return choice;
    }

    /** Discards the results of the script's SELECTs, which set sequences. */
    private void runScript(InputStream script) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                program("psql").toString(),
                "--no-psqlrc",
                "--quiet",
                "--no-password",
                "--set=ON_ERROR_STOP=1",
                "--echo-errors",
                "--output=/dev/null"));
        options.role().ifPresent(role -> command.add("--command=SET ROLE " + Sql.quoted(role)));
        command.add("--file=-");
        feed(command, new ScriptEnd(script));
    }

    private Path program(String name) {
        return client.program(name);
    }

    private void feed(List<String> command, InputStream dump) throws IOException, InterruptedException {
        feed(command, dump, new RestoreMessages(listener));
    }

    /** If the dump can't be read, stops the program before it could take its input for complete. */
    private void feed(List<String> command, InputStream dump, RestoreMessages messages)
            throws IOException, InterruptedException {
        try (ChildProcess child = ChildProcess.startWithoutOutput(
                command, environment.variables(), messages, ChildProcess.redacting(target.password()))) {
            boolean takenWhole = ProgramFeed.copy(dump, child.stdin());
            if (takenWhole && dump instanceof ScriptEnd script && !script.isWhole()) {
                throw StoredBytes.corrupt("the script ends without pg_dump's closing line", null);
            }
            ProgramFeed.end(child.stdin());
            int status = child.waitFor();
            if (status != 0) {
                throw failure(command, status, messages.error().isEmpty() ? lastLines(child) : messages.error());
            }
            if (!takenWhole && dump instanceof ScriptEnd) {
                throw failure(command, status, "it stopped reading before the end of the script");
            }
        }
    }

    private AutoDumpException failure(List<String> command, int status, String error) {
        String name = String.valueOf(Path.of(command.get(0)).getFileName());
        AutoDumpException failed =
                RestoreFailure.of(name + " " + client.version(), status, error, target, !options.noOwner());
        return manifest.settings().schemas().isEmpty()
                ? failed
                : RestoreFailure.ofSchemas(failed, manifest.settings().schemas());
    }

    private static String lastLines(ChildProcess child) {
        return child.lastError().orElse("");
    }
}

package io.autodump.postgres.restore;

import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.dump.DumpFormat;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.dump.RestoreOptions;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.port.DumpProgress;
import io.autodump.core.restore.SkippableKind;
import io.autodump.postgres.archive.OwnerlessScript;
import io.autodump.postgres.archive.ScriptEnd;
import io.autodump.postgres.archive.UnrestrictedScript;
import io.autodump.postgres.client.ClientEnvironment;
import io.autodump.postgres.client.PostgresClient;
import io.autodump.postgres.connection.Sql;
import io.autodump.process.ChildProcess;
import io.autodump.process.ProgramFeed;
import io.autodump.process.stream.StagedArchive;
import io.autodump.process.stream.StoredBytes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The restore of one dump into one database, by {@code pg_restore} or {@code psql}, which stop at the first error. It
 * isn't a single transaction, which would hold a lock for every object: a server has room for some thousands.
 */
final class Restoration {
    private final PostgresClient client;
    private final DumpManifest manifest;
    private final DatabaseSecret target;
    private final RestoreOptions options;
    private final DumpProgress progress;
    private final boolean forOlderServer;

    /**
     * Prepares the restore. Starts nothing yet.
     *
     * @param serverMajor the major version of the target
     */
    Restoration(
            PostgresClient client,
            DumpManifest manifest,
            DatabaseSecret target,
            int serverMajor,
            RestoreOptions options,
            DumpProgress progress) {
        this.client = client;
        this.manifest = manifest;
        this.target = target;
        this.options = options;
        this.progress = progress;
        this.forOlderServer = OlderServerScript.isNeeded(client.major(), serverMajor);
    }

    /**
     * Restores. Returns only if the programs read the whole dump and reported no error.
     *
     * @param sessionVariables more environment variables for the programs that connect, see {@link RestoreSession}
     * @throws AutoDumpException {@code RESTORE_FAILED}, {@code DUMP_CORRUPT}, {@code STORE_FAILED}, {@code
     *     INTERRUPTED}; the message doesn't say what happened to the target
     */
    void run(OpenedDump dump, Map<String, String> sessionVariables) {
        try (ClientEnvironment environment =
                ClientEnvironment.of(target, RestoreTarget.APPLICATION_NAME, sessionVariables)) {
            if (manifest.fileType().format() == DumpFormat.PLAIN) {
                runScript(environment, script(dump.bytes()));
            } else if (forOlderServer) {
                runConverted(environment, dump);
            } else {
                runArchive(environment, dump);
            }
        } catch (IOException unreadable) {
            throw dump.explain(unreadable);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AutoDumpException(ErrorCode.INTERRUPTED, "the restore was interrupted", "restore again");
        }
    }

    private InputStream script(InputStream dump) throws IOException {
        InputStream unrestricted = UnrestrictedScript.isNeeded(client) ? UnrestrictedScript.of(dump) : dump;
        InputStream known = forOlderServer ? OlderServerScript.of(unrestricted) : unrestricted;
        InputStream owned = options.noOwner() ? OwnerlessScript.of(known) : known;
        return manifest.settings().schemas().isEmpty() ? owned : SchemaPublic.leftOut(owned);
    }

    private void runArchive(ClientEnvironment environment, OpenedDump dump) throws IOException, InterruptedException {
        try (ChosenContents chosen = ChosenContents.of(manifest, dump.chosen(), options)) {
            List<String> command = new ArrayList<>(archiveCommand());
            command.addAll(chosen.options());
            if (options.jobs() == 1) {
                feed(environment, command, dump.bytes());
            } else {
                runInParallel(environment, command, dump.bytes());
            }
        }
    }

    private void runInParallel(ClientEnvironment environment, List<String> command, InputStream archive)
            throws IOException, InterruptedException {
        try (StagedArchive staged = StagedArchive.of(archive, manifest.sourceBytes())) {
            command.add("--jobs=" + options.jobs());
            command.add(staged.file().toString());
            feed(environment, command, InputStream.nullInputStream());
        }
    }

    /** Uses one connection, whatever the number of jobs, because a script must run in its order. */
    private void runConverted(ClientEnvironment environment, OpenedDump dump) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(program("pg_restore").toString(), "--file=-"));
        command.addAll(choice());
        try (ChosenContents chosen = ChosenContents.of(manifest, dump.chosen(), options)) {
            command.addAll(chosen.options());
            runConverted(environment, command, dump.bytes());
        }
    }

    private void runConverted(ClientEnvironment environment, List<String> command, InputStream archive)
            throws IOException, InterruptedException {
        try (ArchiveConversion conversion = ArchiveConversion.start(command, archive)) {
            try {
                runScript(environment, OlderServerScript.of(conversion.script()));
                conversion.requireWhole();
            } catch (AutoDumpException failed) {
                if (failed.code() == ErrorCode.DUMP_CORRUPT) {
                    conversion.requireWhole();
                }
                throw failed;
            }
        }
    }

    private List<String> archiveCommand() {
        List<String> command = new ArrayList<>(List.of(
                program("pg_restore").toString(),
                "--exit-on-error",
                "--verbose",
                "--no-password",
                // An empty name means PGDATABASE. Without the option, pg_restore connects to nothing.
                "--dbname="));
        command.addAll(choice());
        options.role().ifPresent(role -> command.add("--role=" + role));
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
    private void runScript(ClientEnvironment environment, InputStream script) throws IOException, InterruptedException {
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
        feed(environment, command, new ScriptEnd(script));
    }

    private Path program(String name) {
        return client.program(name);
    }

    /** If the dump can't be read, stops the program before it could take its input for complete. */
    private void feed(ClientEnvironment environment, List<String> command, InputStream dump)
            throws IOException, InterruptedException {
        RestoreMessages messages = new RestoreMessages(progress);
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
        return RestoreFailure.of(name + " " + client.version(), status, error, target, !options.noOwner());
    }

    private static String lastLines(ChildProcess child) {
        return child.lastError().orElse("");
    }
}

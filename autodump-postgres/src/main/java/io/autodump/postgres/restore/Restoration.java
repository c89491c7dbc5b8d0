package io.autodump.postgres.restore;

import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.dump.DumpFormat;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.dump.RestoreOptions;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.restore.SkippableKind;
import io.autodump.core.restore.StoredParts;
import io.autodump.core.server.DatabaseProperties;
import io.autodump.postgres.archive.OwnerlessScript;
import io.autodump.postgres.archive.ScriptEnd;
import io.autodump.postgres.archive.UnrestrictedScript;
import io.autodump.postgres.client.ClientEnvironment;
import io.autodump.postgres.client.PostgresClient;
import io.autodump.postgres.connection.Sql;
import io.autodump.postgres.load.LoadListener;
import io.autodump.postgres.load.PartLoading;
import io.autodump.process.ChildProcess;
import io.autodump.process.PrivateFolders;
import io.autodump.process.ProgramFeed;
import io.autodump.process.stream.StagedArchive;
import io.autodump.process.stream.StoredBytes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The restore of one dump into one database, by {@code pg_restore} or {@code psql}, which stop at the first error. It
 * isn't a single transaction, which would hold a lock for every object: a server has room for some thousands.
 */
final class Restoration {
    private static final List<String> BEFORE_PARTS = List.of("--section=pre-data", "--section=data");
    private static final List<String> AFTER_PARTS = List.of("--section=post-data");

    private final PostgresClient client;
    private final DumpManifest manifest;
    private final DatabaseSecret target;
    private final RestoreOptions options;
    private final LoadListener listener;
    private final boolean forOlderServer;
    private final Optional<StoredParts> parts;

    /**
     * Prepares the restore. Starts nothing yet.
     *
     * @param serverMajor the major version of the target
     * @param parts the stored parts of a dump that has some
     */
    Restoration(
            PostgresClient client,
            DumpManifest manifest,
            DatabaseSecret target,
            int serverMajor,
            RestoreOptions options,
            Optional<StoredParts> parts,
            LoadListener listener) {
        this.client = client;
        this.manifest = manifest;
        this.target = target;
        this.options = options;
        this.listener = listener;
        this.parts = parts;
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
            } else {
                try (ChosenContents chosen = ChosenContents.of(manifest, dump.chosen(), options)) {
                    runArchive(environment, dump, chosen.options());
                }
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

    private void runArchive(ClientEnvironment environment, OpenedDump dump, List<String> chosen)
            throws IOException, InterruptedException {
        if (options.jobs() == 1 || forOlderServer) {
            runStreamed(environment, dump, chosen);
        } else {
            runStaged(environment, dump, chosen);
        }
        dump.readToEnd();
    }

    /** Indexes and triggers come after the rows of the parts. They need no more than the contents list. */
    private void runStreamed(ClientEnvironment environment, OpenedDump dump, List<String> chosen)
            throws IOException, InterruptedException {
        if (parts.isEmpty()) {
            feedArchive(environment, chosen, dump.bytes());
            return;
        }
        feedArchive(environment, with(chosen, BEFORE_PARTS), dump.bytes());
        dump.readToEnd();
        loadParts(dump, parts.get());
        feedArchive(environment, with(chosen, AFTER_PARTS), dump.contentsList());
    }

    private void runStaged(ClientEnvironment environment, OpenedDump dump, List<String> chosen)
            throws IOException, InterruptedException {
        long bytes = manifest.parts().isEmpty()
                ? manifest.sourceBytes()
                : manifest.parts().archive().sourceBytes();
        try (StagedArchive staged = StagedArchive.of(dump.bytes(), bytes, stagingFolder())) {
            if (parts.isEmpty()) {
                runStaged(environment, chosen, staged);
                return;
            }
            dump.readToEnd();
            runStaged(environment, with(chosen, BEFORE_PARTS), staged);
            loadParts(dump, parts.get());
            runStaged(environment, with(chosen, AFTER_PARTS), staged);
        }
    }

    private Path stagingFolder() {
        return options.stagingFolder().map(Path::of).orElseGet(PrivateFolders::temporary);
    }

    private void runStaged(ClientEnvironment environment, List<String> chosen, StagedArchive staged)
            throws IOException, InterruptedException {
        List<String> command = archiveCommand(chosen);
        command.add("--jobs=" + options.jobs());
        command.add(staged.file().toString());
        feed(environment, command, InputStream.nullInputStream());
    }

    private static List<String> with(List<String> chosen, List<String> more) {
        return Stream.concat(chosen.stream(), more.stream()).toList();
    }

    private void loadParts(OpenedDump dump, StoredParts stored) throws InterruptedException {
        PartLoading.Sessions sessions = new RestoreTarget(target).sessions(options);
        Optional<String> encoding = manifest.databaseProperties().map(DatabaseProperties::encoding);
        try (PartLoading loading = new PartLoading(sessions, stored, encoding, listener)) {
            loading.run(dump.chosenParts(), options.jobs());
        }
    }

    private void feedArchive(ClientEnvironment environment, List<String> chosen, InputStream archive)
            throws IOException, InterruptedException {
        if (forOlderServer) {
            // One connection, whatever the number of jobs, because a script must run in its order.
            List<String> command = new ArrayList<>(List.of(program("pg_restore").toString(), "--file=-"));
            command.addAll(choice());
            command.addAll(chosen);
            runConverted(environment, command, archive);
        } else {
            feed(environment, archiveCommand(chosen), archive);
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
        RestoreMessages messages = new RestoreMessages(listener);
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

package io.autodump.postgres.restore;

import com.google.common.io.ByteSource;
import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.dump.DumpFormat;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.dump.DumpPart;
import io.autodump.core.dump.RestoreOptions;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.restore.StoredParts;
import io.autodump.core.server.DatabaseProperties;
import io.autodump.postgres.client.ClientEnvironment;
import io.autodump.postgres.client.PostgresClient;
import io.autodump.postgres.load.LoadListener;
import io.autodump.postgres.load.PartLoading;
import io.autodump.process.PrivateFolders;
import io.autodump.process.stream.StagedArchive;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The restore of one dump into one database. It isn't a single transaction, which would hold a lock for every object: a
 * server has room for some thousands.
 */
final class Restoration {
    private static final List<String> DEFINITIONS = List.of("--section=pre-data");
    private static final List<String> ROWS = List.of("--section=data");
    private static final List<String> AFTER_ROWS = List.of("--section=post-data");

    /** One session may restore this many times its share of the rows. Otherwise several sessions share them. */
    private static final double LARGEST_SHARE = 1.5;

    private final PostgresClient client;
    private final DumpManifest manifest;
    private final DatabaseSecret target;
    private final int serverMajor;
    private final RestoreOptions options;
    private final LoadListener listener;
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
        this.serverMajor = serverMajor;
        this.options = options;
        this.parts = parts;
        this.listener = listener;
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
            RestorePrograms programs =
                    new RestorePrograms(client, manifest, target, serverMajor, options, environment, listener);
            if (manifest.fileType().format() == DumpFormat.PLAIN) {
                programs.restoreScript(dump.bytes());
            } else {
                try (ChosenContents chosen = ChosenContents.of(manifest, dump.chosen(), options)) {
                    restoreArchive(programs, dump, chosen.options());
                }
            }
        } catch (IOException unreadable) {
            throw dump.explain(unreadable);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw interrupted();
        }
    }

    private void restoreArchive(RestorePrograms programs, OpenedDump dump, List<String> chosen)
            throws IOException, InterruptedException {
        if (parts.isPresent()) {
            restoreParts(programs, dump, chosen, parts.get());
        } else {
            restoreArchive(programs, chosen, dump.bytes(), manifest.sourceBytes());
        }
        dump.readToEnd();
    }

    /**
     * Restores over as many connections as possible. With more than one, the archive is staged first.
     *
     * @param bytes the size of the archive
     */
    private void restoreArchive(RestorePrograms programs, List<String> chosen, InputStream archive, long bytes)
            throws IOException, InterruptedException {
        if (!isParallel(programs)) {
            programs.restore(chosen, archive);
            return;
        }
        try (StagedArchive staged = stage(archive, bytes)) {
            programs.restore(chosen, staged.file());
        }
    }

    private boolean isParallel(RestorePrograms programs) {
        return options.jobs() > 1 && programs.canRunInParallel();
    }

    /**
     * Definitions, indexes and triggers need no more than the contents list. Rows come over several connections, those
     * of the archive too: {@code pg_restore} reads them from the store without a file.
     */
    private void restoreParts(RestorePrograms programs, OpenedDump dump, List<String> chosen, StoredParts stored)
            throws IOException, InterruptedException {
        ByteSource contentsList = dump.contentsList();
        programs.restore(with(chosen, DEFINITIONS), contentsList.openStream());
        if (isParallel(programs) && isArchiveLarge()) {
            restoreLargeArchive(programs, dump, chosen, stored);
        } else {
            loadParts(dump, stored, new ArchiveRows(programs, dump, stored, chosen, listener));
        }
        restoreArchive(programs, with(chosen, AFTER_ROWS), contentsList.openStream(), contentsList.size());
    }

    /** Only a dump that was made with fewer sessions has such an archive. */
    private boolean isArchiveLarge() {
        double share = (double) manifest.parts().archive().sourceBytes() / manifest.sourceBytes();
        return share * options.jobs() > LARGEST_SHARE;
    }

    /** {@code pg_restore} seeks in the archive, so that several connections share it. */
    private void restoreLargeArchive(RestorePrograms programs, OpenedDump dump, List<String> chosen, StoredParts stored)
            throws IOException, InterruptedException {
        long bytes = manifest.parts().archive().sourceBytes();
        try (StagedArchive staged = stage(dump.bytes(), bytes)) {
            dump.readToEnd();
            programs.restore(with(chosen, ROWS), staged.file());
        }
        loadParts(dump, stored, () -> {});
    }

    private StagedArchive stage(InputStream archive, long bytes) throws IOException {
        return StagedArchive.of(
                archive, bytes, options.stagingFolder().map(Path::of).orElseGet(PrivateFolders::temporary));
    }

    private void loadParts(OpenedDump dump, StoredParts stored, Runnable rest) throws InterruptedException {
        PartLoading.Sessions sessions = new RestoreTarget(target).sessions(options);
        Optional<String> encoding = manifest.databaseProperties().map(DatabaseProperties::encoding);
        List<DumpPart> chosen = dump.chosenParts();
        try (PartLoading loading = new PartLoading(sessions, stored, encoding, listener)) {
            loading.run(chosen, options.jobs(), rest);
        }
    }

    static List<String> with(List<String> chosen, List<String> more) {
        return Stream.concat(chosen.stream(), more.stream()).toList();
    }

    static AutoDumpException interrupted() {
        return new AutoDumpException(ErrorCode.INTERRUPTED, "the restore was interrupted", "restore again");
    }
}

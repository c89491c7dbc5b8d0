package io.autodump.cli.doctor;

import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.dump.DumpKey;
import io.autodump.core.dump.DumpSettings;
import io.autodump.core.encryption.Recipient;
import io.autodump.core.engine.Engines;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.plan.DatabaseSelection;
import io.autodump.core.plan.SecretTags;
import io.autodump.core.port.PreparedDump;
import io.autodump.core.secret.TaggedSecret;
import java.time.Instant;
import java.util.List;

/** Prepares a dump as if it were made, and dumps nothing. Thread-safe. */
public final class DryRun {
    private final Engines engines;
    private final Instant now;
    private final List<Recipient> recipients;

    /**
     * Connects to nothing yet.
     *
     * @param now names the dumps
     * @param recipients of dumps whose tags name none
     */
    public DryRun(Engines engines, Instant now, List<Recipient> recipients) {
        this.engines = engines;
        this.now = now;
        this.recipients = List.copyOf(recipients);
    }

    /**
     * What would be dumped.
     *
     * @param key the key that the dump would have
     * @param databaseBytes the size of the database on its server's disk
     */
    public record Result(String database, DumpKey key, long databaseBytes) {}

    /**
     * Returns the databases that a dump of the secret dumps: those that {@code autodump:databases} selects, or its one.
     *
     * @throws AutoDumpException {@code INVALID_TAGS} if the tag selects none, or what prevents the question
     */
    public List<DatabaseSecret> databases(TaggedSecret secret, DatabaseSecret server) {
        return SecretTags.read(secret.tags())
                .databases()
                .map(selection -> selected(selection, server))
                .orElse(List.of(server));
    }

    private List<DatabaseSecret> selected(DatabaseSelection selection, DatabaseSecret server) {
        List<DatabaseSecret> selected = engines.of(server).databases(server).stream()
                .filter(selection::matches)
                .<DatabaseSecret>map(name ->
                        DatabaseSecret.builder().from(server).database(name).build())
                .toList();
        if (selected.isEmpty()) {
            throw new AutoDumpException(
                    ErrorCode.INVALID_TAGS,
                    "autodump:databases=" + selection + " selects none of the server's databases; nothing was dumped",
                    "correct the patterns");
        }
        return selected;
    }

    /**
     * Connects to a database, and checks everything that a dump checks first.
     *
     * @throws AutoDumpException what prevents the dump
     */
    public Result of(TaggedSecret secret, DatabaseSecret database) {
        DumpSettings settings = SecretTags.read(secret.tags()).settings();
        try (PreparedDump prepared = engines.source().prepare(database, settings)) {
            DumpKey key = DumpKey.of(
                    database.prefix(),
                    secret.name(),
                    database.database(),
                    now,
                    settings.encryptedFor(recipients).extension(prepared.fileType()));
            return new Result(database.database(), key, prepared.databaseBytes());
        }
    }
}

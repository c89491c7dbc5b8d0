package io.autodump.core.usecase.status;

import io.autodump.core.dump.DumpManifest;
import io.autodump.core.record.FailedRun;
import io.autodump.core.secret.TaggedSecret;
import java.util.Optional;

/**
 * A database whose dumps are looked for.
 *
 * @param secret its secret
 * @param database its name, if the secret asks for several; empty for the one that the secret names
 */
record WatchedDatabase(TaggedSecret secret, Optional<String> database) {
    static WatchedDatabase of(TaggedSecret secret) {
        return new WatchedDatabase(secret, Optional.empty());
    }

    boolean has(DumpManifest dump) {
        return dump.secretName().equals(secret.name())
                && database.map(dump.database()::equals).orElse(true);
    }

    /** A run that failed before it knew the databases concerns all of them. */
    boolean has(FailedRun run) {
        return run.secretName().equals(secret.name())
                && (database.isEmpty()
                        || run.database().isEmpty()
                        || run.database().equals(database));
    }
}

package io.autodump.core.usecase.dump;

import io.autodump.core.database.Authentication;
import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.database.SourceServer;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.internal.Meanwhile;
import io.autodump.core.plan.SecretTags;
import io.autodump.core.port.DumpStore;
import io.autodump.core.port.PreparedDump;
import io.autodump.core.secret.TaggedSecret;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A dump that is ready to start, its connection, and its store. Closing it closes the dump.
 *
 * @param finished whether the store has a dump of this run already
 * @param warnings what the manifest warns of, besides what the source finds
 */
record OpenedSource(
        DatabaseSecret database,
        DumpStore store,
        Meanwhile<Optional<DumpManifest>> finished,
        PreparedDump prepared,
        List<String> warnings)
        implements AutoCloseable {
    /**
     * Reads the connection of a secret and uses it. If the server refuses the password, the secret is read once more,
     * because the password may have been rotated in between. If it hasn't changed, the failure stands.
     */
    static <T> T connected(
            ReadConnection connections,
            TaggedSecret secret,
            SecretTags tags,
            SourceServer server,
            Function<DatabaseSecret, T> opening) {
        DatabaseSecret database = connections.read(secret, tags, server);
        try {
            return opening.apply(database);
        } catch (AutoDumpException refused) {
            if (refused.code() != ErrorCode.AUTHENTICATION_REFUSED
                    || tags.authentication() != Authentication.PASSWORD) {
                throw refused;
            }
            DatabaseSecret again = connections.read(secret, tags, server);
            if (again.equals(database)) {
                throw refused;
            }
            return opening.apply(again);
        }
    }

    OpenedSource warning(List<String> texts) {
        List<String> all = Stream.concat(warnings.stream(), texts.stream()).toList();
        return new OpenedSource(database, store, finished, prepared, all);
    }

    @Override
    public void close() {
        try (finished) {
            prepared.close();
        }
    }
}

package io.autodump.core.usecase.dump;

import io.autodump.core.database.Authentication;
import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.plan.SecretTags;
import io.autodump.core.port.DumpStore;
import io.autodump.core.port.PreparedDump;
import io.autodump.core.secret.TaggedSecret;
import java.util.function.Function;

/** A dump that can begin, its connection, and the store that it goes into. Closing it closes the dump. */
record OpenedSource(DatabaseSecret database, DumpStore store, PreparedDump prepared) implements AutoCloseable {
    /**
     * Reads the connection of a secret and opens it. A password that the server refuses is read again, once: it may have
     * been rotated between the reading and the connection. If the secret still holds the same one, the refusal stands.
     */
    static OpenedSource open(
            ReadConnection connections,
            TaggedSecret secret,
            SecretTags tags,
            Function<DatabaseSecret, OpenedSource> opening) {
        DatabaseSecret database = connections.read(secret, tags.authentication());
        try {
            return opening.apply(database);
        } catch (AutoDumpException refused) {
            if (refused.code() != ErrorCode.AUTHENTICATION_REFUSED
                    || tags.authentication() != Authentication.PASSWORD) {
                throw refused;
            }
            DatabaseSecret again = connections.read(secret, tags.authentication());
            if (again.equals(database)) {
                throw refused;
            }
            return opening.apply(again);
        }
    }

    @Override
    public void close() {
        prepared.close();
    }
}

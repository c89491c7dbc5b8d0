package io.autodump.core.usecase.dump;

import io.autodump.core.database.Authentication;
import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.dump.DumpSettings;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.plan.SecretTags;
import io.autodump.core.port.DumpSource;
import io.autodump.core.port.PreparedDump;
import io.autodump.core.secret.TaggedSecret;

/** A dump that can begin, and the connection that it goes through. Closing it closes the dump. */
record OpenedSource(DatabaseSecret database, PreparedDump prepared) implements AutoCloseable {
    /**
     * Prepares the dump. A password that the server refuses is read again, once: it may have been rotated between the
     * reading and the connection. If the secret holds the same one still, the refusal stands.
     */
    static OpenedSource open(ReadConnection connections, DumpSource source, TaggedSecret secret, SecretTags tags) {
        DumpSettings settings = tags.settings();
        DatabaseSecret database = connections.read(secret, tags.authentication());
        try {
            return new OpenedSource(database, source.prepare(database, settings));
        } catch (AutoDumpException refused) {
            if (refused.code() != ErrorCode.AUTHENTICATION_REFUSED
                    || tags.authentication() != Authentication.PASSWORD) {
                throw refused;
            }
            DatabaseSecret again = connections.read(secret, tags.authentication());
            if (again.equals(database)) {
                throw refused;
            }
            return new OpenedSource(again, source.prepare(again, settings));
        }
    }

    @Override
    public void close() {
        prepared.close();
    }
}

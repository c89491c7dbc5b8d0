package io.autodump.core.usecase.dump;

import io.autodump.core.database.SourceServer;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.plan.DatabaseSelection;
import io.autodump.core.plan.SecretTags;
import io.autodump.core.secret.TaggedSecret;
import io.autodump.core.server.ServerDatabases;
import io.autodump.core.usecase.Ports;
import java.util.List;
import java.util.Optional;

/** Asks a server for the databases that {@code autodump:databases} selects. Thread-safe. */
final class SelectedDatabases {
    private final Ports ports;

    SelectedDatabases(Ports ports) {
        this.ports = ports;
    }

    /**
     * Returns the databases; empty if the secret doesn't ask for several.
     *
     * @throws AutoDumpException {@code INVALID_TAGS} if the server has no such database, or what prevents the question
     */
    Optional<ServerDatabases> of(TaggedSecret secret) {
        ReadConnection connections = ReadConnection.of(ports);
        SecretTags tags = connections.tags(secret);
        return tags.databases().map(selection -> selected(selection, all(connections, secret, tags)));
    }

    private List<String> all(ReadConnection connections, TaggedSecret secret, SecretTags tags) {
        return OpenedSource.connected(
                connections,
                secret,
                tags,
                SourceServer.WRITER,
                server -> ports.requiredEngines().of(server).databases(server));
    }

    private static ServerDatabases selected(DatabaseSelection selection, List<String> all) {
        List<String> names = all.stream().filter(selection::matches).toList();
        if (names.isEmpty()) {
            throw new AutoDumpException(
                    ErrorCode.INVALID_TAGS,
                    "autodump:databases=" + selection + " selects none of the server's databases ("
                            + String.join(", ", all) + "); nothing was dumped",
                    "correct the patterns");
        }
        return new ServerDatabases(names);
    }
}

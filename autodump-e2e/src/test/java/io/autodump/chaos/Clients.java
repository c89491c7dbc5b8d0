package io.autodump.chaos;

import io.autodump.postgres.client.PostgresClients;
import java.nio.file.Path;

/** The installed client programs. */
final class Clients {
    private static final Path FOLDER = PostgresClients.discover().forServer(15).binFolder();

    private Clients() {}

    static Path folder() {
        return FOLDER;
    }
}

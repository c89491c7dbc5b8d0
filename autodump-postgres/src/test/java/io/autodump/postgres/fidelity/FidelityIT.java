package io.autodump.postgres.fidelity;

import io.autodump.postgres.StockPrograms;
import io.autodump.postgres.client.PostgresClients;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** On the server of the class path, with the client programs of this machine. */
class FidelityIT extends FidelityContract {
    @Override
    int serverMajor() {
        return 15;
    }

    @Override
    @Nullable
    Path binaries() {
        return null;
    }

    @Override
    PostgresClients clients() {
        return StockPrograms.CLIENTS;
    }
}

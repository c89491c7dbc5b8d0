package io.autodump.cli.wiring;

import io.autodump.cli.config.Configuration;
import io.autodump.core.port.DatabaseEngine;
import io.autodump.postgres.PostgresEngine;
import io.autodump.postgres.PostgresMessages;
import java.util.List;
import java.util.function.Consumer;

/** The engines of the command. A new engine is one more element of the list. */
public final class InstalledEngines {
    private InstalledEngines() {}

    /** Creates them as the configuration says. Nothing is connected to, and no program is looked for yet. */
    public static List<DatabaseEngine> of(Configuration configuration) {
        return List.of(postgres(configuration));
    }

    /** Passes the engines' messages about long waits and further tries to a listener, for all of this process. */
    public static void messagesTo(Consumer<String> listener) {
        PostgresMessages.passTo(listener);
    }

    private static DatabaseEngine postgres(Configuration configuration) {
        PostgresEngine.Builder engine = PostgresEngine.builder();
        if (!configuration.clients().isEmpty()) {
            engine.clientFolders(configuration.clients());
        }
        configuration.stallTimeout().ifPresent(engine::stallTimeout);
        return engine.build();
    }
}

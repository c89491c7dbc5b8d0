package io.autodump.cli.wiring;

import io.autodump.cli.config.Configuration;
import io.autodump.core.port.DatabaseEngine;
import io.autodump.postgres.PostgresEngine;
import java.util.List;

/** The engines of the command. A new engine is one more element of the list. */
public final class InstalledEngines {
    private InstalledEngines() {}

    /** Creates them as the configuration says. Nothing is connected to, and no program is looked for yet. */
    public static List<DatabaseEngine> of(Configuration configuration) {
        return List.of(postgres(configuration));
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

package io.autodump.cli.wiring;

import com.google.common.base.Suppliers;
import io.autodump.cli.config.Configuration;
import io.autodump.cli.doctor.DatabaseChecks;
import io.autodump.cli.doctor.PostgresChecks;
import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.port.ArchiveInspector;
import io.autodump.core.port.DumpRestorer;
import io.autodump.core.port.DumpSource;
import io.autodump.core.port.RestoreCheck;
import io.autodump.postgres.archive.PgRestoreInspector;
import io.autodump.postgres.client.PostgresClients;
import io.autodump.postgres.dump.PgDumpSource;
import io.autodump.postgres.restore.PgRestore;
import io.autodump.postgres.restore.ScratchRestoreCheck;
import java.time.Duration;
import java.util.function.Supplier;

/** The dumper's adapters. Client programs are looked for when they are first needed, which takes a moment. */
public final class PostgresTools implements DatabaseTools {
    private static final Duration LONGEST_LOCK_WAIT = Duration.ofMinutes(1);

    private final Configuration configuration;
    private final Supplier<PostgresClients> clients;

    private PostgresTools(Configuration configuration) {
        this.configuration = configuration;
        this.clients = Suppliers.memoize(() -> configuration.clients().isEmpty()
                ? PostgresClients.discover()
                : PostgresClients.of(configuration.clients()));
    }

    public static DatabaseTools create(Configuration configuration) {
        return new PostgresTools(configuration);
    }

    @Override
    public DumpSource source() {
        PgDumpSource.Builder source = PgDumpSource.builder().clients(clients.get());
        configuration.stallTimeout().ifPresent(limit -> {
            source.stallTimeout(limit);
            // Whoever waits for a lock makes no progress, and the wait is to be named as what it is.
            Duration half = limit.dividedBy(2);
            source.lockWaitTimeout(half.compareTo(LONGEST_LOCK_WAIT) < 0 ? half : LONGEST_LOCK_WAIT);
        });
        return source.build();
    }

    @Override
    public ArchiveInspector inspector() {
        return (fileType, clientVersion, stored) ->
                new PgRestoreInspector(clients.get()).inspect(fileType, clientVersion, stored);
    }

    @Override
    public DumpRestorer restorer() {
        return new PgRestore(clients.get());
    }

    @Override
    public RestoreCheck restoreCheck(DatabaseSecret scratchServer) {
        return new ScratchRestoreCheck(clients.get(), scratchServer);
    }

    @Override
    public DatabaseChecks checks() {
        return new PostgresChecks(clients.get());
    }
}

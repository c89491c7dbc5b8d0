package io.autodump.postgres.dump;

import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.dump.DumpSettings;
import io.autodump.core.port.DumpSource;
import io.autodump.core.port.PreparedDump;
import io.autodump.postgres.client.PostgresClient;
import io.autodump.postgres.client.PostgresClients;
import io.autodump.postgres.dump.PgDumpRun.PreparedFacts;
import io.autodump.postgres.server.Preflight;
import io.autodump.postgres.server.ServerFacts;
import io.autodump.process.ProcessLimits;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Dumps PostgreSQL databases with {@code pg_dump}, whose output is streamed and never staged on disk. Immutable and
 * thread-safe: one source prepares any number of dumps, also at the same time.
 *
 * <p>{@link #prepare} connects by JDBC, and picks the client programs by the server's version. {@link
 * PreparedDump#writeTo} hands the password over in a file with mode 0600 that is gone when it returns. {@link
 * PreparedDump#close} ends {@code pg_dump} and, unless it ended well, its session on the server.
 */
public final class PgDumpSource implements DumpSource {
    private final Supplier<PostgresClients> clients;
    private final ProcessLimits limits;
    private final ZstdSupport zstd = new ZstdSupport();

    private PgDumpSource(Builder builder) {
        this.clients = builder.clients;
        this.limits = new ProcessLimits(builder.stallTimeout, builder.lockWaitTimeout);
    }

    /** All defaults. */
    public static PgDumpSource create() {
        return builder().build();
    }

    public static Builder builder() {
        return new Builder();
    }

    @Override
    public PreparedDump prepare(DatabaseSecret database, DumpSettings settings) {
        ServerFacts server = Preflight.inspect(database, settings);
        PostgresClient client = clients.get().forServer(server.serverMajor());
        client.program("pg_restore");
        server.missingPrivileges().requireNone(database);
        PgDumpPlan plan = PgDumpPlan.of(settings, zstd.of(client));
        String applicationName = "autodump-" + UUID.randomUUID();
        return new PreparedPgDump(new PreparedFacts(database, settings, server, client, plan, limits, applicationName));
    }

    /** Not thread-safe. */
    public static final class Builder {
        private Supplier<PostgresClients> clients = PostgresClients::discover;
        private Duration stallTimeout = Duration.ofMinutes(10);
        private Duration lockWaitTimeout = Duration.ofMinutes(1);

        private Builder() {}

        /** The client programs to choose from; by default those that are found on this machine at each dump. */
        public Builder clients(PostgresClients available) {
            return clients(() -> available);
        }

        /** As {@link #clients(PostgresClients)}, looked up at each dump. */
        public Builder clients(Supplier<PostgresClients> available) {
            this.clients = available;
            return this;
        }

        /**
         * After how long without a byte or a line of progress a dump is ended; 10 minutes by default, at least a
         * millisecond. The time that a slow store takes doesn't count.
         */
        public Builder stallTimeout(Duration limit) {
            this.stallTimeout = limit;
            return this;
        }

        /**
         * How long {@code pg_dump} waits for each table that another session has locked; 1 minute by default, at least
         * a millisecond. While it waits it makes no progress, so keep this below the stall timeout.
         */
        public Builder lockWaitTimeout(Duration limit) {
            this.lockWaitTimeout = limit;
            return this;
        }

        /**
         * Builds the source.
         *
         * @throws IllegalArgumentException if a limit isn't a millisecond or longer
         */
        public PgDumpSource build() {
            return new PgDumpSource(this);
        }
    }
}

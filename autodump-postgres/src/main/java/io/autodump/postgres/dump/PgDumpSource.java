package io.autodump.postgres.dump;

import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.dump.DumpSettings;
import io.autodump.core.port.DumpSource;
import io.autodump.core.port.PreparedDump;
import io.autodump.postgres.client.PostgresClient;
import io.autodump.postgres.client.PostgresClients;
import io.autodump.postgres.connection.DatabaseConnection;
import io.autodump.postgres.dump.PgDumpRun.PreparedFacts;
import io.autodump.postgres.part.JobsChoice;
import io.autodump.postgres.part.ParallelPlan;
import io.autodump.postgres.part.TablePartSizes;
import io.autodump.postgres.server.Preflight;
import io.autodump.postgres.server.ServerFacts;
import io.autodump.process.ProcessLimits;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Dumps PostgreSQL databases with {@code pg_dump}, and the rows of large tables in more sessions beside it. Streams the
 * output and never stages it on disk. Immutable and thread-safe: one source can prepare several dumps at once.
 *
 * <p>{@link #prepare} connects by JDBC and chooses the client programs by the server's version. {@link
 * PreparedDump#writeTo} passes the password in a file with mode 0600, which it removes before it returns. {@link
 * PreparedDump#close} stops {@code pg_dump} and, unless the dump succeeded, ends its session on the server.
 */
public final class PgDumpSource implements DumpSource {
    private final Supplier<PostgresClients> clients;
    private final ProcessLimits limits;
    private final TablePartSizes sizes;
    private final ZstdSupport zstd = new ZstdSupport();

    private PgDumpSource(Builder builder) {
        this.clients = builder.clients;
        this.limits = new ProcessLimits(builder.stallTimeout, builder.lockWaitTimeout);
        this.sizes = builder.sizes;
    }

    /** Returns a source with all defaults. */
    public static PgDumpSource create() {
        return builder().build();
    }

    public static Builder builder() {
        return new Builder();
    }

    @Override
    public PreparedDump prepare(DatabaseSecret database, DumpSettings settings) {
        DumpTime time = new DumpTime(settings.timeout());
        return time.prepare(() -> prepare(database, settings, time));
    }

    private PreparedDump prepare(DatabaseSecret database, DumpSettings settings, DumpTime time) {
        ServerFacts server = Preflight.inspect(database, settings, limits.stallTimeout());
        PostgresClient client = clients.get().forServer(server.serverMajor());
        client.program("pg_restore");
        server.missingPrivileges().requireNone(database);
        ParallelPlan parallel = parallel(database, settings, server);
        // A dump that can't be read in parallel is at least compressed so.
        int threads = parallel.isParallel() ? 1 : settings.jobs().orElse(1);
        PgDumpPlan plan = PgDumpPlan.of(settings, zstd.of(client), threads);
        String applicationName = "autodump-" + UUID.randomUUID();
        return new PreparedPgDump(
                new PreparedFacts(database, settings, server, client, plan, parallel, limits, time, applicationName));
    }

    private ParallelPlan parallel(DatabaseSecret database, DumpSettings settings, ServerFacts server) {
        int jobs = JobsChoice.of(
                settings.jobs(), server.databaseBytes(), Runtime.getRuntime().availableProcessors());
        try {
            return ParallelPlan.of(database, settings, jobs, sizes, limits);
        } catch (SQLException refused) {
            DatabaseConnection.requireNotInterrupted(refused);
            throw PgDumpFailure.noParts(refused, database);
        }
    }

    /** Builds a {@link PgDumpSource}. Every setting has a default. Not thread-safe. */
    public static final class Builder {
        private Supplier<PostgresClients> clients = PostgresClients::discover;
        private Duration stallTimeout = Duration.ofMinutes(10);
        private Duration lockWaitTimeout = Duration.ofMinutes(1);
        private TablePartSizes sizes = TablePartSizes.DEFAULT;

        private Builder() {}

        /** Sets the client programs to choose from. Default: those that are found on this machine at each dump. */
        public Builder clients(PostgresClients available) {
            return clients(() -> available);
        }

        /** As {@link #clients(PostgresClients)}, asked at each dump. */
        public Builder clients(Supplier<PostgresClients> available) {
            this.clients = available;
            return this;
        }

        /**
         * Sets how long a dump may go without a byte or a line of progress: at least one millisecond. The time that a
         * slow store takes doesn't count. Default: 10 minutes.
         */
        public Builder stallTimeout(Duration limit) {
            this.stallTimeout = limit;
            return this;
        }

        /**
         * Sets how long {@code pg_dump} waits for each table that another session has locked: at least one millisecond.
         * A waiting {@code pg_dump} makes no progress, so keep this below the stall timeout. Default: 1 minute.
         */
        public Builder lockWaitTimeout(Duration limit) {
            this.lockWaitTimeout = limit;
            return this;
        }

        /**
         * Sets the least size of a table, in bytes on disk, whose rows are read in parts, and of each of its parts: at
         * least 1. Default: 64 MiB.
         */
        public Builder leastPart(long bytes) {
            this.sizes = new TablePartSizes(bytes);
            return this;
        }

        /**
         * Builds the source.
         *
         * @throws IllegalArgumentException if a limit is shorter than a millisecond
         */
        public PgDumpSource build() {
            return new PgDumpSource(this);
        }
    }
}

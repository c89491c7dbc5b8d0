package io.autodump.postgres;

import com.google.common.base.Suppliers;
import com.google.common.collect.Comparators;
import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.drill.DrillDatabase;
import io.autodump.core.drill.DrillOptions;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.dump.DumpPart;
import io.autodump.core.port.ArchiveInspector;
import io.autodump.core.port.DatabaseChecks;
import io.autodump.core.port.DatabaseEngine;
import io.autodump.core.port.DumpRestorer;
import io.autodump.core.port.DumpSource;
import io.autodump.core.port.RestoreCheck;
import io.autodump.postgres.archive.PgRestoreInspector;
import io.autodump.postgres.client.PostgresClients;
import io.autodump.postgres.drill.PgDrills;
import io.autodump.postgres.dump.PgDumpSource;
import io.autodump.postgres.part.TablePartSizes;
import io.autodump.postgres.restore.PgRestore;
import io.autodump.postgres.restore.ScratchRestoreCheck;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Dumps and restores PostgreSQL databases, including Amazon RDS and Aurora, with PostgreSQL's own programs {@code
 * pg_dump}, {@code pg_restore} and {@code psql}. They must be installed, in the server's major version or a newer one.
 * They get passwords in files with mode 0600, never as arguments.
 *
 * <p>The engine searches for the programs once, when it first needs them. Immutable and thread-safe.
 *
 * <pre>{@code
 * AutoDump.builder()
 *         .engine(PostgresEngine.builder().clientFolders(List.of(Path.of("/opt/pg17/bin"))).build())
 * }</pre>
 */
public final class PostgresEngine implements DatabaseEngine {
    private static final Set<String> NAMES = Set.of("postgres", "aurora-postgresql");

    private final Supplier<PostgresClients> clients;
    private final DumpSource source;

    private PostgresEngine(Builder builder) {
        Optional<List<Path>> folders = builder.clientFolders;
        this.clients = Suppliers.memoize(() -> folders.map(PostgresClients::of).orElseGet(PostgresClients::discover));
        this.source = PgDumpSource.builder()
                .clients(clients)
                .stallTimeout(builder.stallTimeout)
                .lockWaitTimeout(builder.lockWaitTimeout())
                .leastPart(builder.leastPart)
                .build();
    }

    /** Returns an engine with all defaults. */
    public static PostgresEngine create() {
        return builder().build();
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Returns {@code postgres} and {@code aurora-postgresql}. */
    @Override
    public Set<String> names() {
        return NAMES;
    }

    @Override
    public DumpSource source() {
        return source;
    }

    @Override
    public ArchiveInspector inspector() {
        return new ArchiveInspector() {
            @Override
            public Optional<Integer> inspect(DumpManifest manifest, InputStream stored) {
                return new PgRestoreInspector(clients.get()).inspect(manifest, stored);
            }

            @Override
            public OptionalLong countRows(DumpManifest manifest, DumpPart part, InputStream stored) {
                return new PgRestoreInspector(clients.get()).countRows(manifest, part, stored);
            }
        };
    }

    @Override
    public DumpRestorer restorer() {
        return new PgRestore(clients.get());
    }

    /**
     * {@inheritDoc}
     *
     * @param scratchServer a connection as a superuser, or as the administrator on a managed service; the server has
     *     the version of the dumped server or a newer one, and its extensions
     */
    @Override
    public RestoreCheck restoreCheck(DatabaseSecret scratchServer) {
        return new ScratchRestoreCheck(clients.get(), scratchServer);
    }

    /**
     * {@inheritDoc}
     *
     * <p>A throw-away server is of the dump's major version. Its programs ({@code initdb}, {@code pg_ctl}, {@code
     * postgres}) must be installed beside the client programs. It listens on a Unix socket in a private folder only,
     * and is removed at the end. PostgreSQL refuses to run as root: for root, the user {@code postgres} or {@code
     * nobody} runs it, through {@code setpriv}.
     */
    @Override
    public DrillDatabase drill(DumpManifest manifest, DrillOptions options) {
        return PgDrills.prepare(clients.get(), manifest, options);
    }

    @Override
    public DatabaseChecks checks() {
        return new PostgresChecks(clients);
    }

    @Override
    public List<String> databases(DatabaseSecret database) {
        return DatabaseNames.of(database);
    }

    /**
     * Builds a {@link PostgresEngine}. Every setting has a default. A later call overrides an earlier one.
     * Not thread-safe.
     */
    public static final class Builder {
        private static final Duration LONGEST_LOCK_WAIT = Duration.ofMinutes(1);

        private Optional<List<Path>> clientFolders = Optional.empty();
        private Duration stallTimeout = Duration.ofMinutes(10);
        private Optional<Duration> lockWaitTimeout = Optional.empty();
        private long leastPart = TablePartSizes.DEFAULT.least();

        private Builder() {}

        /**
         * Sets the only folders in which the engine searches for client programs. It skips folders without a {@code
         * pg_dump} that runs. Default: the folders of {@code PATH} and the usual folders of PostgreSQL's packages.
         *
         * @param folders for example {@code /usr/lib/postgresql/17/bin}
         */
        public Builder clientFolders(List<Path> folders) {
            this.clientFolders = Optional.of(List.copyOf(folders));
            return this;
        }

        /**
         * Sets how long a dump may go without a byte or a line of progress until it fails with {@code DUMP_STALLED}: at
         * least one millisecond. The time that a slow store takes doesn't count. Default: 10 minutes.
         */
        public Builder stallTimeout(Duration limit) {
            this.stallTimeout = limit;
            return this;
        }

        /**
         * Sets how long {@code pg_dump} waits for each table that another session has locked: at least one millisecond.
         * Default: half of the stall timeout, and at most 1 minute. A dump that waits for a lock makes no progress, and
         * the error must name the lock.
         */
        public Builder lockWaitTimeout(Duration limit) {
            this.lockWaitTimeout = Optional.of(limit);
            return this;
        }

        /**
         * Sets the least size of a table, in bytes on disk, whose rows a parallel dump reads in parts, and of each of
         * its parts: at least 1. Smaller parts keep more sessions busy, and each costs the store some requests.
         * Default: 64 MiB.
         */
        public Builder leastPart(long bytes) {
            this.leastPart = bytes;
            return this;
        }

        /**
         * Builds the engine. Doesn't search for programs yet.
         *
         * @throws IllegalArgumentException if a limit is shorter than a millisecond, or a part smaller than a byte
         */
        public PostgresEngine build() {
            return new PostgresEngine(this);
        }

        private Duration lockWaitTimeout() {
            return lockWaitTimeout.orElseGet(() -> Comparators.min(LONGEST_LOCK_WAIT, stallTimeout.dividedBy(2)));
        }
    }
}

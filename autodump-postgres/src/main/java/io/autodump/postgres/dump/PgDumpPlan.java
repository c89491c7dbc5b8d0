package io.autodump.postgres.dump;

import io.autodump.core.dump.Compression;
import io.autodump.core.dump.Compression.Algorithm;
import io.autodump.core.dump.DumpFileType;
import io.autodump.core.dump.DumpFormat;
import io.autodump.core.dump.DumpSettings;
import io.autodump.core.server.RequiredExtension;
import io.autodump.postgres.client.PostgresClient;
import io.autodump.postgres.connection.Sql;
import io.autodump.postgres.part.LargeTable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Who compresses, and what the file is therefore.
 *
 * <ul>
 *   <li>A custom archive with zstd: {@code pg_dump} itself from version 16 on, if it is built with zstd and one thread
 *       is enough; the archive then stays seekable. Otherwise this process, over an uncompressed archive.
 *   <li>A custom archive with gzip: {@code pg_dump} itself.
 *   <li>A script: always this process, so that the script's closing line can be seen on its way.
 * </ul>
 *
 * @param fileType what the stored bytes are
 * @param innerLevel what {@code pg_dump --compress} is given
 * @param threads that compress the whole stream in this process
 */
record PgDumpPlan(DumpFileType fileType, String innerLevel, int threads) {
    private static final int FIRST_WITH_EXTENSIONS = 14;
    private static final int FIRST_WITH_ZSTD = 16;
    private static final int FIRST_WITH_STATISTICS = 18;
    private static final String UNCOMPRESSED = "0";

    /**
     * Chooses who compresses.
     *
     * @param clientHasZstd whether the client is built with zstd, if its version supports it at all
     * @param threads how many threads may compress the stream
     */
    static PgDumpPlan of(DumpSettings settings, boolean clientHasZstd, int threads) {
        Compression compression = settings.compression();
        if (settings.format() == DumpFormat.CUSTOM) {
            if (compression.algorithm() == Algorithm.GZIP) {
                return inside(settings, String.valueOf(compression.level()));
            }
            if (compression.algorithm() == Algorithm.ZSTD && clientHasZstd && threads == 1) {
                return inside(settings, compression.text());
            }
        }
        return new PgDumpPlan(new DumpFileType(settings.format(), compression), UNCOMPRESSED, threads);
    }

    /** Returns whether the client's version supports zstd, so that it must be asked. */
    static boolean couldUseZstdOf(PostgresClient client) {
        return client.major() >= FIRST_WITH_ZSTD;
    }

    private static PgDumpPlan inside(DumpSettings settings, String level) {
        return new PgDumpPlan(new DumpFileType(settings.format(), Compression.NONE), level, 1);
    }

    /**
     * Returns the command line. It contains nothing that other users of the machine may not read.
     *
     * @param serverMajor the major version of the server. The planner's statistics are dumped only where a restore can
     *     take them in: an archive isn't restored into an older server
     * @param snapshot the snapshot of {@code pg_export_snapshot()}
     * @param rowsElsewhere tables whose rows other sessions read
     */
    List<String> command(
            PostgresClient client,
            int serverMajor,
            DumpSettings settings,
            Duration lockWaitTimeout,
            Optional<String> snapshot,
            List<LargeTable> rowsElsewhere) {
        List<String> command = new ArrayList<>(List.of(
                client.program("pg_dump").toString(),
                "--format=" + settings.format().text(),
                "--compress=" + innerLevel,
                "--verbose",
                "--no-password",
                "--lock-wait-timeout=" + lockWaitTimeout.toMillis()));
        settings.schemas().forEach(pattern -> command.add("--schema=" + pattern));
        if (!settings.schemas().isEmpty()) {
            // Without this, pg_dump ignores a pattern that matches nothing as long as another one matches.
            command.add("--strict-names");
        }
        settings.excludeTableData().forEach(pattern -> command.add("--exclude-table-data=" + pattern));
        rowsElsewhere.forEach(table -> command.add("--exclude-table-data=" + table.pattern()));
        if (client.major() >= FIRST_WITH_STATISTICS && serverMajor >= FIRST_WITH_STATISTICS) {
            command.add("--statistics");
        }
        snapshot.ifPresent(id -> command.add("--snapshot=" + id));
        return command;
    }

    /** With chosen schemas, {@code pg_dump} leaves out every extension that isn't named. */
    static List<String> extensions(
            PostgresClient client, DumpSettings settings, Collection<RequiredExtension> extensions) {
        return settings.schemas().isEmpty() || client.major() < FIRST_WITH_EXTENSIONS
                ? List.of()
                : extensions.stream()
                        .map(extension -> "--extension=" + Sql.quoted(extension.name()))
                        .toList();
    }
}

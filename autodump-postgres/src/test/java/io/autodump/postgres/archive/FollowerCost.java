package io.autodump.postgres.archive;

import io.autodump.core.dump.Compression;
import io.autodump.core.dump.DumpFormat;
import io.autodump.core.dump.DumpSettings;
import io.autodump.core.port.DumpProgress;
import io.autodump.core.port.PreparedDump;
import io.autodump.postgres.StockPrograms;
import io.autodump.postgres.dump.PgDumpSource;
import io.autodump.testkit.postgres.TestPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;

/**
 * Measures the processor time that following an archive takes, against that of a whole dump on the client's side:
 * {@code pg_dump} itself, and this process, which hashes nothing here. Prints medians of five.
 */
final class FollowerCost {
    /** Rows as they are in ordinary tables; each is a chunk of its own where {@code pg_dump} doesn't compress. */
    private static final String ROWS = """
            CREATE TABLE event AS
            SELECT i AS id, md5(i::text) AS token, 'customer ' || i %% 1000 AS customer,
                   now() - i * interval '1 second' AS at, repeat(md5((i %% 977)::text), 4) AS payload
              FROM generate_series(1, %d) AS i
            """;

    private static final int ROUNDS = 5;
    private static final int PIECE = 64 * 1024;

    private FollowerCost() {}

    /**
     * Measures.
     *
     * @param arguments the number of rows; 1000000 makes an archive of about 240 MB
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path archive = Files.createTempFile("follower", ".dump");
        try (TestPostgres server = TestPostgres.start()) {
            server.createDatabase("bench");
            server.execute("bench", ROWS.formatted(Integer.parseInt(arguments[0])));
            for (String compression : new String[] {"none", "gzip:6", "zstd:3"}) {
                measure(server, archive, compression);
            }
        } finally {
            Files.delete(archive);
        }
    }

    private static void measure(TestPostgres server, Path archive, String compression)
            throws IOException, InterruptedException {
        long[] dump = new long[ROUNDS];
        long[] follow = new long[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            dump[round] = dump(server, archive, compression);
            if (compression.startsWith("zstd")) {
                stock(server, archive);
            }
            follow[round] = follow(archive);
        }
        Arrays.sort(dump);
        Arrays.sort(follow);
        System.out.printf(
                "%s: a dump %d ms, following it %d ms, %.2f %%%n",
                compression,
                dump[ROUNDS / 2] / 1_000_000,
                follow[ROUNDS / 2] / 1_000_000,
                100.0 * follow[ROUNDS / 2] / dump[ROUNDS / 2]);
    }

    /** What is followed where this process compresses is the archive before that. */
    private static void stock(TestPostgres server, Path archive) throws IOException {
        Files.write(archive, new StockPrograms(server).dump("bench", "--format=custom", "--compress=0"));
    }

    /** The processor time of this process and its children, without the server's. */
    private static long dump(TestPostgres server, Path archive, String compression)
            throws IOException, InterruptedException {
        DumpSettings settings = DumpSettings.builder()
                .format(DumpFormat.CUSTOM)
                .compression(Compression.parse(compression).orElseThrow())
                .build();
        long children = children();
        long own = own();
        try (PreparedDump dump = PgDumpSource.create().prepare(server.secret("bench"), settings);
                OutputStream file = Files.newOutputStream(archive)) {
            dump.writeTo(file, DumpProgress.SILENT);
        }
        return own() - own + children() - children;
    }

    private static long follow(Path archive) throws IOException {
        ArchiveFollower follower = new ArchiveFollower();
        byte[] piece = new byte[PIECE];
        long spent = 0;
        try (InputStream bytes = Files.newInputStream(archive)) {
            for (int read = bytes.read(piece); read >= 0; read = bytes.read(piece)) {
                long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
                follower.accept(piece, 0, read);
                spent += ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before;
            }
        }
        if (follower.problem().isPresent()) {
            throw new IllegalStateException(follower.problem().get());
        }
        return spent;
    }

    private static long own() {
        return ProcessHandle.current()
                .info()
                .totalCpuDuration()
                .map(Duration::toNanos)
                .orElseThrow();
    }

    /** Of the children that have ended, from fields 16 and 17 of Linux's {@code /proc/self/stat}, in ticks of 10 ms. */
    private static long children() throws IOException {
        String stat = Files.readString(Path.of("/proc/self/stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return (Long.parseLong(fields[13]) + Long.parseLong(fields[14])) * 10_000_000;
    }
}

package io.autodump.postgres.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.autodump.core.dump.Compression;
import io.autodump.core.dump.DumpFileType;
import io.autodump.core.dump.DumpFormat;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.postgres.OtherVersions;
import io.autodump.postgres.StockPrograms;
import io.autodump.postgres.TestDump;
import io.autodump.postgres.TestForm;
import io.autodump.postgres.client.PostgresClient;
import io.autodump.postgres.client.PostgresClients;
import io.autodump.testkit.postgres.TestPostgres;
import java.io.ByteArrayInputStream;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the installed {@code pg_dump} writes, whole and damaged: the stream's rule and the verification's agree. */
class RealArchivesIT {
    private static final Map<String, byte[]> ARCHIVES = new LinkedHashMap<>();
    private static final Map<PostgresClient, PgRestoreInspector> INSPECTORS = new HashMap<>();
    private static byte[] script = {};
    /** "make test-all" also tries all clients, and all lengths. */
    private static final boolean ALL = TestForm.FULL;

    private static final int HOLES = TestForm.times(5, 20);

    /** The header, and the blocks at the end, have the most edges. */
    private static final int EDGES = 1000;

    private static final int STEP = 37;

    @BeforeAll
    static void dump() {
        try (TestPostgres server = TestPostgres.start()) {
            server.createDatabase("empty");
            server.createDatabase("small");
            server.execute("small", """
                    CREATE SCHEMA "two
                    lines";
                    CREATE TABLE "two
                    lines"."t;1" AS SELECT i, pg_catalog.md5(i::text) AS hash FROM generate_series(1, 40) AS g (i);
                    CREATE TABLE nothing (a serial PRIMARY KEY, b text DEFAULT 'x');
                    CREATE TABLE parts (a int) PARTITION BY RANGE (a);
                    CREATE TABLE part1 PARTITION OF parts FOR VALUES FROM (0) TO (10);
                    INSERT INTO parts VALUES (1), (2);
                    CREATE UNLOGGED TABLE unlogged AS SELECT 1 AS a;
                    CREATE MATERIALIZED VIEW m AS SELECT * FROM parts;
                    CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1';
                    COMMENT ON TABLE nothing IS 'n';
                    SELECT lo_from_bytea(4000000000, 'large'), lo_from_bytea(17, ''),
                           lo_from_bytea(0, pg_catalog.decode(pg_catalog.repeat('00ff', 3000), 'hex'));
                    COMMENT ON LARGE OBJECT 17 IS 'empty';
                    """);
            StockPrograms stock = new StockPrograms(server);
            for (String compression : new String[] {"0", "6"}) {
                ARCHIVES.put("small, level " + compression, dump(stock, "small", compression));
            }
            ARCHIVES.put("empty", dump(stock, "empty", "6"));
            script = stock.dump("small");
            newer().forEach(client -> addNewer(server, client));
        }
    }

    /** The newest client that is there, or all of them where all tests run. */
    private static List<PostgresClient> newer() {
        return Stream.of(18, 17, 16)
                .flatMap(major -> OtherVersions.find(major).stream())
                .limit(ALL ? Long.MAX_VALUE : 1)
                .toList();
    }

    /** Newer clients write another format, and compress by other algorithms. */
    private static void addNewer(TestPostgres server, PostgresClient client) {
        StockPrograms newer = new StockPrograms(server, client);
        for (String compression : new String[] {"none", "gzip:6", "zstd:3", "lz4:1"}) {
            ARCHIVES.put("small, by " + client.major() + ", " + compression, piped(newer, client, compression));
        }
    }

    /** As dumps are made: into a file, {@code pg_dump} would write its contents list a second time at the end. */
    private static byte[] piped(StockPrograms stock, PostgresClient client, String compression) {
        String command = client.program("pg_dump") + " --format=custom --compress=" + compression + " small | cat";
        return stock.output("small", "sh", "-c", command);
    }

    private static byte[] dump(StockPrograms stock, String database, String compression) {
        return stock.dump(database, "--format=custom", "--compress=" + compression);
    }

    @AfterAll
    static void forget() {
        ARCHIVES.clear();
    }

    static Stream<String> archives() {
        return ARCHIVES.keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("archives")
    void areFollowedToTheirEndHoweverTheyAreCutUp(String name) {
        byte[] archive = bytes(name);
        for (int piece : new int[] {1, 3, 7, 1000, archive.length}) {
            assertThat(ArchiveFollowerTest.problem(archive, piece)).isEmpty();
        }
        assertThat(refusal(archive, DumpFormat.CUSTOM, client(name))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("archives")
    void areRefusedAtEveryLengthButTheFullOne(String name) {
        byte[] archive = bytes(name);
        for (int length = 0; length < archive.length; length += step(length, archive.length)) {
            assertThat(ArchiveFollowerTest.problem(Arrays.copyOf(archive, length), 4096))
                    .as("%s bytes of %s", length, archive.length)
                    .isPresent();
        }
    }

    private static int step(int length, int end) {
        return ALL || length < EDGES || length > end - EDGES ? 1 : STEP;
    }

    /** The verification starts a program each time: the short form has each client, and four compressions. */
    static Stream<String> archivesToVerify() {
        return archives().filter(name -> ALL || !name.matches(".*(gzip:6|none|level 6)"));
    }

    /** Whatever the stream lets pass, the verification lets pass, unless the damage is inside of a compressed block. */
    @ParameterizedTest
    @MethodSource("archivesToVerify")
    void areJudgedAlikeWhenTheyAreMadeAndWhenTheyAreVerified(String name) {
        byte[] archive = bytes(name);
        byte[] longer = Arrays.copyOf(archive, archive.length + 1);
        assertThat(ArchiveFollowerTest.problem(longer, 4096)).isPresent();
        assertThat(refusal(longer, DumpFormat.CUSTOM, client(name))).isPresent();
        for (int cut : new int[] {0, 1, 2, 5, 6, 100, archive.length / 2, archive.length - 12}) {
            assertThat(refusal(Arrays.copyOf(archive, archive.length - cut), DumpFormat.CUSTOM, client(name)))
                    .as("%s bytes fewer", cut)
                    .isEqualTo(ArchiveFollowerTest.problem(Arrays.copyOf(archive, archive.length - cut), 4096));
        }
        Random random = new Random(7);
        for (int i = 0; i < HOLES; i++) {
            int from = random.nextInt(archive.length - 10);
            byte[] hole = new byte[archive.length - 10];
            System.arraycopy(archive, 0, hole, 0, from);
            System.arraycopy(archive, from + 10, hole, from, hole.length - from);
            if (ArchiveFollowerTest.problem(hole, 4096).isPresent()) {
                assertThat(refusal(hole, DumpFormat.CUSTOM, client(name))).isPresent();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("scriptPieces")
    void aScriptIsRefusedAtEveryLengthButTheFullOne(int piece) {
        for (int length = script.length - 300; length <= script.length; length++) {
            ScriptEdges edges = new ScriptEdges();
            for (int offset = 0; offset < length; offset += piece) {
                edges.accept(script, offset, Math.min(piece, length - offset));
            }
            assertThat(edges.isWhole()).as("%s bytes", length).isEqualTo(length == script.length);
        }
        assertThat(refusal(script, DumpFormat.PLAIN)).isEmpty();
        assertThat(refusal(Arrays.copyOf(script, script.length - 1), DumpFormat.PLAIN))
                .isPresent();
        assertThat(refusal(Arrays.copyOfRange(script, 1, script.length), DumpFormat.PLAIN))
                .isPresent();
    }

    static Stream<Integer> scriptPieces() {
        return Stream.of(1, 1000, 1_000_000);
    }

    /** Why the verification refuses it, without what it says around that; empty if it doesn't. */
    private static Optional<String> refusal(byte[] dump, DumpFormat format) {
        return refusal(dump, format, StockPrograms.client());
    }

    private static Optional<String> refusal(byte[] dump, DumpFormat format, PostgresClient client) {
        DumpManifest manifest = DumpManifest.builder()
                .from(TestDump.manifest(new DumpFileType(format, Compression.NONE)))
                .clientVersion(client.version())
                .build();
        Throwable thrown = catchThrowable(() -> INSPECTORS
                .computeIfAbsent(client, RealArchivesIT::inspector)
                .inspect(manifest, new ByteArrayInputStream(dump)));
        if (thrown == null) {
            return Optional.empty();
        }
        assertThat(thrown).isInstanceOf(AutoDumpException.class);
        AutoDumpException refused = (AutoDumpException) thrown;
        assertThat(refused.code()).isEqualTo(ErrorCode.DUMP_CORRUPT);
        return Optional.of(refused.description().replace("the dump isn't whole: ", ""));
    }

    private static PgRestoreInspector inspector(PostgresClient client) {
        return new PgRestoreInspector(PostgresClients.of(List.of(client.binFolder())));
    }

    /** The one that wrote the archive. */
    private static PostgresClient client(String name) {
        return Stream.of(16, 17, 18)
                .filter(major -> name.contains("by " + major))
                .flatMap(major -> OtherVersions.find(major).stream())
                .findFirst()
                .orElseGet(StockPrograms::client);
    }

    private static byte[] bytes(String name) {
        return Optional.ofNullable(ARCHIVES.get(name)).orElseThrow();
    }
}

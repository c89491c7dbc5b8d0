package io.autodump.postgres.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.autodump.core.dump.Compression;
import io.autodump.core.dump.DumpFormat;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.postgres.StockPrograms;
import io.autodump.postgres.TestDump;
import io.autodump.testkit.ActingInputStream;
import io.autodump.testkit.postgres.TestPostgres;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PgRestoreInspectorIT {
    private static final Compression ZSTD = Compression.DEFAULT;
    private static final Compression GZIP = Compression.parse("gzip").orElseThrow();
    private static final Map<DumpFormat, Map<Compression.Algorithm, TestDump>> DUMPS = new EnumMap<>(DumpFormat.class);

    private static TestPostgres server;
    private final PgRestoreInspector inspector = new PgRestoreInspector(StockPrograms.CLIENTS);

    @BeforeAll
    static void start() {
        server = TestPostgres.start();
        server.createDatabase("source");
        server.execute("source", """
                CREATE TABLE items AS SELECT i, pg_catalog.md5(i::text) AS hash FROM generate_series(1, 20000) AS g (i);
                CREATE SCHEMA "two
                1; 2 3 lines";
                CREATE TABLE "two
                1; 2 3 lines"."1; 2" (i integer);
                SELECT lo_from_bytea(0, pg_catalog.decode(pg_catalog.repeat('00ff', 100000), 'hex'));
                CREATE TABLE tail AS SELECT i, pg_catalog.md5(i::text) AS hash FROM generate_series(1, 20000) AS g (i);
                """);
        for (DumpFormat format : DumpFormat.values()) {
            DUMPS.put(format, new EnumMap<>(Compression.Algorithm.class));
            for (Compression outer : List.of(ZSTD, GZIP, Compression.NONE)) {
                DUMPS.get(format).put(outer.algorithm(), TestDump.of(server, "source", format, outer));
            }
        }
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    static Stream<Arguments> fileTypes() {
        return DUMPS.entrySet().stream()
                .flatMap(formats ->
                        formats.getValue().keySet().stream().map(outer -> Arguments.of(formats.getKey(), outer)));
    }

    /** Cut at the start, in the contents list, in the data, and just before the end. */
    static Stream<Arguments> cuts() {
        return fileTypes()
                .flatMap(type -> Stream.of(0.0, 0.0001, 0.002, 0.3, 0.9, 1.0)
                        .map(part -> Arguments.of(type.get()[0], type.get()[1], part)));
    }

    @ParameterizedTest
    @MethodSource("fileTypes")
    void countsTheEntriesThatPgRestoreLists(DumpFormat format, Compression.Algorithm outer) {
        TestDump dump = dump(format, outer);
        Optional<Integer> entries = inspect(dump);
        if (format == DumpFormat.PLAIN) {
            assertThat(entries).isEmpty();
        } else {
            assertThat(entries).contains(listed());
        }
    }

    @ParameterizedTest
    @MethodSource("cuts")
    void findsADumpThatIsCutShort(DumpFormat format, Compression.Algorithm outer, double part) {
        TestDump dump = dump(format, outer);
        int length = (int) Math.min(dump.stored().length * part, dump.stored().length - 20.0);
        assertCorrupt(dump.withBytes(Arrays.copyOf(dump.stored(), length)));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.0, 0.3, 0.6, 0.95})
    void findsAChangedByteWhereverTheBytesAreCompressed(double part) {
        for (TestDump dump : List.of(
                dump(DumpFormat.CUSTOM, Compression.Algorithm.ZSTD),
                dump(DumpFormat.CUSTOM, Compression.Algorithm.GZIP),
                dump(DumpFormat.CUSTOM, Compression.Algorithm.NONE),
                dump(DumpFormat.PLAIN, Compression.Algorithm.ZSTD))) {
            byte[] changed = dump.stored().clone();
            int from = (int) (changed.length * part);
            for (int i = from; i < from + 16; i++) {
                changed[i] ^= 0x55;
            }
            assertCorrupt(dump.withBytes(changed));
        }
    }

    @Test
    void countsNothingInTheDumpOfAnEmptyDatabase() {
        server.createDatabase("empty");
        assertThat(inspect(TestDump.of(server, "empty", DumpFormat.CUSTOM, ZSTD)))
                .contains(0);
    }

    @Test
    void findsGarbage() {
        byte[] garbage = "not a dump at all\n".repeat(10_000).getBytes(StandardCharsets.UTF_8);
        fileTypes()
                .forEach(type -> assertCorrupt(dump((DumpFormat) type.get()[0], (Compression.Algorithm) type.get()[1])
                        .withBytes(garbage)));
    }

    @Test
    void findsAScriptThatLacksTheEndOfItsRestrictedMode() {
        TestDump script = dump(DumpFormat.PLAIN, Compression.Algorithm.NONE);
        String text = new String(script.stored(), StandardCharsets.UTF_8);
        String unrestricted = text.replaceAll("(?m)^\\\\(un)?restrict .*\\n\\n", "");
        assertThat(inspect(script.withBytes(unrestricted.getBytes(StandardCharsets.UTF_8))))
                .isEmpty();
        assertCorrupt(script.withBytes(
                text.replaceAll("(?m)^\\\\unrestrict .*\\n", "").getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void readsEveryMemberOfAGzipFile() {
        byte[] script = dump(DumpFormat.PLAIN, Compression.Algorithm.NONE).stored();
        StockPrograms stock = new StockPrograms(server);
        byte[] first = stock.filter(Arrays.copyOf(script, 100_000), "gzip", "-c");
        byte[] second = stock.filter(Arrays.copyOfRange(script, 100_000, script.length), "gzip", "-c");
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        assertThat(inspect(dump(DumpFormat.PLAIN, Compression.Algorithm.GZIP).withBytes(both)))
                .isEmpty();
    }

    @Test
    void tellsAFailureOfTheStoreFromADamagedDump() {
        for (DumpFormat format : DumpFormat.values()) {
            TestDump dump = dump(format, Compression.Algorithm.ZSTD);
            InputStream stored = ActingInputStream.failing(dump.stored(), 9_000, "the disk is gone");
            AutoDumpException failed =
                    catchThrowableOfType(AutoDumpException.class, () -> inspector.inspect(dump.manifest(), stored));
            assertThat(failed.code()).isEqualTo(ErrorCode.STORE_FAILED);
            assertThat(failed).hasMessageContaining("the disk is gone");
        }
    }

    @Test
    void leavesTheStreamOpen() {
        TestDump dump = dump(DumpFormat.CUSTOM, Compression.Algorithm.ZSTD);
        InputStream stored = new ByteArrayInputStream(dump.stored()) {
            @Override
            public void close() {
                throw new AssertionError("closed");
            }
        };
        assertThat(inspector.inspect(dump.manifest(), stored)).isPresent();
    }

    private static int listed() {
        byte[] list = new StockPrograms(server)
                .filter(
                        dump(DumpFormat.CUSTOM, Compression.Algorithm.NONE).stored(),
                        StockPrograms.client().program("pg_restore").toString(),
                        "--list");
        return (int) new String(list, StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.isEmpty() && !line.startsWith(";"))
                .count();
    }

    private Optional<Integer> inspect(TestDump dump) {
        return inspector.inspect(dump.manifest(), dump.open());
    }

    private void assertCorrupt(TestDump dump) {
        AutoDumpException failed = catchThrowableOfType(AutoDumpException.class, () -> inspect(dump));
        assertThat(failed).as("a failure for %s bytes", dump.stored().length).isNotNull();
        assertThat(failed.code()).isEqualTo(ErrorCode.DUMP_CORRUPT);
    }

    private static TestDump dump(DumpFormat format, Compression.Algorithm outer) {
        return Optional.ofNullable(DUMPS.get(format))
                .map(dumps -> dumps.get(outer))
                .orElseThrow();
    }
}

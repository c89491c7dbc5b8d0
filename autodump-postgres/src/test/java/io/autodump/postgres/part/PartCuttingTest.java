package io.autodump.postgres.part;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PartCuttingTest {
    private static final long MIB = 1024 * 1024;
    private static final long PAGE = 8192;

    @Test
    void coversAllPagesAndLeavesTheLastRangeOpen() {
        List<TablePart> parts = PartCutting.cut(table("t", 10 * PAGE, 10, true), List.of("a\"b", "c"), 4 * PAGE);

        assertThat(parts.stream().map(TablePart::copyOut))
                .containsExactly(
                        copy("ctid >= '(0,0)'::pg_catalog.tid AND ctid < '(4,0)'::pg_catalog.tid"),
                        copy("ctid >= '(4,0)'::pg_catalog.tid AND ctid < '(8,0)'::pg_catalog.tid"),
                        copy("ctid >= '(8,0)'::pg_catalog.tid"));
        assertThat(parts.get(1).displayed()).isEqualTo("s.t (2/3)");
    }

    private static String copy(String range) {
        return "COPY (SELECT \"a\"\"b\", \"c\" FROM ONLY \"s\".\"t\" WHERE " + range + ") TO STDOUT";
    }

    @ParameterizedTest
    @CsvSource({"false, 1000000, 100", "true, 8192, 1", "true, 0, 0"})
    void leavesATableWholeThatCannotBeCut(boolean divisible, long bytes, long pages) {
        assertThat(PartCutting.cut(table("t", bytes, pages, divisible), List.of("a"), PAGE))
                .singleElement()
                .satisfies(part -> assertThat(part.copyOut()).isEqualTo("COPY \"s\".\"t\" (\"a\") TO STDOUT"));
    }

    /** Its rows are few pages and much TOAST. */
    @Test
    void cutsNoPage() {
        assertThat(PartCutting.cut(table("t", 1000 * MIB, 3, true), List.of("a"), MIB))
                .hasSize(3);
    }

    @ParameterizedTest
    @CsvSource({
        // MiB of the tables, jobs, MiB of a part
        "100, 4, 64",
        "2048, 4, 128",
        "100000, 4, 512",
        "8000000, 4, 1000"
    })
    void makesSomePartsForEachSession(long tables, int jobs, long part) {
        assertThat(TablePartSizes.DEFAULT.partBytes(tables * MIB, jobs)).isEqualTo(part * MIB);
    }

    @Test
    void takesTheLargestTablesUntilTheRestIsAnEighthOfOneShare() {
        List<LargeTable> tables = List.of(
                table("a", 3, 1, true), table("b", 60, 1, true), table("c", 30, 1, true), table("d", 7, 1, true));

        assertThat(TableChoice.of(tables, 100, 1).stream().map(LargeTable::name))
                .containsExactly("b", "c");
        assertThat(TableChoice.of(tables, 100, 2).stream().map(LargeTable::name))
                .containsExactly("b", "c", "d");
        assertThat(TableChoice.of(tables, 1000, 4)).hasSize(4);
    }

    @ParameterizedTest
    @CsvSource({"1023, 16, 1", "1024, 16, 2", "1024, 1, 1", "3000, 2, 2", "100000, 16, 4"})
    void choosesTheNumberOfSessions(long mebibytes, int processors, int jobs) {
        assertThat(JobsChoice.of(java.util.Optional.empty(), mebibytes * MIB, processors))
                .isEqualTo(jobs);
        assertThat(JobsChoice.of(java.util.Optional.of(7), mebibytes * MIB, processors))
                .isEqualTo(7);
    }

    private static LargeTable table(String name, long bytes, long pages, boolean divisible) {
        return new LargeTable(1, "s", name, bytes, pages, divisible);
    }
}

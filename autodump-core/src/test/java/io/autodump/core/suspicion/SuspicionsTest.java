package io.autodump.core.suspicion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autodump.core.dump.Checksum;
import io.autodump.core.dump.Compression;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.dump.DumpPart;
import io.autodump.core.dump.DumpParts;
import io.autodump.core.dump.DumpSettings;
import io.autodump.core.dump.TableRows;
import io.autodump.core.usecase.Manifests;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuspicionsTest {
    private static final long MEBI = 1 << 20;

    @Test
    void findsADumpThatIsMuchSmaller() {
        List<DumpManifest> before = IntStream.range(0, 12)
                .mapToObj(i -> sized((4200 - 100L * (i % 2)) * MEBI).build())
                .toList();

        assertThat(Suspicions.of(sized(1200 * MEBI).build(), before, SuspicionLimits.DEFAULT))
                .containsExactly("1.2 GiB, the last 10 had 4.0 GiB to 4.1 GiB");
        assertThat(Suspicions.of(sized(2051 * MEBI).build(), before, SuspicionLimits.DEFAULT))
                .isEmpty();
        assertThat(Suspicions.of(sized(1200 * MEBI).build(), before, SuspicionLimits.parse("size=90")))
                .isEmpty();
        assertThat(Suspicions.of(sized(1).build(), before, SuspicionLimits.OFF)).isEmpty();
    }

    @Test
    void comparesWithTheSmallestOfThem() {
        List<DumpManifest> before =
                List.of(sized(10 * MEBI).build(), sized(1000 * MEBI).build());

        assertThat(Suspicions.of(sized(9 * MEBI).build(), before, SuspicionLimits.DEFAULT))
                .isEmpty();
    }

    @Test
    void passesOverSmallDumpsAndADatabaseWithoutPredecessors() {
        assertThat(Suspicions.of(sized(1000).build(), List.of(sized(60_000).build()), SuspicionLimits.DEFAULT))
                .isEmpty();
        assertThat(Suspicions.of(sized(1).build(), List.of(), SuspicionLimits.DEFAULT))
                .isEmpty();
    }

    @Test
    void findsFewerTables() {
        List<DumpManifest> before = List.of(
                sized(1).archiveEntries(100).build(),
                sized(1).archiveEntries(104).build());

        assertThat(Suspicions.of(sized(1).archiveEntries(80).build(), before, SuspicionLimits.DEFAULT))
                .containsExactly("80 entries, the last 2 had 100 to 104");
        assertThat(Suspicions.of(sized(1).archiveEntries(81).build(), before, SuspicionLimits.DEFAULT))
                .isEmpty();
    }

    /** The archive of a dump in parts has no entry for the rows that are in parts. */
    @Test
    void countsTheTablesWhoseRowsAreInParts() {
        DumpManifest oneFile = sized(1).archiveEntries(6).build();
        DumpManifest inParts = inParts(4, "\"public\".\"a\"", "\"public\".\"b\"", "\"public\".\"b\"");

        assertThat(Suspicions.of(inParts, List.of(oneFile), SuspicionLimits.DEFAULT))
                .isEmpty();
        assertThat(Suspicions.of(sized(1).archiveEntries(4).build(), List.of(inParts), SuspicionLimits.DEFAULT))
                .containsExactly("4 entries, the dump before had 6");
    }

    @Test
    void countsTablesWhereRowsWereCounted() {
        DumpManifest before = sized(1).archiveEntries(100)
                .addTables(new TableRows("public", "orders", 10), new TableRows("public", "customer", 10))
                .build();
        DumpManifest now = sized(1).archiveEntries(10)
                .addTables(new TableRows("public", "orders", 10))
                .build();

        assertThat(Suspicions.of(now, List.of(before), SuspicionLimits.DEFAULT))
                .containsExactly("1 tables, the dump before had 2");
    }

    @Test
    void findsATableThatLostMostOfItsRows() {
        DumpManifest before = sized(1).addTables(
                        new TableRows("public", "orders", 5000), new TableRows("public", "tiny", 99))
                .build();
        DumpManifest now = sized(1).addTables(
                        new TableRows("public", "orders", 1000), new TableRows("public", "tiny", 0))
                .build();

        assertThat(Suspicions.of(now, List.of(before), SuspicionLimits.DEFAULT))
                .containsExactly("table public.orders: 1000 rows, the dump before had 5000 rows");
        assertThat(Suspicions.of(now, List.of(before), SuspicionLimits.parse("rows=off")))
                .isEmpty();
    }

    @Test
    void comparesNothingThatWasMadeInAnotherWay() {
        DumpManifest all = sized(1000 * MEBI).build();
        DumpManifest some = sized(MEBI)
                .settings(DumpSettings.builder().addSchemas("public").build())
                .build();

        assertThat(Suspicions.of(some, List.of(all), SuspicionLimits.DEFAULT)).isEmpty();
        assertThat(Suspicions.of(sized(MEBI).database("other").build(), List.of(all), SuspicionLimits.DEFAULT))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "off | off",
                "size=30 | size=30 tables=20 rows=80",
                "rows=off tables=100 | size=50 tables=100 rows=off",
                "size=off tables=off rows=off | off"
            })
    void readsLimits(String text, String canonical) {
        assertThat(SuspicionLimits.parse(text)).hasToString(canonical);
    }

    @Test
    void namesEverythingThatIsWrongWithLimits() {
        assertThatThrownBy(() -> SuspicionLimits.parse("siez=50 tables=0 rows=101 size"))
                .hasMessageContaining("\"siez=50\" isn't off or MEASURE=PERCENT")
                .hasMessageContaining("did you mean size?")
                .hasMessageContaining("\"tables=0\" needs a percentage of 1 to 100, or off")
                .hasMessageContaining("\"rows=101\"")
                .hasMessageContaining("\"size\" isn't");
        assertThatThrownBy(() -> SuspicionLimits.parse("size=1 size=2")).hasMessage("\"size\" stands twice");
    }

    private static DumpManifest inParts(int archiveEntries, String... tables) {
        List<DumpPart> parts = new ArrayList<>(List.of(part("archive.dump.zst").build()));
        for (String table : tables) {
            parts.add(part(DumpPart.dataName(parts.size(), Compression.DEFAULT))
                    .table(table)
                    .build());
        }
        return new DumpParts(parts, List.of())
                .describe(sized(1).archiveEntries(archiveEntries))
                .build();
    }

    private static DumpPart.Builder part(String name) {
        return DumpPart.builder()
                .name(name)
                .compression(Compression.DEFAULT)
                .sourceBytes(1)
                .storedBytes(1)
                .checksum(Checksum.ofSha256(new byte[32]));
    }

    private static DumpManifest.Builder sized(long bytes) {
        return Manifests.of("orders", "2026-11-22T08:00:00Z").storedBytes(bytes);
    }
}

package io.autodump.postgres.contents;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autodump.core.dump.RestoreOptions;
import io.autodump.core.error.AutoDumpException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChosenEntriesTest {
    private static final List<ArchiveEntry> ENTRIES = List.of(
            new ArchiveEntry(1, "SCHEMA", "", "dot.ted", "", "", "", List.of()),
            new ArchiveEntry(2, "TABLE", "dot.ted", "Upper", "", "", "", List.of(1)),
            new ArchiveEntry(3, "TABLE", "public", "plain", "", "", "", List.of()));

    /** Without double quotes, a dot separates a schema from a table, and letters are read as lower case. */
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '\'',
            value = {
                "dot.ted.upper, \"dot.ted\".\"Upper\"",
                "upper, \"dot.ted\".\"Upper\"",
                "public.plian, public.plain",
                "plian, public.plain"
            })
    void suggestsAPatternThatMatches(String pattern, String suggested) {
        RestoreOptions options = RestoreOptions.builder().addTables(pattern).build();

        assertThatThrownBy(() -> ChosenEntries.of(ENTRIES, options))
                .isInstanceOf(AutoDumpException.class)
                .hasMessageContaining("did you mean " + suggested + "?");
        ChosenEntries.of(ENTRIES, RestoreOptions.builder().addTables(suggested).build());
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '\'',
            value = {"dot.ted, \"dot.ted\"", "pubilc, public"})
    void suggestsAPatternOfSchemasThatMatches(String pattern, String suggested) {
        RestoreOptions options = RestoreOptions.builder().addSchemas(pattern).build();

        assertThatThrownBy(() -> ChosenEntries.of(ENTRIES, options))
                .isInstanceOf(AutoDumpException.class)
                .hasMessageContaining("did you mean " + suggested + "?");
        ChosenEntries.of(ENTRIES, RestoreOptions.builder().addSchemas(suggested).build());
    }
}

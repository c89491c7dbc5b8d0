package io.autodump.core.dump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autodump.core.restore.RestoredPart;
import io.autodump.core.restore.SkippableKind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RestoreOptionsTest {
    @Test
    void restoresEverythingByDefault() {
        assertThat(RestoreOptions.DEFAULTS.choosesContents()).isFalse();
        assertThat(RestoreOptions.builder().create(true).noOwner(true).build().choosesContents())
                .isFalse();
    }

    static List<RestoreOptions> choices() {
        return List.of(
                RestoreOptions.builder().part(RestoredPart.SCHEMA).build(),
                RestoreOptions.builder().addTables("public.orders").build(),
                RestoreOptions.builder().addSchemas("shop").build(),
                RestoreOptions.builder().addExcludeTables("*.log").build(),
                RestoreOptions.builder().addSkip(SkippableKind.COMMENTS).build());
    }

    @ParameterizedTest
    @MethodSource("choices")
    void choosesAPart(RestoreOptions options) {
        assertThat(options.choosesContents()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, DumpSettings.MAX_JOBS + 1})
    void refusesNumbersOfJobs(int jobs) {
        assertThatThrownBy(() -> RestoreOptions.builder().jobs(jobs).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("jobs must be 1 to");
    }

    @Test
    void refusesToAddToWhatItDrops() {
        assertThatThrownBy(() ->
                        RestoreOptions.builder().clean(true).intoNonEmpty(true).build())
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> RestoreOptions.builder()
                        .clean(true)
                        .part(RestoredPart.DATA)
                        .build())
                .isInstanceOf(IllegalArgumentException.class);
    }
}

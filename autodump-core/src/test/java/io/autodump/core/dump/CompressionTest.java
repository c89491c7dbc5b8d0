package io.autodump.core.dump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CompressionTest {
    @ParameterizedTest
    @CsvSource({"zstd, zstd:3", "zstd:19, zstd:19", "gzip, gzip:6", "gzip:1, gzip:1", "none, none", "none:0, none"})
    void readsTheWrittenForm(String text, String canonical) {
        Compression compression = Compression.parse(text).orElseThrow();

        assertThat(compression).hasToString(canonical);
        assertThat(Compression.parse(canonical)).contains(compression);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "zstd:", "zstd:0", "zstd:20", "gzip:10", "none:1", "ZSTD:3", "zstd:03x", "zstd:3 "})
    void readsNothingElse(String text) {
        assertThat(Compression.parse(text)).isEmpty();
    }

    @Test
    void refusesALevelThatTheAlgorithmLacks() {
        assertThatThrownBy(() -> new Compression(Compression.Algorithm.GZIP, 19))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("gzip has levels 1 to 9, not 19");
    }

    @Test
    void endsAFileNameWithWhatCompressedTheWholeFile() {
        assertThat(new DumpFileType(DumpFormat.CUSTOM, Compression.DEFAULT).extension())
                .isEqualTo(".dump.zst");
        assertThat(new DumpFileType(DumpFormat.PLAIN, Compression.parse("gzip").orElseThrow()).extension())
                .isEqualTo(".sql.gz");
        assertThat(new DumpFileType(DumpFormat.CUSTOM, Compression.NONE).extension())
                .isEqualTo(".dump");
    }
}

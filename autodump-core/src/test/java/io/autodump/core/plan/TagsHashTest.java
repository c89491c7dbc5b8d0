package io.autodump.core.plan;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.autodump.core.contract.TagNames;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TagsHashTest {
    private static final Map<String, String> WEEKDAYS =
            Map.of(TagNames.START_SCHEDULE, "0 8 * * 1-5", TagNames.TIMEZONE, "America/Denver");

    @ParameterizedTest
    @MethodSource("golden")
    void reproducesEveryHashOfTheOriginalSystem(String zone, String schedule, String expected) throws IOException {
        Map<String, String> tags = new HashMap<>();
        putUnlessAbsent(tags, TagNames.TIMEZONE, zone);
        putUnlessAbsent(tags, TagNames.START_SCHEDULE, schedule);

        assertThat(TagsHash.v1(tags).value()).isEqualTo(expected);
        assertThat(new TagsHash(expected).matches(tags)).isTrue();
    }

    @Test
    void trimsForV1AsJavaScriptTrims() {
        Map<String, String> padded = Map.of(
                TagNames.TIMEZONE, "\u00a0\ufeff\u2007America/Denver\u202f\u3000",
                TagNames.START_SCHEDULE, "\u2028\u000b0 8 * * 1-5\u2029");

        assertThat(TagsHash.v1(padded)).isEqualTo(TagsHash.v1(WEEKDAYS));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u001c", "\u001f", "\u200b", "\u0085", "\u180e"})
    void keepsForV1WhatJavaScriptKeeps(String notWhiteSpaceThere) {
        Map<String, String> padded = Map.of(
                TagNames.TIMEZONE, "America/Denver" + notWhiteSpaceThere, TagNames.START_SCHEDULE, "0 8 * * 1-5");

        assertThat(TagsHash.v1(padded)).isNotEqualTo(TagsHash.v1(WEEKDAYS));
    }

    @ParameterizedTest
    @MethodSource("sameSchedule")
    void doesNotChangeWhenTheSameScheduleIsWrittenInOtherWords(Map<String, String> added) {
        Map<String, String> tags = new HashMap<>(WEEKDAYS);
        tags.putAll(added);

        assertThat(v2(tags)).isEqualTo(v2(WEEKDAYS));
    }

    static Stream<Map<String, String>> sameSchedule() {
        return Stream.of(
                Map.of(TagNames.START_SCHEDULE, "0 8 - - MON-FRI"),
                Map.of(TagNames.START_SCHEDULE, " 0  8 * * 1:2:3:4:5 "),
                Map.of(TagNames.ENABLED, "true"),
                Map.of(TagNames.JITTER, "PT0S"),
                Map.of(TagNames.CATCH_UP, "PT1H"),
                Map.of(TagNames.COMPRESSION, "none"),
                Map.of("team", "payments"));
    }

    @ParameterizedTest
    @MethodSource("otherSchedule")
    void changesWithTheEffectiveSchedule(Map<String, String> changed) {
        Map<String, String> tags = new HashMap<>(WEEKDAYS);
        tags.putAll(changed);

        assertThat(v2(tags)).isNotEqualTo(v2(WEEKDAYS));
        assertThat(v2(WEEKDAYS).matches(tags)).isFalse();
    }

    static Stream<Map<String, String>> otherSchedule() {
        return Stream.of(
                Map.of(TagNames.START_SCHEDULE, "1 8 * * 1-5"),
                Map.of(TagNames.TIMEZONE, "Europe/Berlin"),
                Map.of(TagNames.ENABLED, "false"),
                Map.of(TagNames.JITTER, "PT1H"));
    }

    @Test
    void writesDownTheDefaultZoneWithoutAChange() {
        assertThat(v2(Map.of(TagNames.START_SCHEDULE, "@daily", TagNames.TIMEZONE, "UTC")))
                .isEqualTo(v2(Map.of(TagNames.START_SCHEDULE, "0 0 * * *")));
    }

    /** A published contract: executions wait with it, for up to a year. */
    @Test
    void keepsTheHashesOfEarlierReleases() {
        assertThat(v2(WEEKDAYS).value()).isEqualTo("V2f14305416a81d0983f30e95233c182e8");
        assertThat(v2(Map.of()).value()).isEqualTo("V2e3b0c44298fc1c149afbf4c8996fb924");
    }

    @Test
    void matchesNoTagsThatAreInvalidNow() {
        assertThat(v2(WEEKDAYS).matches(Map.of(TagNames.START_SCHEDULE, "every day")))
                .isFalse();
    }

    @Test
    void matchesTagsWhoseScheduleIsTheSameWhateverElseIsWrong() {
        Map<String, String> broken = new HashMap<>(WEEKDAYS);
        broken.put("autodump:jobs", "many");
        broken.put("autodump:fromat", "plain");

        assertThat(v2(WEEKDAYS).matches(broken)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "V1", "V1-3", "V112345678901234567", "V2", "V2XYZ", "V3abc", "v1431179582063061"})
    void refusesATextThatIsNoHash(String text) {
        assertThatThrownBy(() -> new TagsHash(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"" + text + "\"");
    }

    private static TagsHash v2(Map<String, String> tags) {
        return TagsHash.of(SecretTags.parse("orders", tags));
    }

    static List<String[]> golden() throws IOException {
        try (InputStream file =
                Objects.requireNonNull(TagsHashTest.class.getResourceAsStream("tags-hash-v1-golden.tsv"))) {
            List<String[]> cases = new String(file.readAllBytes(), UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split("\t", -1))
                    .toList();
            assertThat(cases).hasSizeGreaterThan(30);
            return cases;
        }
    }

    private static void putUnlessAbsent(Map<String, String> tags, String tag, String json) throws IOException {
        if (!json.equals("\\N")) {
            tags.put(tag, new ObjectMapper().readValue(json, String.class));
        }
    }
}

package io.autodump.core.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Cases on which independent implementations of cron agree, or on which cron(8) is documented. */
class CronExpressionGoldenTest {

    private static final String FILE = "cron-golden.tsv";
    private static final int CASES = 40;

    record Case(String cron, ZoneId zone, Instant reference, List<Instant> next, String shows) {

        static Case of(String line) {
            List<String> columns = List.of(line.split("\t", -1));
            List<Instant> next = columns.subList(3, 6).stream()
                    .filter(run -> !run.equals("none"))
                    .map(Instant::parse)
                    .toList();
            return new Case(
                    columns.get(0), ZoneId.of(columns.get(1)), Instant.parse(columns.get(2)), next, columns.get(6));
        }
    }

    static List<Case> cases() throws IOException {
        try (InputStream file = CronExpressionGoldenTest.class.getResourceAsStream(FILE)) {
            return new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(Case::of)
                    .toList();
        }
    }

    @Test
    void readsEveryLineOfTheFile() throws IOException {
        assertThat(cases()).hasSize(CASES);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void hasTheNextRunsOnWhichOthersAgree(Case golden) {
        CronExpression cron = CronExpression.parse(golden.cron());
        ZonedDateTime reference = golden.reference().atZone(golden.zone());

        assertThat(cron.upcoming(reference, 3))
                .extracting(ZonedDateTime::toInstant)
                .isEqualTo(golden.next());
        assertThat(cron.isImpossible()).isEqualTo(golden.next().isEmpty());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void findsTheSameRunsBackwardsAndWrittenInTheAlphabetOfTags(Case golden) {
        CronExpression cron =
                CronExpression.parse(golden.cron().replace('*', '-').replace(',', ':'));
        Stream<Instant> backwards = golden.next().stream()
                .skip(1)
                .flatMap(run -> cron.previous(run.atZone(golden.zone())).stream())
                .map(ZonedDateTime::toInstant);

        assertThat(backwards)
                .isEqualTo(golden.next().stream()
                        .limit(Math.max(0, golden.next().size() - 1))
                        .toList());
    }
}

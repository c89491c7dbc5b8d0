package io.autodump.core.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.autodump.core.secret.SecretId;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ScheduledRunTest {
    private static final Instant WHEN = Instant.parse("2026-11-22T08:00:00Z");
    private static final TagsHash HASH = new TagsHash("V2" + "0".repeat(32));

    @Test
    void namesTheSameRunTheSame() {
        assertThat(run("team/orders db", WHEN, HASH).executionName())
                .isEqualTo(run("team/orders db", WHEN, HASH).executionName())
                .startsWith("team-orders-db-20261122T080000Z-");
    }

    @Test
    void staysWithinTheCharactersAndTheLengthThatStepFunctionsAllows() {
        assertThat(run("x".repeat(512), WHEN, HASH).executionName())
                .hasSize(ScheduledRun.MAX_NAME_LENGTH)
                .matches("[A-Za-z0-9_-]+");
        assertThat(run("ünï/cö dé", WHEN, HASH).executionName()).matches("[A-Za-z0-9_-]{1,80}");
    }

    @Test
    void namesDifferentRunsDifferently() {
        String name = run("orders", WHEN, HASH).executionName();

        assertThat(run("orders", WHEN.plusSeconds(1), HASH).executionName()).isNotEqualTo(name);
        assertThat(run("orders", WHEN, new TagsHash("V2" + "1".repeat(32))).executionName())
                .isNotEqualTo(name);
        assertThat(run("a/orders", WHEN, HASH).executionName())
                .isNotEqualTo(run("a-orders", WHEN, HASH).executionName());
        assertThat(run("x".repeat(511) + "1", WHEN, HASH).executionName())
                .isNotEqualTo(run("x".repeat(511) + "2", WHEN, HASH).executionName());
    }

    private static ScheduledRun run(String name, Instant when, TagsHash hash) {
        return ScheduledRun.builder()
                .secretId(SecretId.of(name))
                .secretName(name)
                .when(when)
                .tagsHash(hash)
                .build();
    }
}

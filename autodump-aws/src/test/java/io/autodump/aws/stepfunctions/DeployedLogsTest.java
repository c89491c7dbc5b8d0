package io.autodump.aws.stepfunctions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autodump.aws.AwsClients;
import io.autodump.core.secret.SecretId;
import io.autodump.testkit.aws.FakeAws;
import io.autodump.testkit.aws.FakeExecutions;
import io.autodump.testkit.aws.FakeSecrets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeployedLogsTest {
    private final Instant when = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private final String begin = begin(FakeSecrets.arn("orders"), when);

    private final FakeAws aws = FakeAws.start();
    private final AwsClients clients = AwsClients.builder()
            .region(FakeAws.REGION)
            .credentials("any", "any")
            .endpoint(aws.endpoint())
            .build();
    private final DeployedLogs logs = logs(FakeExecutions.LOG_GROUP);

    @AfterEach
    void close() {
        clients.close();
        aws.close();
    }

    @Test
    void readsEachLineOfTheRunsJobsOnce() {
        assertThat(logs.next()).isEmpty();
        assertThat(logs.hasBegun()).isFalse();

        aws.logs().add("dump/other", begin(FakeSecrets.arn("invoices"), when));
        aws.logs().add("dump/earlier", begin(FakeSecrets.arn("orders"), when.minusSeconds(1)));
        aws.logs().add("dump/first", "version");
        aws.logs().add("dump/first", begin);
        IntStream.range(0, 25).forEach(i -> aws.logs().add("dump/first", "line " + i));

        List<String> first = logs.next();
        assertThat(logs.hasBegun()).isTrue();
        assertThat(first).hasSize(27).startsWith("version", begin).endsWith("line 24");
        assertThat(logs.next()).isEmpty();

        aws.logs().add("dump/first", "failed");
        aws.logs().add("dump/second", begin);
        assertThat(logs.next()).containsExactly("failed", begin);
    }

    @Test
    void namesTheActionThatWasDenied() {
        aws.logs().add("dump/first", begin);
        aws.deny("GetLogEvents", "", "no");

        assertThatThrownBy(logs::next)
                .hasMessageContaining("logs:GetLogEvents on log group " + FakeExecutions.LOG_GROUP);
    }

    private DeployedLogs logs(String group) {
        return DeployedLogs.create(clients, group, SecretId.of(FakeSecrets.arn("orders")), when);
    }

    private static String begin(String secret, Instant when) {
        return "{\"message\":\"dump starts\",\"secretArn\":\"" + secret + "\",\"scheduledAt\":\"" + when + "\"}";
    }
}

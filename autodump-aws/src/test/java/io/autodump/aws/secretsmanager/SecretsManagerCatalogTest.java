package io.autodump.aws.secretsmanager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.autodump.aws.AwsClients;
import io.autodump.aws.TestClients;
import io.autodump.core.contract.TagNames;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.secret.SecretId;
import io.autodump.core.secret.TaggedSecret;
import io.autodump.testkit.aws.FakeAws;
import java.time.Instant;
import java.util.Iterator;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SecretsManagerCatalogTest {
    private static final Map<String, String> DAILY = Map.of(TagNames.START_SCHEDULE, "0 8 - - -");

    private final FakeAws aws = FakeAws.start();
    private final AwsClients clients = TestClients.of(aws);
    private final SecretsManagerCatalog catalog = new SecretsManagerCatalog(clients.secretsManager());

    @AfterEach
    void stop() {
        clients.close();
        aws.close();
    }

    @Test
    void letsTheServiceFilterByTagAndAsksForFullPages() {
        for (int i = 0; i < 150; i++) {
            aws.secrets().put("tagged-" + i, DAILY, "{}");
            aws.secrets().put("untagged-" + i, Map.of("team", "payments"), "{}");
        }

        try (Stream<TaggedSecret> secrets = catalog.tagged()) {
            assertThat(secrets).hasSize(150);
        }
        assertThat(aws.calls("ListSecrets")).isEqualTo(2);
        assertThat(aws.calls("DescribeSecret")).isZero();
        assertThat(aws.calls("GetSecretValue")).isZero();
    }

    @Test
    void asksForAPageOnlyWhenItIsNeeded() {
        for (int i = 0; i < 300; i++) {
            aws.secrets().put("tagged-" + i, DAILY, "{}");
        }

        try (Stream<TaggedSecret> secrets = catalog.tagged()) {
            Iterator<TaggedSecret> iterator = secrets.iterator();
            assertThat(aws.calls("ListSecrets")).isZero();
            for (int i = 0; i < 100; i++) {
                iterator.next();
            }
            assertThat(aws.calls("ListSecrets")).isEqualTo(1);
            iterator.next();
            assertThat(aws.calls("ListSecrets")).isEqualTo(2);
        }
    }

    @Test
    void tellsWhenASecretWasChanged() {
        Instant changed = Instant.parse("2026-11-22T08:00:00.125Z");
        String arn = aws.secrets().put("orders", DAILY, "{}", changed);

        assertThat(catalog.find(SecretId.of(arn)).orElseThrow().changedAt()).contains(changed);
        try (Stream<TaggedSecret> secrets = catalog.tagged()) {
            assertThat(secrets.findFirst().orElseThrow().changedAt()).contains(changed);
        }
    }

    @Test
    void takesTheRotationOfAPasswordForNoChangeOfTheSchedule() {
        Instant created = Instant.parse("2026-11-01T08:00:00Z");
        String arn = aws.secrets().put("orders", DAILY, "{}", created);
        aws.secrets().rotate(arn, Instant.parse("2026-11-22T00:00:00Z"));

        assertThat(catalog.find(SecretId.of(arn)).orElseThrow().changedAt()).contains(created);
        try (Stream<TaggedSecret> secrets = catalog.tagged()) {
            assertThat(secrets.findFirst().orElseThrow().changedAt()).contains(created);
        }
    }

    @Test
    void findsByNameAndKnowsByArn() {
        String arn = aws.secrets().put("team/orders", DAILY, "{}");

        assertThat(catalog.find(SecretId.of("team/orders")).orElseThrow().id()).isEqualTo(SecretId.of(arn));
    }

    @Test
    void findsAnUntaggedOrDeletedSecretThatARoleForTaggedSecretsMayNotDescribe() {
        aws.secrets().put("orders-archive", DAILY, "{}");
        String untagged = aws.secrets().put("orders", Map.of("team", "payments"), "{}");
        String deleted = aws.secrets().put("invoices", DAILY, "{}");
        aws.secrets().remove(deleted);
        aws.deny("DescribeSecret", "", "no identity-based policy allows the secretsmanager:DescribeSecret action");

        assertThat(catalog.find(SecretId.of(deleted))).isEmpty();
        assertThat(catalog.find(SecretId.of(untagged)).orElseThrow().tags()).containsOnlyKeys("team");
        assertThat(catalog.find(SecretId.of("orders")).orElseThrow().id()).isEqualTo(SecretId.of(untagged));
    }

    @Test
    void namesTheMissingPermission() {
        aws.deny("ListSecrets", "", "User: arn:aws:sts::123456789012:assumed-role/scanner/x is not authorized");
        aws.deny(
                "DescribeSecret", "orders", "User: arn:aws:sts::123456789012:assumed-role/scanner/x is not authorized");

        AutoDumpException list = catchThrowableOfType(
                AutoDumpException.class, () -> catalog.tagged().toList());
        AutoDumpException find =
                catchThrowableOfType(AutoDumpException.class, () -> catalog.find(SecretId.of("orders")));

        assertThat(list.code()).isEqualTo(ErrorCode.CATALOG_FAILED);
        assertThat(list.hint()).hasValueSatisfying(hint -> assertThat(hint).contains("secretsmanager:ListSecrets"));
        assertThat(find.code()).isEqualTo(ErrorCode.CATALOG_FAILED);
        assertThat(find.hint())
                .hasValueSatisfying(
                        hint -> assertThat(hint).contains("secretsmanager:DescribeSecret on secret orders"));
    }

    @Test
    void failsOnTheWayAndSaysThatTheListIsNotComplete() {
        for (int i = 0; i < 150; i++) {
            aws.secrets().put("tagged-" + i, DAILY, "{}");
        }
        aws.deny("ListSecrets", "NextToken", "no longer");

        try (Stream<TaggedSecret> secrets = catalog.tagged()) {
            Iterator<TaggedSecret> iterator = secrets.iterator();
            for (int i = 0; i < 100; i++) {
                iterator.next();
            }
            AutoDumpException failed = catchThrowableOfType(AutoDumpException.class, iterator::next);
            assertThat(failed.code()).isEqualTo(ErrorCode.CATALOG_FAILED);
            assertThat(failed).hasMessageContaining("incomplete");
        }
    }

    @Test
    void comesThroughThrottling() {
        for (int i = 0; i < 500; i++) {
            aws.secrets().put("tagged-" + i, DAILY, "{}");
        }
        aws.throttleEvery(3);

        try (Stream<TaggedSecret> secrets = catalog.tagged()) {
            assertThat(secrets).hasSize(500);
        }
    }
}

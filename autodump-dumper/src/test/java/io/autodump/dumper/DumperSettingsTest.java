package io.autodump.dumper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.autodump.aws.S3Kind;
import io.autodump.core.contract.DumperNames;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.error.InvalidInputException;
import io.autodump.core.error.Problem;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DumperSettingsTest {
    private static final String SECRET = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:team/orders-a1B2c3";

    private final Map<String, String> environment =
            new HashMap<>(Map.of(DumperNames.SECRET_ARN, SECRET, DumperNames.BUCKETS, "dumps, more-dumps"));

    @Test
    void readsWhatIsThereAndLeavesOutWhatIsNot() {
        environment.put(DumperNames.SCHEDULED_AT, "2026-11-22T08:00:00Z");
        environment.put(DumperNames.BUCKET_OWNER, "123456789012");
        environment.put(DumperNames.TARGET_ROLE_ARN, "arn:aws:iam::123456789012:role/path/dumps");

        DumperSettings settings = DumperSettings.of(environment);

        assertThat(settings.secret().value()).isEqualTo(SECRET);
        assertThat(settings.region()).isEqualTo("eu-central-1");
        assertThat(settings.buckets()).containsExactly("dumps", "more-dumps");
        assertThat(settings.scheduledAt()).contains(Instant.parse("2026-11-22T08:00:00Z"));
        assertThat(settings.bucketOwner()).contains("123456789012");
        assertThat(settings.targetRoleArn()).contains("arn:aws:iam::123456789012:role/path/dumps");
        assertThat(settings.kmsKeyArn()).isEmpty();
        assertThat(settings.scratchSecret()).isEmpty();
    }

    @Test
    void readsWhatAStoreOtherThanS3Needs() {
        environment.put(DumperNames.STORE_KIND, "r2");
        environment.put(DumperNames.CHECKSUMS, "false");
        environment.put(DumperNames.PART_SIZE_MIB, "64");
        environment.put(DumperNames.MAX_PARTS, "1000");

        StoreSettings store = DumperSettings.of(environment).store();

        assertThat(store.kind()).isEqualTo(S3Kind.R2);
        assertThat(store.checksums()).contains(false);
        assertThat(store.partSize()).contains(64);
        assertThat(store.maxParts()).contains(1000);
        assertThat(store.equalParts()).isEmpty();
    }

    @Test
    void refusesSettingsOfAStoreThatMeanNothing() {
        environment.put(DumperNames.STORE_KIND, "r3");
        environment.put(DumperNames.CHECKSUMS, "no");
        environment.put(DumperNames.PART_SIZE_MIB, "4");
        environment.put(DumperNames.MAX_PARTS, "10001");
        environment.put("AUTODUMP_STORE_KINDS", "r2");

        InvalidInputException refused =
                catchThrowableOfType(InvalidInputException.class, () -> DumperSettings.of(environment));

        assertThat(refused.problems())
                .extracting(Problem::where)
                .containsExactly(
                        DumperNames.STORE_KIND,
                        DumperNames.CHECKSUMS,
                        DumperNames.PART_SIZE_MIB,
                        DumperNames.MAX_PARTS,
                        "AUTODUMP_STORE_KINDS");
    }

    @Test
    void takesAVariableThatIsSetToNothingForAbsent() {
        environment.put(DumperNames.SCHEDULED_AT, "");
        environment.put(DumperNames.KMS_KEY_ARN, " ");

        DumperSettings settings = DumperSettings.of(environment);

        assertThat(settings.scheduledAt()).isEmpty();
        assertThat(settings.kmsKeyArn()).isEmpty();
    }

    @Test
    void namesEveryProblemAtOnce() {
        environment.remove(DumperNames.SECRET_ARN);
        environment.put(DumperNames.BUCKETS, "dumps,,Dumps");
        environment.put(DumperNames.KMS_KEY_ARN, "alias/dumps");
        environment.put(DumperNames.BUCKET_OWNER, "me");
        environment.put(DumperNames.TOPIC_ARN, "dumps");
        environment.put(DumperNames.SOURCE_ROLE_ARN, "reader");
        environment.put("AUTODUMP_BUCKET_OWNERS", "123456789012");

        InvalidInputException refused =
                catchThrowableOfType(InvalidInputException.class, () -> DumperSettings.of(environment));

        assertThat(refused.code()).isEqualTo(ErrorCode.INVALID_ENVIRONMENT);
        assertThat(refused.problems())
                .extracting(Problem::where)
                .containsExactly(
                        DumperNames.SECRET_ARN,
                        DumperNames.BUCKETS,
                        DumperNames.BUCKETS,
                        DumperNames.KMS_KEY_ARN,
                        DumperNames.BUCKET_OWNER,
                        DumperNames.TOPIC_ARN,
                        DumperNames.SOURCE_ROLE_ARN,
                        "AUTODUMP_BUCKET_OWNERS");
    }

    @Test
    void leavesOthersVariablesAlone() {
        environment.put("AUTODUMP_DEPLOYED_BY", "somebody");
        environment.put("AWS_BATCH_JOB_ID", "1");

        assertThat(DumperSettings.of(environment).buckets()).hasSize(2);
    }

    @Test
    void needsBuckets() {
        environment.remove(DumperNames.BUCKETS);

        assertThatThrownBy(() -> DumperSettings.of(environment)).hasMessageContaining("AUTODUMP_BUCKETS: is missing");
    }
}

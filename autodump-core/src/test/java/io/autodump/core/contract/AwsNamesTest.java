package io.autodump.core.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AwsNamesTest {
    private static final String SECRETS = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:";

    @ParameterizedTest
    @ValueSource(strings = {"abc", "team-a.dumps", "0123456789012345678901234567890123456789012345678901234567890ab"})
    void acceptsTheNamesThatABucketCanHave(String name) {
        assertThat(BucketName.isValid(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ab", "Dumps", "-dumps", "dumps.", "a..b", "a_b", "dumps/orders"})
    void refusesTheNamesThatNoBucketHas(String name) {
        assertThat(BucketName.isValid(name)).isFalse();
    }

    @Test
    void separatesTheNameFromTheSuffix() {
        assertThat(SecretArn.parse(SECRETS + "prod/orders-db-a1B2c3"))
                .get()
                .returns("eu-central-1", SecretArn::region)
                .returns("prod/orders-db", SecretArn::name)
                .returns(true, SecretArn::isComplete);
    }

    @Test
    void readsAnArnWithoutASuffix() {
        assertThat(SecretArn.parse(SECRETS + "orders"))
                .get()
                .returns("orders", SecretArn::name)
                .returns(false, SecretArn::isComplete);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "orders",
                "arn:aws:secretsmanager:eu-central-1:123456789012:secret:",
                "arn:aws:secretsmanager:eu-central-1:12345:secret:orders-a1B2c3",
                "arn:aws:sns:eu-central-1:123456789012:orders"
            })
    void readsNothingElse(String text) {
        assertThat(SecretArn.parse(text)).isEmpty();
    }
}

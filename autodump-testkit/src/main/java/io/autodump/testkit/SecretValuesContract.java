package io.autodump.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.autodump.core.error.ErrorCode;
import io.autodump.core.port.SecretValues;
import io.autodump.core.secret.SecretId;
import org.junit.jupiter.api.Test;

/** The contract of {@link SecretValues}. */
public abstract class SecretValuesContract {
    private static final String VALUE = "{\"username\":\"app\",\"password\":\"péss — ✓ \\\"quoted\\\"\"}";
    private static final String ROTATED = "{\"username\":\"app\",\"password\":\"another\"}";

    /** Returns the adapter under test; empty when a test begins, and the same one during a test. */
    protected abstract SecretValues values();

    /**
     * Creates a secret where the adapter reads, and returns its id.
     *
     * @param value a JSON object without spaces
     */
    protected abstract SecretId create(String name, String value);

    /** Replaces the value of a secret. */
    protected abstract void rotate(SecretId id, String value);

    /** Deletes a secret, as its owner would. */
    protected abstract void delete(SecretId id);

    @Test
    void readsAValueAsItIs() {
        SecretId id = create("orders", VALUE);

        assertThat(values().read(id).reveal())
                .as("SecretValues.read: the value, character by character")
                .isEqualTo(VALUE);
    }

    @Test
    void readsEachSecretsOwnValue() {
        SecretId orders = create("orders", VALUE);
        create("invoices", ROTATED);

        assertThat(values().read(orders).reveal())
                .as("SecretValues.read: the value of that secret and no other")
                .isEqualTo(VALUE);
    }

    @Test
    void seesARotatedValueAtOnce() {
        SecretId id = create("orders", VALUE);
        values().read(id);
        rotate(id, ROTATED);

        assertThat(values().read(id).reveal())
                .as("SecretValues.read: reads anew at each call")
                .isEqualTo(ROTATED);
    }

    @Test
    void refusesASecretThatIsNotThere() {
        create("orders", VALUE);

        Failures.assertCode(
                "SecretValues.read: a secret that isn't there",
                () -> values().read(SecretId.of("nobody")),
                ErrorCode.SECRET_NOT_FOUND);
    }

    @Test
    void refusesADeletedSecret() {
        SecretId id = create("orders", VALUE);
        delete(id);

        Failures.assertCode(
                "SecretValues.read: a secret that was deleted", () -> values().read(id), ErrorCode.SECRET_NOT_FOUND);
    }
}

package io.autodump.aws.secretsmanager;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.autodump.aws.AwsClients;
import io.autodump.aws.TestClients;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.secret.SecretId;
import io.autodump.testkit.aws.FakeAws;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SecretsManagerValuesTest {
    private static final String VALUE = "{\"password\":\"péss — ✓\"}";

    private final FakeAws aws = FakeAws.start();
    private final AwsClients clients = TestClients.of(aws);
    private final SecretsManagerValues values = new SecretsManagerValues(clients.secretsManager());

    @AfterEach
    void stop() {
        clients.close();
        aws.close();
    }

    @Test
    void readsTextAndBytesAlike() {
        String text = aws.secrets().put("text", Map.of(), VALUE);
        String bytes =
                aws.secrets().putBinary("bytes", Map.of(), Base64.getEncoder().encodeToString(VALUE.getBytes(UTF_8)));

        assertThat(values.read(SecretId.of(text)).reveal()).isEqualTo(VALUE);
        assertThat(values.read(SecretId.of(bytes)).reveal()).isEqualTo(VALUE);
    }

    @Test
    void seesARotatedValueAtOnce() {
        String arn = aws.secrets().put("orders", Map.of(), "old");
        values.read(SecretId.of(arn));
        aws.secrets().put("orders", Map.of(), "new");

        assertThat(values.read(SecretId.of(arn)).reveal()).isEqualTo("new");
    }

    @Test
    void refusesBytesThatAreNoText() {
        aws.secrets().putBinary("bytes", Map.of(), Base64.getEncoder().encodeToString(new byte[] {(byte) 0xff, 0}));

        assertThat(failure("bytes").code()).isEqualTo(ErrorCode.INVALID_SECRET_VALUE);
    }

    @Test
    void tellsAMissingSecretFromOneThatIsToBeDeleted() {
        aws.secrets().planDeletion(aws.secrets().put("going", Map.of(), VALUE));

        assertThat(failure("nobody").code()).isEqualTo(ErrorCode.SECRET_NOT_FOUND);
        AutoDumpException going = failure("going");
        assertThat(going.code()).isEqualTo(ErrorCode.SECRET_NOT_FOUND);
        assertThat(going.report()).contains("marked for deletion").contains("restore-secret");
    }

    @Test
    void namesThePermissionOnTheKeyWhereTheKeyIsDenied() {
        aws.secrets().put("orders", Map.of(), VALUE);
        aws.secrets().put("invoices", Map.of(), VALUE);
        aws.deny("GetSecretValue", "orders", "Access to KMS is not allowed");

        AutoDumpException denied = failure("orders");
        assertThat(denied.code()).isEqualTo(ErrorCode.CATALOG_FAILED);
        assertThat(denied.hint()).hasValueSatisfying(hint -> assertThat(hint).contains("kms:Decrypt"));
        assertThat(values.read(SecretId.of("invoices")).reveal()).isEqualTo(VALUE);
    }

    private AutoDumpException failure(String name) {
        AutoDumpException failure = catchThrowableOfType(AutoDumpException.class, () -> values.read(SecretId.of(name)));
        assertThat(failure.report()).doesNotContain("péss");
        return failure;
    }
}

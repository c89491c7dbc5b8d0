package io.autodump.aws.secretsmanager;

import io.autodump.aws.internal.AwsFailure;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.port.SecretValues;
import io.autodump.core.secret.SecretId;
import io.autodump.core.secret.SecretValue;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;
import software.amazon.awssdk.services.secretsmanager.model.InvalidRequestException;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;

/**
 * Reads the current values ({@code AWSCURRENT}) of secrets, from text or UTF-8 bytes. Needs the permission {@code
 * secretsmanager:GetSecretValue}, and {@code kms:Decrypt} for a secret that a customer's key encrypts. Caches nothing.
 * Thread-safe.
 */
public final class SecretsManagerValues implements SecretValues {
    private final SecretsManagerClient client;

    /** Uses a client of the caller's, who closes it. */
    public SecretsManagerValues(SecretsManagerClient client) {
        this.client = client;
    }

    @Override
    public SecretValue read(SecretId id) {
        AwsFailure failure = new AwsFailure(
                ErrorCode.CATALOG_FAILED, "secretsmanager:GetSecretValue", "secret " + id, "nothing was dumped");
        try {
            return value(id, client.getSecretValue(request -> request.secretId(id.value())));
        } catch (ResourceNotFoundException gone) {
            throw new AutoDumpException(
                    ErrorCode.SECRET_NOT_FOUND,
                    "there is no secret " + id + ", or it has no current value; nothing was dumped",
                    "check with: aws secretsmanager describe-secret --secret-id " + id,
                    gone);
        } catch (InvalidRequestException marked) {
            throw new AutoDumpException(
                    ErrorCode.SECRET_NOT_FOUND,
                    "secret " + id + " can't be read: "
                            + marked.awsErrorDetails().errorMessage() + "; nothing was dumped",
                    "if it is planned for deletion: aws secretsmanager restore-secret --secret-id " + id,
                    marked);
        } catch (SdkException failed) {
            throw failure.of(failed);
        }
    }

    private static SecretValue value(SecretId id, GetSecretValueResponse response) {
        if (response.secretString() != null) {
            return SecretValue.of(response.secretString());
        }
        if (response.secretBinary() == null) {
            throw unreadable(id, "is empty");
        }
        try {
            return SecretValue.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(response.secretBinary().asByteArray()))
                    .toString());
        } catch (CharacterCodingException notText) {
            throw unreadable(id, "is binary and not UTF-8");
        }
    }

    private static AutoDumpException unreadable(SecretId id, String why) {
        return new AutoDumpException(
                ErrorCode.INVALID_SECRET_VALUE,
                "the value of secret " + id + " " + why + "; nothing was dumped",
                "docs/secrets.md describes the JSON object that it holds");
    }
}

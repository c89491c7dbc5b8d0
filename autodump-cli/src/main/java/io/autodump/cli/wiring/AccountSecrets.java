package io.autodump.cli.wiring;

import io.autodump.aws.secretsmanager.SecretsManagerCatalog;
import io.autodump.aws.secretsmanager.SecretsManagerValues;
import io.autodump.core.secret.SecretId;
import io.autodump.core.secret.SecretValue;
import io.autodump.core.secret.TaggedSecret;
import io.autodump.local.secret.SecretsBackend;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** The secrets of an AWS account in one region. Thread-safe. */
final class AccountSecrets implements SecretsBackend {
    private final SecretsManagerCatalog catalog;
    private final SecretsManagerValues values;
    private final String region;

    AccountSecrets(SecretsManagerClient client, String region) {
        this.catalog = new SecretsManagerCatalog(client);
        this.values = new SecretsManagerValues(client);
        this.region = region;
    }

    @Override
    public String place() {
        return "AWS Secrets Manager in " + region;
    }

    @Override
    public Stream<TaggedSecret> tagged() {
        return catalog.tagged();
    }

    @Override
    public Optional<TaggedSecret> find(SecretId id) {
        return catalog.find(id);
    }

    @Override
    public SecretValue read(SecretId id) {
        return values.read(id);
    }
}

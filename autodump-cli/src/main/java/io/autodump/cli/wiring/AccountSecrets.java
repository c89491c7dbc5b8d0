package io.autodump.cli.wiring;

import io.autodump.aws.AwsClients;
import io.autodump.aws.rds.RdsSecretValues;
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
    private final RdsSecretValues values;
    private final String region;

    AccountSecrets(AwsClients clients) {
        SecretsManagerClient client = clients.secretsManager();
        this.catalog = new SecretsManagerCatalog(client);
        this.values = RdsSecretValues.create(new SecretsManagerValues(client), clients);
        this.region = clients.regionName();
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

    @Override
    public SecretValue read(TaggedSecret secret) {
        return values.read(secret);
    }
}

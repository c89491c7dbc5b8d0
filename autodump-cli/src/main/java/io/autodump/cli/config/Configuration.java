package io.autodump.cli.config;

import io.autodump.core.plan.Deployment;
import io.autodump.local.notify.Subscription;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The checked settings of {@code autodump.yaml} and the command line. All paths are absolute.
 *
 * @param file the configuration file, which needn't exist
 * @param secrets the place of the secrets
 * @param store the place of the dumps
 * @param aws how to reach AWS, and the store unless it was chosen by its name
 * @param state the folder that holds the scheduler's runs
 * @param scratch the secret of the server for restore checks ({@code autodump:verify=restore}) and drills
 * @param drill how restore drills are made
 * @param clients folders with PostgreSQL's client programs; empty to search the usual places
 * @param stallTimeout how long a dump may make no progress before it fails; empty for the engine's default
 * @param maxConcurrentDumps how many dumps the scheduler makes at the same time
 * @param channels the channels that are told of outcomes
 * @param deployment whose databases are scheduled and checked
 * @param encryption for whom dumps are encrypted, and what decrypts them
 * @param stores the stores with names
 */
public record Configuration(
        Path file,
        SecretsLocation secrets,
        StoreLocation store,
        AwsSettings aws,
        Path state,
        Optional<String> scratch,
        DrillSection drill,
        List<Path> clients,
        Optional<Duration> stallTimeout,
        int maxConcurrentDumps,
        List<Subscription> channels,
        Deployment deployment,
        EncryptionSection encryption,
        Stores stores) {
    /** The default name of the configuration file, in the working folder. */
    public static final String FILE_NAME = "autodump.yaml";

    /** Copies the lists. */
    public Configuration {
        clients = List.copyOf(clients);
        channels = List.copyOf(channels);
    }

    /** Returns the same settings for a store with a name: its place, and how it is reached. */
    public Configuration at(NamedStore named) {
        return with(named.location(), named.aws(), encryption, Stores.NONE);
    }

    /** Returns the same settings for a question of a person, who shouldn't wait for a service that doesn't answer. */
    public Configuration givingUpSoon() {
        return with(store, aws.givingUpSoon(), encryption, stores.givingUpSoon());
    }

    /** Returns the same settings with this file of identities. */
    public Configuration withIdentity(Path identityFile) {
        return with(store, aws, encryption.withIdentity(identityFile), stores);
    }

    private Configuration with(
            StoreLocation otherStore, AwsSettings otherAws, EncryptionSection otherEncryption, Stores otherStores) {
        return new Configuration(
                file,
                secrets,
                otherStore,
                otherAws,
                state,
                scratch,
                drill,
                clients,
                stallTimeout,
                maxConcurrentDumps,
                channels,
                deployment,
                otherEncryption,
                otherStores);
    }

    /** Returns the settings with which the store in use is reached. */
    public Configuration ofStore() {
        return stores.chosen().map(this::at).orElse(this);
    }

    /** Returns where dumps are copied to. A store that was chosen by its name is copied nowhere. */
    public List<NamedStore> copyTo() {
        return stores.chosen().isPresent() ? List.of() : stores.copyTo();
    }

    /**
     * A warning about a secret that names another bucket than this configuration; empty if there is nothing to warn
     * about. The configuration wins: the secret's bucket is meant for the deployment on AWS.
     */
    public Optional<String> otherBucket(Optional<String> bucketOfSecret) {
        return store instanceof StoreLocation.Remote remote
                ? bucketOfSecret
                        .filter(named -> !named.equals(remote.container()))
                        .map(named ->
                                "its bucketname is " + named + ", but dumps go to the store of this command, " + remote)
                : Optional.empty();
    }

    /** Returns whether the secrets are in AWS Secrets Manager. */
    public boolean hasSecretsOnAws() {
        return secrets instanceof SecretsLocation.SecretsManager;
    }
}

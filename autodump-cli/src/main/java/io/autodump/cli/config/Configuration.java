package io.autodump.cli.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What {@code autodump.yaml} and the command line say, checked; every path is absolute.
 *
 * @param file where it was read from, or would have been
 * @param state the folder in which the scheduler keeps its runs
 * @param scratch the secret of the server that {@code autodump:verify} = {@code restore} restores into
 * @param clients folders with PostgreSQL's client programs; empty to look for them in the usual places
 * @param stallTimeout after how long without a byte a dump is given up; empty for the dumper's own default
 * @param maxConcurrentDumps how many dumps the scheduler makes at the same time
 */
public record Configuration(
        Path file,
        SecretsLocation secrets,
        StoreLocation store,
        AwsSettings aws,
        Path state,
        Optional<String> scratch,
        List<Path> clients,
        Optional<Duration> stallTimeout,
        int maxConcurrentDumps) {
    /** The name of the file that is looked for in the working folder. */
    public static final String FILE_NAME = "autodump.yaml";

    public Configuration {
        clients = List.copyOf(clients);
    }

    /**
     * What to say of a secret that names another bucket than the one that is configured here. The configuration counts:
     * the secret's bucket is meant for the deployment on AWS, and a folder has none.
     */
    public Optional<String> otherBucket(Optional<String> bucketOfSecret) {
        return store instanceof StoreLocation.Bucket bucket
                ? bucketOfSecret
                        .filter(named -> !named.equals(bucket.name()))
                        .map(named -> "its bucketname is " + named + ", and the store of this command is " + bucket
                                + ", which is where dumps go")
                : Optional.empty();
    }
}

package io.autodump.aws.s3;

import io.autodump.core.dump.DumpKey;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.port.DumpIndex;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * The dumps in one S3 bucket for whoever may not read them: it lists, and reads manifests. Whether a dump's file is there is
 * seen from the list, which S3 gives in the order of the keys (directory buckets don't, and aren't for this).
 *
 * <p>Permissions: {@code s3:ListBucket} on the bucket, and {@code s3:GetObject} on {@code *.manifest.json} in it.
 * Thread-safe.
 */
public final class S3Manifests implements DumpIndex {
    private static final Duration ATTEMPT_TIMEOUT = Duration.ofSeconds(15);
    private static final String CONSEQUENCE = "nothing was changed";

    private final S3Bucket bucket;

    /**
     * The dumps in a bucket.
     *
     * @param client stays the caller's, who closes it when this is used no more
     * @param expectedOwner the account that must own the bucket; S3 refuses every call if another does
     */
    public S3Manifests(S3Client client, String bucket, Optional<String> expectedOwner) {
        this.bucket = new S3Bucket(client, bucket, expectedOwner, ATTEMPT_TIMEOUT);
    }

    /** For people: {@code s3://bucket/}. */
    @Override
    public String toString() {
        return bucket.uri("");
    }

    /**
     * {@inheritDoc}
     *
     * <p>Takes a call for each 1,000 objects, that is for 500 dumps.
     */
    @Override
    public Stream<DumpKey> list() {
        return wholeDumps("");
    }

    @Override
    public Optional<DumpManifest> find(DumpKey key) {
        try (Stream<DumpKey> found = wholeDumps(key.value())) {
            return found.filter(key::equals)
                    .findFirst()
                    .flatMap(dump -> ManifestObject.read(bucket, StoredNames.of("", key), CONSEQUENCE));
        }
    }

    private Stream<DumpKey> wholeDumps(String prefix) {
        S3Failure failure = bucket.failure(S3Call.LIST, prefix.isEmpty() ? "all objects" : prefix);
        FilesBeforeManifests seen = new FilesBeforeManifests();
        return TranslatingIterator.stream(() -> bucket.keys(prefix), failure)
                .flatMap(key -> seen.dumpEndedBy(key).stream());
    }
}

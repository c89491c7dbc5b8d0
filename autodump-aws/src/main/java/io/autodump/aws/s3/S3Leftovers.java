package io.autodump.aws.s3;

import io.autodump.aws.s3.request.S3Bucket;
import io.autodump.aws.s3.request.S3Call;
import io.autodump.core.dump.DumpKey;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.port.Leftover;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.Part;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Finds what dead processes left in a bucket: abandoned uploads, and files without a manifest. S3 doesn't know whether
 * a process lives, so only what is older than two days counts. No running dump is silent for two days. Thread-safe.
 */
public final class S3Leftovers {
    private static final Duration ABANDONED = Duration.ofDays(2);

    private final S3Bucket bucket;
    private final String prefix;
    private final InstantSource clock;

    S3Leftovers(S3Bucket bucket, String prefix, InstantSource clock) {
        this.bucket = bucket;
        this.prefix = prefix;
        this.clock = clock;
    }

    /**
     * Finds the uploads that the next dump aborts.
     *
     * @throws AutoDumpException {@code STORE_FAILED} if S3 refuses to list uploads or their parts
     */
    public List<Leftover> abandonedUploads() {
        try {
            return abandoned().stream()
                    .map(upload -> new Leftover(bucket.uri(upload.key()), bytes(parts(upload))))
                    .toList();
        } catch (SdkException failed) {
            throw bucket.failure(S3Call.LIST_UPLOADS, prefix).because(failed, "nothing was changed");
        }
    }

    /**
     * Finds files that have had no manifest for two days. A dump's role may not delete objects, so no dump removes
     * them; a prune does.
     *
     * @throws AutoDumpException {@code STORE_FAILED} if S3 refuses to list the objects
     */
    public List<Leftover> filesWithoutManifest() {
        Map<String, S3Object> files = new HashMap<>();
        List<Leftover> found = new ArrayList<>();
        try {
            Set<String> published = new HashSet<>();
            objects().forEach(object -> collect(object, files, published));
        } catch (SdkException failed) {
            throw bucket.failure(S3Call.LIST, prefix).because(failed, "nothing was changed");
        }
        files.values().stream()
                .filter(file -> isOld(file.lastModified()))
                .forEach(file -> found.add(new Leftover(bucket.uri(file.key()), file.size())));
        return found;
    }

    /**
     * The key of a file comes before the key of its manifest, so that few files are held at a time. The keys of parts
     * come after it.
     */
    private void collect(S3Object object, Map<String, S3Object> files, Set<String> published) {
        String key = object.key().substring(prefix.length());
        Optional<DumpKey> dump = DumpKey.ofManifest(key);
        if (dump.isPresent()) {
            files.remove(dump.get().value());
            published.add(dump.get().partsFolder());
        } else if (DumpKey.parse(key).isPresent()) {
            files.put(key, object);
        } else {
            DumpKey.ofPart(key)
                    .filter(part -> !published.contains(part.partsFolder()))
                    .ifPresent(part -> files.put(key, object));
        }
    }

    /** Aborts the abandoned uploads. Ignores failures: the bucket's lifecycle rule does the same later. */
    void abortAbandoned() {
        try {
            abandoned()
                    .forEach(upload -> bucket.client()
                            .abortMultipartUpload(request -> request.bucket(bucket.name())
                                    .key(upload.key())
                                    .uploadId(upload.uploadId())
                                    .expectedBucketOwner(bucket.owner())
                                    .overrideConfiguration(bucket.limits(0))));
        } catch (SdkException unreachableOrForbidden) {
            return;
        }
    }

    private List<MultipartUpload> abandoned() {
        return bucket
                .client()
                .listMultipartUploads(request -> request.bucket(bucket.name())
                        .prefix(prefix)
                        .expectedBucketOwner(bucket.owner())
                        .overrideConfiguration(bucket.limits(0)))
                .uploads()
                .stream()
                .filter(upload -> isOld(upload.initiated()) && isOfADump(upload))
                .filter(upload -> parts(upload).stream().allMatch(part -> isOld(part.lastModified())))
                .toList();
    }

    private boolean isOfADump(MultipartUpload upload) {
        String key = upload.key().substring(prefix.length());
        return DumpKey.parse(key).or(() -> DumpKey.ofPart(key)).isPresent();
    }

    private List<Part> parts(MultipartUpload upload) {
        return bucket
                .client()
                .listPartsPaginator(request -> request.bucket(bucket.name())
                        .key(upload.key())
                        .uploadId(upload.uploadId())
                        .expectedBucketOwner(bucket.owner())
                        .overrideConfiguration(bucket.limits(0)))
                .parts()
                .stream()
                .toList();
    }

    private Iterable<S3Object> objects() {
        return bucket.objects(prefix).values();
    }

    private static long bytes(List<Part> parts) {
        return parts.stream().mapToLong(Part::size).sum();
    }

    private boolean isOld(Instant since) {
        return since.isBefore(clock.instant().minus(ABANDONED));
    }
}

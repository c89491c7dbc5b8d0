package io.autodump.aws.s3;

import io.autodump.aws.s3.MultipartUpload.Precondition;
import io.autodump.aws.s3.part.PartPlan;
import io.autodump.aws.s3.request.S3Bucket;
import io.autodump.aws.s3.request.S3Call;
import io.autodump.aws.s3.request.WriteOptions;
import io.autodump.core.dump.DumpKey;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.port.DumpRecords;
import io.autodump.core.port.DumpStore;
import io.autodump.core.port.DumpUpload;
import io.autodump.core.port.PartsUpload;
import io.autodump.core.record.StoreNames;
import io.autodump.core.record.UnfinishedFile;
import java.io.InputStream;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.Stream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/**
 * Stores dumps in one S3 bucket, or in another store that speaks S3's protocol. The key of an object is the store's
 * prefix and the key of the dump.
 *
 * <p>A file is a multipart upload, whatever its size. It is invisible until it is committed, and every failure aborts
 * it. The length isn't known in advance, so parts begin small and grow, unless they must be equal. Several parts are
 * sent at a time. {@link DumpUpload#write} waits while the memory of the upload is full of bytes that S3 hasn't
 * confirmed. S3 compares each part, and then the whole object, with its CRC-32C, or each part with its MD5 ({@link
 * S3DumpStoreBuilder#checksums}). Afterwards the store compares size and checksum of the object once more. If there is
 * no checksum, it reads the object back.
 *
 * <p>A commit replaces only the object that was under the key when the upload began ({@code If-Match}, {@code
 * If-None-Match}). A publication replaces nothing. A store without conditional writes needs {@link
 * S3DumpStoreBuilder#conditionalWrites}; there, two attempts at the same run that end at the same moment can replace
 * each other's files. If the response to a commit or a publication is lost, the store checks whether it was done.
 *
 * <p>The SDK's client does all retries, except that a broken download continues where it stopped. A process that is
 * killed leaves an invisible upload that costs money. The first dump of a store aborts such uploads after two days.
 * Also give the bucket a lifecycle rule with {@code AbortIncompleteMultipartUpload}.
 *
 * <p>Permissions: {@code s3:GetObject}, {@code s3:PutObject}, {@code s3:AbortMultipartUpload} and {@code
 * s3:ListMultipartUploadParts} on the objects; {@code s3:ListBucket} and {@code s3:ListBucketMultipartUploads} on the
 * bucket; {@code s3:DeleteObject} to delete a dump or a file that turned out corrupt. Thread-safe.
 */
public final class S3DumpStore implements DumpStore {
    private final S3Bucket bucket;
    private final String prefix;
    private final WriteOptions options;
    private final UploadSettings uploads;
    private final S3Contents contents;

    private final S3Publication publication;

    private final AtomicBoolean cleaned = new AtomicBoolean();

    S3DumpStore(S3Bucket bucket, String prefix, WriteOptions options, UploadSettings uploads) {
        this.bucket = bucket;
        this.prefix = prefix;
        this.options = options;
        this.uploads = uploads;
        this.contents = new S3Contents(bucket, prefix, options);
        this.publication = new S3Publication(bucket, options, uploads.conditionalWrites());
    }

    /**
     * Returns a builder for the store in a bucket.
     *
     * @param client the caller closes it when the store is no longer used
     */
    public static S3DumpStoreBuilder builder(S3Client client, String bucket) {
        return builder(() -> client, bucket);
    }

    /**
     * As {@link #builder(S3Client, String)}, with a client that is made for the first request: the SDK takes some
     * tenths of a second to make one.
     */
    public static S3DumpStoreBuilder builder(Supplier<S3Client> client, String bucket) {
        return new S3DumpStoreBuilder(client, bucket);
    }

    /** {@code s3://bucket/prefix}. */
    @Override
    public String toString() {
        return bucket.uri(prefix);
    }

    @Override
    public DumpUpload begin(DumpKey key) {
        return begin(key, 0);
    }

    @Override
    public DumpUpload begin(DumpKey key, long databaseBytes) {
        PartPlan plan = uploads.sizes().planFor(databaseBytes);
        StoredNames names = names(key);
        names.requireFit();
        Optional<String> replaced =
                head(names.file(), MultipartUpload.NOTHING_PUBLISHED).map(HeadObjectResponse::eTag);
        requireUnfinished(names, names.manifest());
        abortAbandoned();
        MultipartUpload upload = MultipartUpload.create(bucket, names.file(), options);
        S3Commit commit = new S3Commit(
                bucket,
                names,
                upload,
                new Precondition(uploads.conditionalWrites(), replaced),
                uploads.completionTimeout(),
                object -> publication.register(names.file(), object));
        return new S3Upload(
                "dump " + key, upload, plan, new SegmentPool(uploads.memory()), uploads.parallelism(), commit);
    }

    private void requireUnfinished(StoredNames names, String manifest) {
        if (head(manifest, MultipartUpload.NOTHING_PUBLISHED).isPresent()) {
            throw S3Commit.exists(names);
        }
    }

    private void abortAbandoned() {
        if (!cleaned.getAndSet(true)) {
            new S3Leftovers(bucket, prefix, InstantSource.system()).abortAbandoned();
        }
    }

    @Override
    public boolean takesParts() {
        return true;
    }

    /**
     * {@inheritDoc}
     *
     * <p>Parts that an earlier attempt left are replaced. Without {@code s3:DeleteObject}, those that this attempt
     * doesn't have stay until the dump is deleted; nothing reads them.
     */
    @Override
    public PartsUpload beginParts(DumpKey key, int concurrent) {
        StoredNames names = names(key);
        names.requireFit();
        names.manifestsOfSameRun().forEach(manifest -> requireUnfinished(names, manifest));
        abortAbandoned();
        Map<String, String> kept = contents.deletePartsIfAllowed(names);
        return new S3PartsUpload(bucket, names, options, uploads.shared(concurrent), kept, publication::register);
    }

    @Override
    public void publish(DumpManifest manifest) {
        publication.publish(names(manifest.key()), manifest);
    }

    @Override
    public Optional<DumpManifest> find(DumpKey key) {
        StoredNames names = names(key);
        Optional<DumpManifest> manifest =
                new ManifestObject(bucket, names, options, uploads.conditionalWrites()).read("nothing was changed");
        manifest.ifPresent(found -> requireFiles(names, found));
        return manifest;
    }

    private void requireFiles(StoredNames names, DumpManifest manifest) {
        Set<String> there =
                publication.look(names, manifest, "nothing was changed").keySet();
        for (String file : S3Publication.expected(names, manifest).keySet()) {
            if (!there.contains(file)) {
                String what = manifest.parts().isEmpty() ? "no file" : "not its part " + bucket.uri(file);
                throw new AutoDumpException(
                        ErrorCode.DUMP_CORRUPT,
                        "dump " + names.key() + " has a manifest but " + what + ": the file was removed",
                        "restore the file from a copy or an earlier version of the object, or remove "
                                + bucket.uri(names.manifest()) + " to forget the dump");
            }
        }
    }

    /**
     * {@inheritDoc}
     *
     * <p>Requests 1,000 objects at a time.
     */
    @Override
    public Stream<DumpKey> list() {
        return contents.dumps("");
    }

    @Override
    public Stream<DumpKey> list(String folder) {
        return contents.dumps(folder);
    }

    @Override
    public StoreNames newest(int perDatabase) {
        return contents.newest(perDatabase);
    }

    @Override
    public StoreNames names() {
        return contents.names();
    }

    @Override
    public DumpRecords records() {
        return contents;
    }

    @Override
    public Stream<UnfinishedFile> unfinished(String folder) {
        return contents.unfinished(folder);
    }

    @Override
    public void deleteUnfinished(DumpKey key) {
        contents.deleteUnfinished(names(key));
    }

    @Override
    public InputStream open(DumpKey key) {
        return S3Publication.open(bucket, names(key).file());
    }

    @Override
    public InputStream openPart(DumpKey key, String name) {
        return S3Publication.open(bucket, names(key).part(name));
    }

    /**
     * {@inheritDoc}
     *
     * <p>Removes only a file that this store committed. Without {@code s3:DeleteObject} the file stays invisible until
     * the next attempt at the same run replaces it.
     */
    @Override
    public void discard(DumpManifest manifest) {
        StoredNames names = names(manifest.key());
        if (head(names.manifest(), "nothing was removed").isPresent()) {
            return;
        }
        publication.discard(names, manifest);
    }

    @Override
    public void delete(DumpKey key) {
        contents.delete(names(key));
        publication.forget(names(key));
    }

    private Optional<HeadObjectResponse> head(String object, String consequence) {
        try {
            return bucket.head(object);
        } catch (SdkException failed) {
            throw bucket.failure(S3Call.HEAD, object).because(failed, consequence);
        }
    }

    private StoredNames names(DumpKey key) {
        return StoredNames.of(prefix, key);
    }
}

package io.autodump.aws.s3;

import io.autodump.aws.s3.MultipartUpload.Precondition;
import io.autodump.aws.s3.request.ResumingInputStream;
import io.autodump.aws.s3.request.S3Bucket;
import io.autodump.aws.s3.request.S3Call;
import io.autodump.aws.s3.request.S3Failure;
import io.autodump.aws.s3.request.Sha256;
import io.autodump.aws.s3.request.WriteOptions;
import io.autodump.core.dump.Checksum;
import io.autodump.core.dump.DumpKey;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.error.Hints;
import io.autodump.core.error.OutcomeUnknownException;
import io.autodump.core.internal.IoReason;
import io.autodump.core.port.DumpRecords;
import io.autodump.core.port.DumpStore;
import io.autodump.core.port.DumpUpload;
import io.autodump.core.record.StoreNames;
import io.autodump.core.record.UnfinishedFile;
import java.io.IOException;
import java.io.InputStream;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/**
 * Stores dumps in one S3 bucket, or in another store that speaks S3's protocol. The key of an object is the store's
 * prefix and the key of the dump.
 *
 * <p>A file is a multipart upload, whatever its size. It is invisible until it is committed, and every failure aborts
 * it. The length isn't known in advance, so parts begin small and grow ({@link S3DumpStoreBuilder#firstPartSize},
 * {@link S3DumpStoreBuilder#largestObject}). Several parts are sent at a time ({@link
 * S3DumpStoreBuilder#partParallelism}). {@link DumpUpload#write} waits while the memory of the upload ({@link
 * S3DumpStoreBuilder#memory}) is full of bytes that S3 hasn't confirmed. S3 compares each part, and then the whole
 * object, with its CRC-32C. Afterwards the store asks for the size and the checksum of the object and compares them
 * once more. If the server reports no checksum, the store reads the object back instead.
 *
 * <p>A commit replaces only the object that was under the key when the upload began ({@code If-Match}, {@code
 * If-None-Match}). A publication replaces nothing. A store without conditional writes needs {@link
 * S3DumpStoreBuilder#conditionalWrites}; there, two attempts at the same run that end at the same moment can replace
 * each other's files. If the response to a commit or a publication is lost, the store checks whether it was done.
 *
 * <p>The SDK's client does all retries, except that a broken download continues where it stopped. A process that is
 * killed leaves an invisible upload that costs money. The first dump of a store aborts uploads under its prefix that
 * have sent nothing for two days; also give the bucket a lifecycle rule with {@code AbortIncompleteMultipartUpload}.
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

    /** The files that this process committed. A publication reads a file only if it isn't one of them. */
    private final Map<DumpKey, S3Commit.Committed> committed = new ConcurrentHashMap<>();

    private final AtomicBoolean cleaned = new AtomicBoolean();

    S3DumpStore(S3Bucket bucket, String prefix, WriteOptions options, UploadSettings uploads) {
        this.bucket = bucket;
        this.prefix = prefix;
        this.options = options;
        this.uploads = uploads;
        this.contents = new S3Contents(bucket, prefix, options);
    }

    /**
     * Returns a builder for the store in a bucket.
     *
     * @param client the caller closes it when the store is no longer used
     */
    public static S3DumpStoreBuilder builder(S3Client client, String bucket) {
        return new S3DumpStoreBuilder(client, bucket);
    }

    /** Returns the sizes of the parts. */
    PartPlan plan() {
        return uploads.plan();
    }

    /** Returns {@code s3://bucket/prefix}, for people. */
    @Override
    public String toString() {
        return bucket.uri(prefix);
    }

    @Override
    public DumpUpload begin(DumpKey key) {
        StoredNames names = names(key);
        names.requireFit();
        Optional<String> replaced =
                head(names.file(), MultipartUpload.NOTHING_PUBLISHED).map(HeadObjectResponse::eTag);
        if (head(names.manifest(), MultipartUpload.NOTHING_PUBLISHED).isPresent()) {
            throw S3Commit.exists(names);
        }
        if (!cleaned.getAndSet(true)) {
            new S3Leftovers(bucket, prefix, InstantSource.system()).abortAbandoned();
        }
        MultipartUpload upload = MultipartUpload.create(bucket, names.file(), options);
        S3Commit commit = new S3Commit(
                bucket,
                names,
                upload,
                new Precondition(uploads.conditionalWrites(), replaced),
                uploads.completionTimeout(),
                object -> committed.put(key, object));
        return new S3Upload(
                key, upload, uploads.plan(), new SegmentPool(uploads.memory()), uploads.parallelism(), commit);
    }

    @Override
    public void publish(DumpManifest manifest) {
        StoredNames names = names(manifest.key());
        HeadObjectResponse file =
                head(names.file(), MultipartUpload.NOTHING_PUBLISHED).orElseThrow(() -> notFound(names));
        ManifestObject object = new ManifestObject(bucket, names, options, uploads.conditionalWrites());
        if (isCommitted(file, manifest) || !object.isPublished(manifest)) {
            requireSameFile(manifest, names, file);
            object.publish(manifest);
            requireUnreplaced(names, file.eTag());
        }
        committed.remove(manifest.key());
    }

    /** Another attempt at the same run may have committed its file just before the manifest was written. */
    private void requireUnreplaced(StoredNames names, String eTag) {
        boolean same = head(names.file(), "the manifest was written; whether it belongs to the file isn't known")
                .filter(file -> file.eTag().equals(eTag))
                .isPresent();
        if (!same) {
            throw new OutcomeUnknownException(
                    "while the manifest of dump " + names.key()
                            + " was written, another attempt at the same run replaced " + bucket.uri(names.file())
                            + "; both stay as they are",
                    "verify dump " + names.key() + "; if that fails, remove manifest and file, and run it again",
                    null);
        }
    }

    /** Another attempt at the same run may have replaced the file since it was committed. */
    private void requireSameFile(DumpManifest manifest, StoredNames names, HeadObjectResponse file) {
        boolean same = file.contentLength() == manifest.storedBytes()
                && (isCommitted(file, manifest) || checksum(manifest.key()).equals(manifest.checksum()));
        if (!same) {
            throw new AutoDumpException(
                    ErrorCode.STORE_FAILED,
                    bucket.uri(names.file()) + " isn't the file that was committed: another attempt at the same run"
                            + " replaced it; nothing was published",
                    "run the dump again, and only once at a time");
        }
    }

    /**
     * Returns whether this store committed exactly this object with the manifest's bytes, so that it needn't be read.
     */
    private boolean isCommitted(HeadObjectResponse file, DumpManifest manifest) {
        return new S3Commit.Committed(file.eTag(), manifest.checksum()).equals(committed.get(manifest.key()));
    }

    private Checksum checksum(DumpKey key) {
        try (InputStream stored = open(key)) {
            return Sha256.of(stored);
        } catch (IOException failed) {
            throw new AutoDumpException(
                    ErrorCode.STORE_FAILED,
                    "dump " + key + " couldn't be read back: " + IoReason.of(failed) + "; nothing was published",
                    "check the network between here and S3, then run it again",
                    failed);
        }
    }

    @Override
    public Optional<DumpManifest> find(DumpKey key) {
        StoredNames names = names(key);
        Optional<DumpManifest> manifest =
                new ManifestObject(bucket, names, options, uploads.conditionalWrites()).read("nothing was changed");
        if (manifest.isPresent() && head(names.file(), "nothing was changed").isEmpty()) {
            throw new AutoDumpException(
                    ErrorCode.DUMP_CORRUPT,
                    "dump " + key + " has a manifest but no file: the file was removed",
                    "restore the file from a copy or an earlier version of the object, or remove "
                            + bucket.uri(names.manifest()) + " to forget the dump");
        }
        return manifest;
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
        StoredNames names = names(key);
        try {
            return ResumingInputStream.open(bucket, names.file());
        } catch (SdkException failed) {
            if (S3Failure.isNotFound(failed)) {
                throw notFound(names);
            }
            throw bucket.failure(S3Call.GET, names.file()).because(failed, "nothing was changed");
        }
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
        head(names.file(), "nothing was removed")
                .filter(file -> isCommitted(file, manifest))
                .map(HeadObjectResponse::eTag)
                .ifPresent(eTag -> discard(names, eTag));
        committed.remove(manifest.key());
    }

    private void discard(StoredNames names, String eTag) {
        try {
            bucket.delete(names.file(), Optional.of(eTag).filter(known -> uploads.conditionalWrites()));
        } catch (SdkException failed) {
            throw bucket.failure(S3Call.DELETE, names.file()).because(failed, "the unpublished file is still there");
        }
    }

    @Override
    public void delete(DumpKey key) {
        contents.delete(names(key));
        committed.remove(key);
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

    private AutoDumpException notFound(StoredNames names) {
        return new AutoDumpException(
                ErrorCode.DUMP_NOT_FOUND,
                "there is no file " + bucket.uri(names.file()) + "; nothing was changed",
                Hints.LIST_DUMPS);
    }
}

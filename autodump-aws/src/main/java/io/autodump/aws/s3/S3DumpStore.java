package io.autodump.aws.s3;

import io.autodump.aws.s3.MultipartUpload.Precondition;
import io.autodump.core.dump.Checksum;
import io.autodump.core.dump.DumpKey;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.error.OutcomeUnknownException;
import io.autodump.core.port.DumpStore;
import io.autodump.core.port.DumpUpload;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/**
 * Dumps in one S3 bucket, or in a store that speaks S3's protocol; a dump's key, after the store's prefix, is the object's.
 *
 * <p>A file is a multipart upload, whatever its size: invisible until it is committed, and aborted by everything else.
 * Its length isn't known beforehand, so its parts begin small and grow ({@link S3DumpStoreBuilder#firstPartSize},
 * {@link S3DumpStoreBuilder#largestObject}); some of them are sent at a time ({@link S3DumpStoreBuilder#partParallelism}), and
 * {@link DumpUpload#write} waits while the memory that an upload may have ({@link S3DumpStoreBuilder#memory}) is full of bytes that S3
 * hasn't confirmed yet. S3 compares each part with its CRC-32C, and the whole object with that of the whole when the upload
 * is completed. Then the object's size and checksum are asked for and compared once more; a store that shows no checksum is
 * read to the end instead.
 *
 * <p>A commit replaces what lay under its key when the upload began, and nothing else ({@code If-Match},
 * {@code If-None-Match}); a publication replaces nothing. A store that knows no conditional writes needs
 * {@link S3DumpStoreBuilder#conditionalWrites}, and there two attempts at the same run that end within the same moment can replace
 * each other's files. When the answer to a commit or a publication is lost, the store looks whether it was done.
 *
 * <p>Retries are the SDK client's alone, except that a broken download goes on where it broke. A process that is killed
 * leaves an invisible, billed upload: give the bucket a lifecycle rule with {@code AbortIncompleteMultipartUpload}.
 *
 * <p>Permissions: {@code s3:GetObject}, {@code s3:PutObject}, {@code s3:AbortMultipartUpload} and
 * {@code s3:ListMultipartUploadParts} on the objects, {@code s3:ListBucket} and
 * {@code s3:ListBucketMultipartUploads} on the bucket; {@code s3:DeleteObject} to delete
 * a dump, and one that turned out corrupt. Thread-safe.
 */
public final class S3DumpStore implements DumpStore {
    private final S3Bucket bucket;
    private final String prefix;
    private final WriteOptions options;
    private final UploadSettings uploads;

    /** What this process has committed, so that a publication needs to read a file only if it is another now. */
    private final Map<DumpKey, S3Commit.Committed> committed = new ConcurrentHashMap<>();

    S3DumpStore(S3Bucket bucket, String prefix, WriteOptions options, UploadSettings uploads) {
        this.bucket = bucket;
        this.prefix = prefix;
        this.options = options;
        this.uploads = uploads;
    }

    /**
     * The store in a bucket.
     *
     * @param client stays the caller's, who closes it when the store is used no more
     */
    public static S3DumpStoreBuilder builder(S3Client client, String bucket) {
        return new S3DumpStoreBuilder(client, bucket);
    }

    /** How large an upload's parts become. */
    PartPlan plan() {
        return uploads.plan();
    }

    /** For people: {@code s3://bucket/prefix}. */
    @Override
    public String toString() {
        return bucket.uri(prefix);
    }

    @Override
    public DumpUpload begin(DumpKey key) {
        StoredNames names = names(key);
        requireKeysFit(names);
        Optional<String> replaced =
                head(names.file(), MultipartUpload.NOTHING_PUBLISHED).map(HeadObjectResponse::eTag);
        if (head(names.manifest(), MultipartUpload.NOTHING_PUBLISHED).isPresent()) {
            throw S3Commit.exists(names);
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

    /** Between the last look at the file and the manifest another attempt at the same run may have committed its own. */
    private void requireUnreplaced(StoredNames names, String eTag) {
        boolean same = head(names.file(), "the manifest was written; whether it is the file's isn't known")
                .filter(file -> file.eTag().equals(eTag))
                .isPresent();
        if (!same) {
            throw new OutcomeUnknownException(
                    "while the manifest of dump " + names.key()
                            + " was written, another attempt at the same run replaced " + bucket.uri(names.file())
                            + "; both stay as they are",
                    "look with: autodump verify " + names.key()
                            + "; if it fails, remove manifest and file, and run it again",
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
                    bucket.uri(names.file()) + " isn't the file that was committed: another attempt at the same run has"
                            + " replaced it; nothing was published",
                    "run the dump again, and only once at a time");
        }
    }

    /** Whether this store has committed that very object with the manifest's bytes, so that they needn't be read. */
    private boolean isCommitted(HeadObjectResponse file, DumpManifest manifest) {
        return new S3Commit.Committed(file.eTag(), manifest.checksum()).equals(committed.get(manifest.key()));
    }

    private Checksum checksum(DumpKey key) {
        try (InputStream stored = open(key)) {
            return Sha256.of(stored);
        } catch (IOException failed) {
            throw new AutoDumpException(
                    ErrorCode.STORE_FAILED,
                    "dump " + key + " couldn't be read back: " + failed.getMessage() + "; nothing was published",
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
                    "the manifest of dump " + key + " is there and its file isn't: somebody has removed it",
                    "bring the file back from a copy or an earlier version of the object, or remove "
                            + bucket.uri(names.manifest()) + " to forget the dump");
        }
        return manifest;
    }

    /**
     * {@inheritDoc}
     *
     * <p>A page of 1,000 objects at a time.
     */
    @Override
    public Stream<DumpKey> list() {
        S3Failure failure = bucket.failure(S3Call.LIST, prefix.isEmpty() ? "all objects" : prefix);
        return TranslatingIterator.stream(() -> bucket.keys(prefix), failure)
                .flatMap(key -> DumpKey.ofManifest(key.substring(prefix.length())).stream());
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
     * <p>Removes only what this store committed; without {@code s3:DeleteObject} the file stays, unseen, until the next
     * attempt at the same run replaces it.
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
        StoredNames names = names(key);
        delete(names.manifest(), "nothing was removed");
        delete(names.file(), "the dump's manifest was removed, its file is still there");
        committed.remove(key);
    }

    private void delete(String object, String consequence) {
        try {
            bucket.delete(object);
        } catch (SdkException failed) {
            throw bucket.failure(S3Call.DELETE, object).because(failed, consequence);
        }
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

    /** Or else a dump would fail when its manifest is written, at the end of everything. */
    private static void requireKeysFit(StoredNames names) {
        int length = names.manifest().getBytes(StandardCharsets.UTF_8).length;
        if (length > S3Limits.MAX_KEY_BYTES) {
            throw new AutoDumpException(
                    ErrorCode.STORE_FAILED,
                    "the key " + names.manifest() + " has " + length + " bytes, and S3 takes " + S3Limits.MAX_KEY_BYTES
                            + "; nothing was written",
                    "use a shorter prefix for the store or the secret");
        }
    }

    private AutoDumpException notFound(StoredNames names) {
        return new AutoDumpException(
                ErrorCode.DUMP_NOT_FOUND,
                "there is no file " + bucket.uri(names.file()) + "; nothing was changed",
                "list the finished dumps with: autodump list");
    }
}

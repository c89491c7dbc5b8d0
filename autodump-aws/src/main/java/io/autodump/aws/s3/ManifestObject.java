package io.autodump.aws.s3;

import io.autodump.aws.s3.request.S3Bucket;
import io.autodump.aws.s3.request.S3Call;
import io.autodump.aws.s3.request.S3Failure;
import io.autodump.aws.s3.request.WriteOptions;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.error.OutcomeUnknownException;
import io.autodump.core.wire.DumpManifestJson;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;

/** The object that holds the manifest of one dump. */
record ManifestObject(S3Bucket bucket, StoredNames names, WriteOptions options, boolean conditionalWrites) {

    /** Returns the manifest; empty if there is none. */
    Optional<DumpManifest> read(String consequence) {
        return read(bucket, names, consequence);
    }

    static Optional<DumpManifest> read(S3Bucket bucket, StoredNames names, String consequence) {
        Optional<String> json;
        try {
            json = bucket.read(names.manifest());
        } catch (SdkException failed) {
            throw bucket.failure(S3Call.GET, names.manifest()).because(failed, consequence);
        }
        Optional<DumpManifest> manifest = json.map(text -> DumpManifestJson.parse(bucket.uri(names.manifest()), text));
        manifest.filter(found -> !found.key().equals(names.key()))
                .ifPresent(moved -> refuseMoved(bucket, names, moved));
        return manifest;
    }

    private static void refuseMoved(S3Bucket bucket, StoredNames names, DumpManifest moved) {
        throw new AutoDumpException(
                ErrorCode.INVALID_DOCUMENT,
                "the manifest at " + bucket.uri(names.manifest()) + " belongs to dump " + moved.key()
                        + "; nothing was changed",
                "move the dump and its manifest back, or set the prefix of the store");
    }

    /**
     * Returns whether exactly this manifest is in the bucket.
     *
     * @throws AutoDumpException {@code DUMP_EXISTS} if there is another manifest
     */
    boolean isPublished(DumpManifest manifest) {
        Optional<DumpManifest> there = read(MultipartUpload.NOTHING_PUBLISHED);
        if (there.isPresent() && !there.get().equals(manifest)) {
            throw S3Commit.exists(names);
        }
        return there.isPresent();
    }

    /** Writes the manifest. Succeeds if an equal one is there already. */
    void publish(DumpManifest manifest) {
        if (!conditionalWrites && isPublished(manifest)) {
            return;
        }
        try {
            bucket.putNew(names.manifest(), DumpManifestJson.write(manifest), options, conditionalWrites);
        } catch (SdkException failed) {
            settle(manifest, failed);
        }
    }

    /**
     * Returns if the manifest is there although the call failed: an earlier attempt, whose response was lost, wrote it.
     */
    private void settle(DumpManifest manifest, SdkException failed) {
        S3Failure failure = bucket.failure(S3Call.PUT, names.manifest());
        boolean published;
        try {
            published = isPublished(manifest);
        } catch (AutoDumpException unreadable) {
            if (unreadable.code() == ErrorCode.DUMP_EXISTS) {
                throw unreadable;
            }
            failed.addSuppressed(unreadable);
            throw S3Failure.isRefusal(failed)
                    ? failure.because(failed, MultipartUpload.NOTHING_PUBLISHED)
                    : unknown(failure, failed);
        }
        if (!published) {
            throw S3Failure.isLost(failed)
                    ? unknown(failure, failed)
                    : failure.because(failed, MultipartUpload.NOTHING_PUBLISHED);
        }
    }

    private OutcomeUnknownException unknown(S3Failure failure, SdkException failed) {
        return new OutcomeUnknownException(
                failure.because(failed, "whether the dump was published isn't known")
                        .description(),
                "check whether the dump is in the list of finished dumps; if not, run it again; a retry is harmless"
                        + " in both cases",
                failed);
    }
}

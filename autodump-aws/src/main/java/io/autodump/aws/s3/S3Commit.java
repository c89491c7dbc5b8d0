package io.autodump.aws.s3;

import com.google.common.hash.HashCode;
import io.autodump.aws.s3.MultipartUpload.Abort;
import io.autodump.aws.s3.MultipartUpload.Precondition;
import io.autodump.aws.s3.S3Upload.Written;
import io.autodump.aws.s3.request.Md5;
import io.autodump.aws.s3.request.ResumingInputStream;
import io.autodump.aws.s3.request.S3Bucket;
import io.autodump.aws.s3.request.S3Call;
import io.autodump.aws.s3.request.S3Failure;
import io.autodump.aws.s3.request.Sha256;
import io.autodump.core.dump.Checksum;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.error.OutcomeUnknownException;
import io.autodump.core.internal.IoReason;
import io.autodump.core.internal.Uninterrupted;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/**
 * The end of an upload. It makes an object of the parts, finds out whether that happened if the response was lost, and
 * proves that the object holds what was written.
 *
 * @param committed receives the object after a success
 */
record S3Commit(
        S3Bucket bucket,
        StoredNames names,
        MultipartUpload upload,
        Precondition condition,
        Duration timeout,
        Consumer<Committed> committed) {

    /** An object that holds what was written. */
    record Committed(String eTag, Checksum checksum) {}

    /**
     * Completes the upload.
     *
     * @throws AutoDumpException {@code DUMP_EXISTS}, {@code STORE_FAILED}: the upload wasn't completed
     * @throws OutcomeUnknownException if it isn't known whether the upload was completed
     */
    void complete(Written written) {
        if (!condition.excludesFinishedDumps()) {
            requireUnfinished();
        }
        try {
            upload.complete(written.parts(), written.bytes(), written.crc(), condition, timeout);
        } catch (SdkException failed) {
            settle(failed);
        }
    }

    /** A file that has a manifest must not be replaced, whatever the manifest contains. */
    void requireUnfinished() {
        try {
            if (bucket.head(names.manifest()).isPresent()) {
                throw exists(names);
            }
        } catch (SdkException failed) {
            throw bucket.failure(S3Call.HEAD, names.manifest()).because(failed, MultipartUpload.NOTHING_PUBLISHED);
        }
    }

    static AutoDumpException exists(StoredNames names) {
        return new AutoDumpException(
                ErrorCode.DUMP_EXISTS,
                "dump " + names.key() + " is finished and stays as it is; nothing was written",
                "to make it again, remove it first, or dump at another instant");
    }

    /**
     * Returns if the upload is complete although the call failed: an earlier attempt, whose response was lost,
     * completed it.
     */
    private void settle(SdkException failed) {
        boolean refused = S3Failure.isRefusal(failed);
        if (refused && attempts(failed) == 1) {
            throw refusal(failed);
        }
        Sight sight = look();
        if (sight == Sight.OURS) {
            return;
        }
        if (refused && sight == Sight.NOT_OURS) {
            throw refusal(failed);
        }
        // An abort decides: either it finds the upload, which then can't be completed, or it comes too late.
        boolean aborted = abort();
        sight = look();
        if (sight == Sight.OURS) {
            return;
        }
        if (aborted && sight == Sight.NOT_OURS) {
            throw bucket.failure(S3Call.COMPLETE_UPLOAD, names.file())
                    .because(failed, "the upload was aborted; " + MultipartUpload.NOTHING_PUBLISHED);
        }
        throw new OutcomeUnknownException(
                bucket.failure(S3Call.COMPLETE_UPLOAD, names.file())
                        .because(failed, "whether the file is there isn't known; no manifest was published")
                        .description(),
                "a file without a manifest isn't a dump, and the next attempt replaces it; check with: aws s3api"
                        + " head-object --bucket " + bucket.name() + " --key " + names.file(),
                failed);
    }

    private AutoDumpException refusal(SdkException failed) {
        if (S3Failure.isPreconditionFailed(failed) || S3Failure.isConflict(failed)) {
            requireUnfinished();
            return new AutoDumpException(
                    ErrorCode.STORE_FAILED,
                    "another attempt at the same run wrote " + bucket.uri(names.file())
                            + " while this one was under way; its file stays, and nothing was published",
                    "run it once at a time; run it again if the other attempt doesn't finish",
                    failed);
        }
        return bucket.failure(S3Call.COMPLETE_UPLOAD, names.file()).because(failed, MultipartUpload.NOTHING_PUBLISHED);
    }

    private static int attempts(SdkException failed) {
        return Optional.ofNullable(failed.numAttempts()).orElse(Integer.MAX_VALUE);
    }

    private boolean abort() {
        try {
            return upload.abort() == Abort.DONE;
        } catch (AutoDumpException failed) {
            return false;
        }
    }

    private enum Sight {
        OURS,
        NOT_OURS,
        UNKNOWN
    }

    private Sight look() {
        try {
            return Uninterrupted.call(() -> bucket.head(names.file()))
                            .filter(upload::made)
                            .isPresent()
                    ? Sight.OURS
                    : Sight.NOT_OURS;
        } catch (SdkException failed) {
            return Sight.UNKNOWN;
        }
    }

    /**
     * Compares size and checksum of the object with what was written. S3 computed the checksum from the bytes that it
     * stored. If the store reports neither a checksum nor an ETag made of the MD5 of the parts, reads the object
     * instead. Removes an object that differs.
     */
    void readBack(Written written) {
        HeadObjectResponse object;
        try {
            object = bucket.head(names.file()).filter(upload::made).orElseThrow(this::replaced);
        } catch (SdkException failed) {
            throw bucket.failure(S3Call.HEAD, names.file())
                    .because(
                            failed,
                            "the file was written and couldn't be checked; " + MultipartUpload.NOTHING_PUBLISHED);
        }
        Optional<String> difference = difference(object, written);
        if (difference.isPresent()) {
            throw corrupt(difference.get());
        }
        committed.accept(new Committed(object.eTag(), written.checksum()));
    }

    private Optional<String> difference(HeadObjectResponse object, Written written) {
        if (object.contentLength() != written.bytes()) {
            return Optional.of(object.contentLength() + " bytes instead of " + written.bytes());
        }
        String stored = object.checksumCRC32C();
        if (stored == null && isMadeOf(object, written.parts())) {
            return Optional.empty();
        }
        if (stored == null) {
            Checksum read = readAll();
            return read.equals(written.checksum()) ? Optional.empty() : Optional.of("bytes with " + read);
        }
        String expected = stored.contains("-")
                ? Crc32c.composite(
                        written.parts().stream().map(SentPart::checksum).toList())
                : written.crc().base64();
        return stored.equals(expected)
                ? Optional.empty()
                : Optional.of("bytes with CRC-32C " + stored + " instead of " + expected);
    }

    /** The ETag of most stores is a hash of the MD5 of the parts. Others aren't equal to it by chance. */
    private static boolean isMadeOf(HeadObjectResponse object, List<SentPart> parts) {
        List<HashCode> md5 = parts.stream().flatMap(part -> part.md5().stream()).toList();
        return md5.size() == parts.size() && object.eTag().replace("\"", "").equals(Md5.eTag(md5));
    }

    private Checksum readAll() {
        try (InputStream stored = ResumingInputStream.open(bucket, names.file())) {
            return Sha256.of(stored);
        } catch (SdkException failed) {
            throw bucket.failure(S3Call.GET, names.file())
                    .because(
                            failed,
                            "the file was written and couldn't be checked; " + MultipartUpload.NOTHING_PUBLISHED);
        } catch (IOException failed) {
            throw new AutoDumpException(
                    ErrorCode.STORE_FAILED,
                    bucket.uri(names.file()) + " couldn't be read back: " + IoReason.of(failed)
                            + "; nothing was published",
                    "check the network between here and S3, then run it again",
                    failed);
        }
    }

    private AutoDumpException corrupt(String difference) {
        String removal = "it was removed";
        Optional<SdkException> left = Optional.empty();
        try {
            bucket.delete(names.file());
        } catch (SdkException failed) {
            removal = "it couldn't be removed, but isn't a dump";
            left = Optional.of(failed);
        }
        AutoDumpException corrupt = new AutoDumpException(
                ErrorCode.DUMP_CORRUPT,
                bucket.uri(names.file()) + " holds " + difference + "; " + removal + "; nothing was published",
                "run it again; if it happens again, something between here and the store changes bytes");
        left.ifPresent(corrupt::addSuppressed);
        return corrupt;
    }

    private AutoDumpException replaced() {
        return new AutoDumpException(
                ErrorCode.STORE_FAILED,
                bucket.uri(names.file()) + " was removed or replaced right after it was written;"
                        + " nothing was published",
                "run it once at a time, and check for a lifecycle rule or another process that removes objects there");
    }
}

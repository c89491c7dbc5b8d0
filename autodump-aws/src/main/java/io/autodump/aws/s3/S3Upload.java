package io.autodump.aws.s3;

import io.autodump.aws.s3.part.PartPlan;
import io.autodump.aws.s3.request.Bytes;
import io.autodump.core.dump.Checksum;
import io.autodump.core.dump.StoredFile;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.error.OutcomeUnknownException;
import io.autodump.core.port.DumpUpload;
import java.lang.System.Logger;
import java.security.MessageDigest;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a stream of unknown length into parts and sends them. The pool limits the memory: {@link #write} waits while all
 * of it is in use.
 */
final class S3Upload implements DumpUpload {
    private static final Logger LOG = System.getLogger(S3DumpStore.class.getName());

    private final String subject;
    private final MultipartUpload upload;
    private final PartPlan plan;
    private final SegmentPool memory;
    private final PartUploads parts;
    private final S3Commit commit;
    private final MessageDigest digest = Checksum.newSha256();

    private @Nullable PartBuffer current;
    private int lastNumber;
    private long bytes;
    private boolean ended;

    S3Upload(
            String subject,
            MultipartUpload upload,
            PartPlan plan,
            SegmentPool memory,
            int parallelism,
            S3Commit commit) {
        this.subject = subject;
        this.upload = upload;
        this.plan = plan;
        this.memory = memory;
        this.parts = new PartUploads(upload, parallelism);
        this.commit = commit;
    }

    /** What was written. */
    record Written(List<SentPart> parts, long bytes, Checksum checksum) {
        /** Returns the checksum of the whole, computed from the checksums of the parts. */
        Crc32c crc() {
            Crc32c whole = Crc32c.EMPTY;
            for (SentPart part : parts) {
                whole = whole.followedBy(part.checksum(), part.length());
            }
            return whole;
        }
    }

    @Override
    public void write(byte[] source, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, source.length);
        requireOpen();
        parts.rethrow();
        digest.update(source, offset, length);
        try {
            for (int done = 0; done < length; ) {
                PartBuffer part = current();
                done += part.append(source, offset + done, length - done);
                if (part.isFull()) {
                    current = null;
                    parts.submit(part);
                }
            }
        } catch (InterruptedException interrupted) {
            throw interrupted(interrupted);
        }
        bytes += length;
    }

    @Override
    public StoredFile commit() {
        requireOpen();
        ended = true;
        Written written;
        try {
            written = new Written(finishParts(), bytes, Checksum.ofSha256(digest.digest()));
            commit.complete(written);
        } catch (OutcomeUnknownException unknown) {
            throw unknown;
        } catch (RuntimeException failed) {
            abort().ifPresent(failed::addSuppressed);
            throw failed;
        }
        commit.readBack(written);
        return new StoredFile(written.bytes(), written.checksum());
    }

    @Override
    public void close() {
        if (!ended) {
            ended = true;
            abort().ifPresent(failed -> LOG.log(
                    Logger.Level.WARNING,
                    "{0}; a lifecycle rule for incomplete uploads removes it",
                    failed.getMessage()));
        }
    }

    /** Frees what was sent; what made that fail is of interest, but never more than why it is done. */
    private Optional<AutoDumpException> abort() {
        parts.cancel();
        try {
            upload.abort();
            return Optional.empty();
        } catch (AutoDumpException failed) {
            return Optional.of(failed);
        }
    }

    private List<SentPart> finishParts() {
        try {
            // An upload needs at least one part. The last part may be empty.
            if (current != null || lastNumber == 0) {
                parts.submit(current());
            }
            return parts.finish();
        } catch (InterruptedException interrupted) {
            throw interrupted(interrupted);
        }
    }

    private PartBuffer current() {
        PartBuffer part = current;
        if (part == null) {
            if (lastNumber == plan.maxParts()) {
                throw tooLarge();
            }
            lastNumber++;
            part = new PartBuffer(lastNumber, plan.sizeOf(lastNumber), memory);
            current = part;
        }
        return part;
    }

    private void requireOpen() {
        if (ended) {
            throw new IllegalStateException("the upload of " + subject + " has ended");
        }
    }

    private AutoDumpException tooLarge() {
        return new AutoDumpException(
                ErrorCode.STORE_FAILED,
                subject + " is larger than " + Bytes.text(plan.reach()) + ", which is what " + plan.maxParts()
                        + " parts of at most " + Bytes.text(plan.largest()) + " hold; nothing was published",
                "give the process more memory (autodump:memory), because larger parts need it, and raise largestObject"
                        + " or the size of equal parts (part-size)");
    }

    private AutoDumpException interrupted(InterruptedException cause) {
        Thread.currentThread().interrupt();
        return new AutoDumpException(
                ErrorCode.INTERRUPTED,
                "the upload of " + subject + " was interrupted; nothing was published",
                "run it again",
                cause);
    }
}

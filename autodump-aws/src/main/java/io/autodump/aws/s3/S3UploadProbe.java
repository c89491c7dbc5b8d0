package io.autodump.aws.s3;

import com.google.common.collect.Sets;
import io.autodump.aws.s3.MultipartUpload.Precondition;
import io.autodump.aws.s3.request.ResumingInputStream;
import io.autodump.aws.s3.request.S3Bucket;
import io.autodump.aws.s3.request.S3Call;
import io.autodump.aws.s3.request.S3Failure;
import io.autodump.aws.s3.request.S3Limits;
import io.autodump.aws.s3.request.Sha256;
import io.autodump.aws.s3.request.WriteOptions;
import io.autodump.core.dump.Checksum;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.internal.IoReason;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Completes an upload of two parts under the conditions of a dump, reads it back and removes it. If the store refuses
 * it, this finds out which setting the store needs, by trying them. An upload has 5 or 10 MiB. Thread-safe.
 */
public final class S3UploadProbe {
    private static final long LITTLE = 1024;
    private static final Duration COMPLETION = Duration.ofMinutes(2);
    private static final String NOTHING = "the test upload of this check failed; no dump is affected";

    private final Clients clients;
    private final String prefix;
    private final WriteOptions options;
    private final Conditions conditions;

    S3UploadProbe(Clients clients, String prefix, WriteOptions options, Conditions conditions) {
        this.clients = clients;
        this.prefix = prefix;
        this.options = options;
        this.conditions = conditions;
    }

    /** What a store needs that isn't set. */
    public enum Need {
        /** {@link S3DumpStoreBuilder#checksums}: false. */
        NO_CHECKSUMS,
        /** {@link S3DumpStoreBuilder#equalParts}: true. */
        EQUAL_PARTS,
        /** {@link S3DumpStoreBuilder#conditionalWrites}: false, because the store refuses or ignores them. */
        NO_CONDITIONAL_WRITES,
        /** {@link S3DumpStoreBuilder#maxParts}: fewer. */
        FEWER_PARTS
    }

    /**
     * What was found out.
     *
     * @param needs the settings without which dumps fail or aren't safe
     * @param failure why an upload is impossible, if no setting of {@link Need} is the reason
     * @param leftover the key of the test object, if it couldn't be removed
     */
    public record Result(Set<Need> needs, Optional<AutoDumpException> failure, Optional<String> leftover) {
        /** Copies the set. */
        public Result {
            needs = Set.copyOf(needs);
        }
    }

    /** The conditions of a dump. */
    record Conditions(boolean checksums, boolean conditionalWrites, boolean equalParts, int maxParts) {
        Set<Need> open() {
            Set<Need> open = EnumSet.noneOf(Need.class);
            if (checksums) {
                open.add(Need.NO_CHECKSUMS);
            }
            if (conditionalWrites) {
                open.add(Need.NO_CONDITIONAL_WRITES);
            }
            if (!equalParts) {
                open.add(Need.EQUAL_PARTS);
            }
            return open;
        }

        Conditions with(Set<Need> needs) {
            return new Conditions(
                    checksums && !needs.contains(Need.NO_CHECKSUMS),
                    conditionalWrites && !needs.contains(Need.NO_CONDITIONAL_WRITES),
                    equalParts || needs.contains(Need.EQUAL_PARTS),
                    maxParts);
        }
    }

    /** The bucket of the dumps, and a client for the same store that adds no checksums. */
    record Clients(S3Bucket bucket, S3Client withoutChecksums, Duration attemptTimeout) {
        S3Bucket bucket(boolean checksums) {
            return checksums == bucket.checksums()
                    ? bucket
                    : new S3Bucket(
                            () -> withoutChecksums,
                            bucket.name(),
                            Optional.ofNullable(bucket.owner()),
                            attemptTimeout,
                            false);
        }
    }

    /** Tries an upload, with as few changes of the settings as possible. */
    public Result run() {
        List<Set<Need>> changes = new ArrayList<>(Sets.powerSet(conditions.open()));
        changes.sort(Comparator.comparingInt(Set::size));
        AutoDumpException first = null;
        for (Set<Need> needs : changes) {
            try {
                return attempt(conditions.with(needs), new HashSet<>(needs));
            } catch (AutoDumpException failed) {
                first = first == null ? failed : first;
                if (!S3Failure.mayBeUnsupported(failed)) {
                    break;
                }
            }
        }
        return new Result(Set.of(), Optional.ofNullable(first), Optional.empty());
    }

    private Result attempt(Conditions tried, Set<Need> needs) {
        S3Bucket bucket = clients.bucket(tried.checksums());
        String key = prefix + ".autodump-doctor-" + UUID.randomUUID();
        Precondition condition = new Precondition(tried.conditionalWrites(), Optional.empty());
        Checksum written = upload(bucket, key, condition, S3Limits.MIN_PART, second(tried));
        try {
            requireSame(bucket, key, written);
            if (tried.conditionalWrites() && !obeysConditions(bucket, key, condition)) {
                needs.add(Need.NO_CONDITIONAL_WRITES);
            }
            if (!acceptsPart(bucket, key, tried.maxParts())) {
                needs.add(Need.FEWER_PARTS);
            }
        } catch (RuntimeException failed) {
            removed(bucket, key);
            throw failed;
        }
        return new Result(needs, Optional.empty(), removed(bucket, key) ? Optional.empty() : Optional.of(key));
    }

    /** Parts that grow can't be smaller than the first one; only the last of equal parts can. */
    private static long second(Conditions tried) {
        return tried.equalParts() ? LITTLE : S3Limits.MIN_PART + LITTLE;
    }

    private Checksum upload(S3Bucket bucket, String key, Precondition condition, long... sizes) {
        MultipartUpload upload = MultipartUpload.create(bucket, key, options);
        try {
            List<SentPart> parts = new ArrayList<>();
            long bytes = 0;
            var digest = Checksum.newSha256();
            for (long size : sizes) {
                byte[] content = random((int) size);
                digest.update(content);
                bytes += size;
                parts.add(upload.send(part(parts.size() + 1, content)));
            }
            S3Upload.Written written = new S3Upload.Written(parts, bytes, Checksum.ofSha256(digest.digest()));
            upload.complete(parts, bytes, written.crc(), condition, COMPLETION);
            return written.checksum();
        } catch (SdkException failed) {
            abort(upload);
            throw bucket.failure(S3Call.COMPLETE_UPLOAD, key).because(failed, NOTHING);
        } catch (RuntimeException failed) {
            abort(upload);
            throw failed;
        }
    }

    private static void requireSame(S3Bucket bucket, String key, Checksum written) {
        Checksum stored;
        try (InputStream object = ResumingInputStream.open(bucket, key)) {
            stored = Sha256.of(object);
        } catch (SdkException failed) {
            throw bucket.failure(S3Call.GET, key).because(failed, NOTHING);
        } catch (IOException failed) {
            throw new AutoDumpException(
                    ErrorCode.STORE_FAILED,
                    bucket.uri(key) + " couldn't be read back: " + IoReason.of(failed) + "; " + NOTHING,
                    "check the network between here and the store",
                    failed);
        }
        if (!stored.equals(written)) {
            throw new AutoDumpException(
                    ErrorCode.DUMP_CORRUPT,
                    bucket.uri(key) + " holds other bytes than those that were sent; " + NOTHING,
                    "something between here and the store changes bytes");
        }
    }

    /** Returns whether the store refuses to replace an object that mustn't be there, in both ways of writing. */
    private boolean obeysConditions(S3Bucket bucket, String key, Precondition condition) {
        return isRefused(() -> bucket.putNew(key, "{}", options, true))
                && isRefused(() -> upload(bucket, key, condition, LITTLE));
    }

    /** Any other refusal than "precondition failed" means that the store doesn't know conditions in this call. */
    private static boolean isRefused(Runnable write) {
        try {
            write.run();
            return false;
        } catch (SdkException failed) {
            return isRefusal(failed);
        } catch (AutoDumpException failed) {
            return failed.getCause() instanceof SdkException cause && isRefusal(cause);
        }
    }

    private static boolean isRefusal(SdkException failed) {
        return S3Failure.isPreconditionFailed(failed) || S3Failure.isConflict(failed);
    }

    /** Numbers of parts needn't be consecutive, so one part shows whether the largest number is accepted. */
    private boolean acceptsPart(S3Bucket bucket, String key, int number) {
        MultipartUpload upload = MultipartUpload.create(bucket, key, options);
        try {
            upload.send(part(number, random((int) LITTLE)));
            return true;
        } catch (AutoDumpException failed) {
            if (S3Failure.mayBeUnsupported(failed)) {
                return false;
            }
            throw failed;
        } finally {
            abort(upload);
        }
    }

    private static PartBuffer part(int number, byte[] content) {
        PartBuffer part = new PartBuffer(number, content.length, new SegmentPool(content.length + SegmentPool.SEGMENT));
        try {
            for (int done = 0; done < content.length; ) {
                done += part.append(content, done, content.length - done);
            }
        } catch (InterruptedException impossible) {
            throw new AssertionError("the memory is large enough", impossible);
        }
        return part;
    }

    private static byte[] random(int size) {
        byte[] pattern = new byte[(int) LITTLE];
        new Random(size).nextBytes(pattern);
        byte[] bytes = new byte[size];
        for (int at = 0; at < size; at += pattern.length) {
            System.arraycopy(pattern, 0, bytes, at, Math.min(pattern.length, size - at));
        }
        return bytes;
    }

    private static void abort(MultipartUpload upload) {
        try {
            upload.abort();
        } catch (AutoDumpException left) {
            // The check of leftovers names it, and the next dump removes it after two days.
        }
    }

    private static boolean removed(S3Bucket bucket, String key) {
        try {
            bucket.delete(key);
            return true;
        } catch (SdkException kept) {
            return false;
        }
    }
}

package io.autodump.aws.s3;

import io.autodump.aws.s3.request.ResumingInputStream;
import io.autodump.aws.s3.request.S3Bucket;
import io.autodump.aws.s3.request.S3Call;
import io.autodump.aws.s3.request.S3Failure;
import io.autodump.aws.s3.request.Sha256;
import io.autodump.aws.s3.request.WriteOptions;
import io.autodump.core.dump.Checksum;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.dump.DumpPart;
import io.autodump.core.dump.StoredFile;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.error.Hints;
import io.autodump.core.error.OutcomeUnknownException;
import io.autodump.core.internal.IoReason;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.core.exception.SdkException;

/** What happens to committed objects: they become a dump, or go. Thread-safe. */
final class S3Publication {
    private final S3Bucket bucket;
    private final WriteOptions options;
    private final boolean conditionalWrites;

    /**
     * The objects that this process committed, by their full keys. A publication reads an object only if it isn't one
     * of them.
     */
    private final Map<String, S3Commit.Committed> committed = new ConcurrentHashMap<>();

    S3Publication(S3Bucket bucket, WriteOptions options, boolean conditionalWrites) {
        this.bucket = bucket;
        this.options = options;
        this.conditionalWrites = conditionalWrites;
    }

    /** Remembers an object that was committed. */
    void register(String object, S3Commit.Committed proof) {
        committed.put(object, proof);
    }

    /** Forgets the objects of a dump. */
    void forget(StoredNames names) {
        committed.keySet().removeIf(object -> object.equals(names.file()) || object.startsWith(names.parts()));
    }

    /** An object as it was a moment ago. */
    record Seen(String eTag, long bytes) {
        /** Servers write an ETag with quotation marks or without. */
        boolean hasETag(String other) {
            return bare(eTag).equals(bare(other));
        }

        private static String bare(String eTag) {
            return eTag.replace("\"", "");
        }
    }

    /** Returns the objects of a dump that are there, by their full keys. */
    Map<String, Seen> look(StoredNames names, DumpManifest manifest, String consequence) {
        Map<String, Seen> seen = new LinkedHashMap<>();
        try {
            if (manifest.parts().isEmpty()) {
                bucket.head(names.file())
                        .ifPresent(file -> seen.put(names.file(), new Seen(file.eTag(), file.contentLength())));
            } else {
                bucket.objects(names.parts())
                        .forEach((object, part) -> seen.put(object, new Seen(part.eTag(), part.size())));
            }
            return seen;
        } catch (SdkException failed) {
            throw bucket.failure(manifest.parts().isEmpty() ? S3Call.HEAD : S3Call.LIST, names.file())
                    .because(failed, consequence);
        }
    }

    /** Returns what the objects of a dump must be, by their full keys. */
    static Map<String, StoredFile> expected(StoredNames names, DumpManifest manifest) {
        Map<String, StoredFile> expected = new LinkedHashMap<>();
        if (manifest.parts().isEmpty()) {
            expected.put(names.file(), new StoredFile(manifest.storedBytes(), manifest.checksum()));
        }
        for (DumpPart part : manifest.parts().all()) {
            expected.put(names.part(part.name()), part.stored());
        }
        return expected;
    }

    void publish(StoredNames names, DumpManifest manifest) {
        Map<String, StoredFile> expected = expected(names, manifest);
        Map<String, Seen> seen = look(names, manifest, MultipartUpload.NOTHING_PUBLISHED);
        seen.keySet().retainAll(expected.keySet());
        for (String object : expected.keySet()) {
            if (!seen.containsKey(object)) {
                throw notFound(bucket, object);
            }
        }
        ManifestObject object = new ManifestObject(bucket, names, options, conditionalWrites);
        boolean ours = seen.entrySet().stream()
                .allMatch(file -> isCommitted(
                        file.getKey(),
                        file.getValue(),
                        expected.getOrDefault(file.getKey(), new StoredFile(0, manifest.checksum()))));
        if (ours || !object.isPublished(manifest)) {
            seen.forEach((file, there) -> requireSame(names, file, there, expected));
            object.publish(manifest);
            requireUnreplaced(names, manifest, seen);
        }
        forget(names);
    }

    /** Another attempt at the same run may have committed its file just before the manifest was written. */
    private void requireUnreplaced(StoredNames names, DumpManifest manifest, Map<String, Seen> before) {
        Map<String, Seen> now =
                look(names, manifest, "the manifest was written; whether it belongs to the file isn't known");
        now.keySet().retainAll(before.keySet());
        if (!now.equals(before)) {
            throw new OutcomeUnknownException(
                    "while the manifest of dump " + names.key()
                            + " was written, another attempt at the same run replaced " + bucket.uri(names.file())
                            + "; both stay as they are",
                    "verify dump " + names.key() + "; if that fails, remove manifest and file, and run it again",
                    null);
        }
    }

    /** Another attempt at the same run may have replaced the file since it was committed. */
    private void requireSame(StoredNames names, String object, Seen seen, Map<String, StoredFile> expected) {
        StoredFile wanted = expected.get(object);
        boolean same = wanted != null
                && seen.bytes() == wanted.bytes()
                && (isCommitted(object, seen, wanted) || checksum(names, object).equals(wanted.checksum()));
        if (!same) {
            throw new AutoDumpException(
                    ErrorCode.STORE_FAILED,
                    bucket.uri(object) + " isn't the file that was committed: another attempt at the same run"
                            + " replaced it; nothing was published",
                    "run the dump again, and only once at a time");
        }
    }

    /** Returns whether this store committed exactly this object with these bytes, so that it needn't be read. */
    private boolean isCommitted(String object, Seen seen, StoredFile wanted) {
        S3Commit.Committed ours = committed.get(object);
        return ours != null && seen.hasETag(ours.eTag()) && ours.checksum().equals(wanted.checksum());
    }

    private Checksum checksum(StoredNames names, String object) {
        try (InputStream stored = open(bucket, object)) {
            return Sha256.of(stored);
        } catch (IOException failed) {
            throw new AutoDumpException(
                    ErrorCode.STORE_FAILED,
                    "dump " + names.key() + " couldn't be read back: " + IoReason.of(failed)
                            + "; nothing was published",
                    "check the network between here and S3, then run it again",
                    failed);
        }
    }

    static InputStream open(S3Bucket bucket, String object) {
        try {
            return ResumingInputStream.open(bucket, object);
        } catch (SdkException failed) {
            if (S3Failure.isNotFound(failed)) {
                throw notFound(bucket, object);
            }
            throw bucket.failure(S3Call.GET, object).because(failed, "nothing was changed");
        }
    }

    private static AutoDumpException notFound(S3Bucket bucket, String object) {
        return new AutoDumpException(
                ErrorCode.DUMP_NOT_FOUND,
                "there is no file " + bucket.uri(object) + "; nothing was changed",
                Hints.LIST_DUMPS);
    }

    /** Removes what this store committed for a manifest that isn't there. */
    void discard(StoredNames names, DumpManifest manifest) {
        Map<String, StoredFile> expected = expected(names, manifest);
        look(names, manifest, "nothing was removed").forEach((object, seen) -> {
            StoredFile wanted = expected.get(object);
            if (wanted != null && isCommitted(object, seen, wanted)) {
                discard(object, seen.eTag());
            }
        });
        forget(names);
    }

    private void discard(String object, String eTag) {
        try {
            bucket.delete(object, Optional.of(eTag).filter(known -> conditionalWrites));
        } catch (SdkException failed) {
            throw bucket.failure(S3Call.DELETE, object).because(failed, "the unpublished file is still there");
        }
    }
}

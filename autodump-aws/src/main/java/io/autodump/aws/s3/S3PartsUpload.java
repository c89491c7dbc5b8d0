package io.autodump.aws.s3;

import io.autodump.aws.s3.MultipartUpload.Precondition;
import io.autodump.aws.s3.request.S3Bucket;
import io.autodump.aws.s3.request.S3Call;
import io.autodump.aws.s3.request.S3Failure;
import io.autodump.aws.s3.request.WriteOptions;
import io.autodump.core.dump.DumpPart;
import io.autodump.core.dump.StoredFile;
import io.autodump.core.port.DumpUpload;
import io.autodump.core.port.PartsUpload;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/**
 * The parts of one dump on their way into an {@link S3DumpStore}. A part replaces only what was under its key when the
 * dump began, or what an earlier upload of this part left.
 */
final class S3PartsUpload implements PartsUpload {
    private static final System.Logger LOG = System.getLogger(S3DumpStore.class.getName());

    private final S3Bucket bucket;
    private final StoredNames names;
    private final WriteOptions options;
    private final UploadSettings settings;

    /** The ETags of what an earlier attempt left, by the full keys. */
    private final Map<String, String> leftovers;

    private final BiConsumer<String, S3Commit.Committed> register;
    private final Map<String, Part> open = new HashMap<>();
    private final Set<String> begun = new HashSet<>();
    private final Map<String, S3Commit.Committed> committed = new ConcurrentHashMap<>();
    private boolean ended;

    /**
     * Begins without a part.
     *
     * @param register receives each part that is committed, by its full key
     */
    S3PartsUpload(
            S3Bucket bucket,
            StoredNames names,
            WriteOptions options,
            UploadSettings settings,
            Map<String, String> leftovers,
            BiConsumer<String, S3Commit.Committed> register) {
        this.bucket = bucket;
        this.names = names;
        this.options = options;
        this.settings = settings;
        this.leftovers = Map.copyOf(leftovers);
        this.register = register;
    }

    @Override
    public DumpUpload part(String name) {
        if (!DumpPart.isName(name)) {
            throw new IllegalArgumentException("not the name of a part: \"" + name + "\"");
        }
        boolean again = reserve(name);
        Part part = new Part(name);
        try {
            part.begin(again);
            return part;
        } catch (RuntimeException failed) {
            closed(name);
            throw failed;
        }
    }

    /** Returns whether an upload of this part failed before. */
    private synchronized boolean reserve(String name) {
        if (ended || open.containsKey(name) || committed.containsKey(names.part(name))) {
            throw new IllegalStateException("part " + name + " of dump " + names.key() + " can't be begun now");
        }
        open.put(name, new Part(name));
        return !begun.add(name);
    }

    private synchronized void opened(String name, Part part) {
        open.put(name, part);
    }

    private synchronized void closed(String name) {
        open.remove(name);
    }

    @Override
    public synchronized void commit() {
        if (ended || !open.isEmpty()) {
            throw new IllegalStateException("dump " + names.key() + " can't be committed now");
        }
        ended = true;
        committed.forEach(register);
    }

    @Override
    public void close() {
        List<Part> parts;
        synchronized (this) {
            if (ended) {
                return;
            }
            ended = true;
            parts = List.copyOf(open.values());
        }
        parts.forEach(Part::close);
        for (Map.Entry<String, S3Commit.Committed> part : committed.entrySet()) {
            if (!remove(part.getKey(), part.getValue())) {
                return;
            }
        }
    }

    /**
     * Without permission to delete, the part stays: invisible, until a retry replaces it or a prune removes it. Returns
     * whether the store answered; there may be a thousand parts.
     */
    private boolean remove(String object, S3Commit.Committed part) {
        try {
            bucket.delete(object, Optional.of(part.eTag()).filter(known -> settings.conditionalWrites()));
            return true;
        } catch (SdkException failed) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "{0}; the next attempt at the run replaces it, or a prune removes it",
                    bucket.failure(S3Call.DELETE, object)
                            .because(failed, "the part is still there, and isn't a dump")
                            .getMessage());
            return !S3Failure.isLost(failed);
        }
    }

    /** A part, which is open until it is committed or closed. */
    private final class Part implements DumpUpload {
        private final String name;
        private Optional<S3Upload> upload = Optional.empty();

        Part(String name) {
            this.name = name;
        }

        void begin(boolean again) {
            StoredNames part = names.ofPart(name);
            Optional<String> replaced = again ? eTag(part.file()) : Optional.ofNullable(leftovers.get(part.file()));
            MultipartUpload multipart = MultipartUpload.create(bucket, part.file(), options);
            S3Commit commit = new S3Commit(
                    bucket,
                    part,
                    multipart,
                    new Precondition(settings.conditionalWrites(), replaced),
                    settings.completionTimeout(),
                    object -> committed.put(part.file(), object));
            upload = Optional.of(new S3Upload(
                    "part " + name + " of dump " + names.key(),
                    multipart,
                    settings.sizes().usual(),
                    new SegmentPool(settings.memory()),
                    settings.parallelism(),
                    commit));
            opened(name, this);
        }

        private Optional<String> eTag(String object) {
            try {
                return bucket.head(object).map(HeadObjectResponse::eTag);
            } catch (SdkException failed) {
                throw bucket.failure(S3Call.HEAD, object).because(failed, MultipartUpload.NOTHING_PUBLISHED);
            }
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            upload.orElseThrow().write(bytes, offset, length);
        }

        @Override
        public StoredFile commit() {
            StoredFile stored = upload.orElseThrow().commit();
            closed(name);
            return stored;
        }

        @Override
        public void close() {
            upload.ifPresent(S3Upload::close);
            closed(name);
        }
    }
}

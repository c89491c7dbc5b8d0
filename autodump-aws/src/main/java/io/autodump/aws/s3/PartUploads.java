package io.autodump.aws.s3;

import com.google.common.util.concurrent.ThreadFactoryBuilder;
import io.autodump.core.error.AutoDumpException;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Sends the parts of one upload on its own threads, a limited number at a time. The methods are for one thread. */
final class PartUploads {
    private static final int PATIENCE_SECONDS = 30;

    private final MultipartUpload upload;
    private final int parallelism;
    private final Semaphore places;
    private final ExecutorService senders;
    private final ConcurrentSkipListMap<Integer, SentPart> sent = new ConcurrentSkipListMap<>();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    private int submitted;

    PartUploads(MultipartUpload upload, int parallelism) {
        this.upload = upload;
        this.parallelism = parallelism;
        this.places = new Semaphore(parallelism);
        this.senders = Executors.newFixedThreadPool(
                parallelism,
                new ThreadFactoryBuilder()
                        .setNameFormat("autodump-s3-part-%d")
                        .setDaemon(true)
                        .build());
    }

    /** Waits until a sender is free, and hands the part to it. */
    void submit(PartBuffer part) throws InterruptedException {
        places.acquire();
        rethrow();
        submitted++;
        senders.execute(() -> send(part));
    }

    private void send(PartBuffer part) {
        try {
            if (failure.get() == null) {
                sent.put(part.number(), upload.send(part));
            }
        } catch (Throwable failed) {
            // Also errors: a part that is lost silently would be missing in the object.
            failure.compareAndSet(null, failed);
        } finally {
            // Also after a failure: a thread that waits for memory or a sender must wake up and see the failure.
            part.release();
            places.release();
        }
    }

    /** Throws the failure of a part, if there is one. */
    void rethrow() {
        Throwable failed = failure.get();
        if (failed instanceof AutoDumpException known) {
            throw new AutoDumpException(
                    known.code(), known.description(), known.hint().orElse(null), known);
        }
        if (failed != null) {
            throw new IllegalStateException("a part couldn't be sent", failed);
        }
    }

    /** Waits for all parts, and returns them in order. */
    List<SentPart> finish() throws InterruptedException {
        places.acquire(parallelism);
        senders.shutdown();
        rethrow();
        if (sent.size() != submitted) {
            throw new IllegalStateException(submitted + " parts were handed over, " + sent.size() + " were sent");
        }
        return List.copyOf(sent.values());
    }

    /**
     * Stops the senders and waits until they have stopped. A part that S3 receives after the abort would stay there.
     */
    void cancel() {
        failure.compareAndSet(null, new IllegalStateException("cancelled"));
        senders.shutdownNow();
        boolean interrupted = Thread.interrupted();
        try {
            senders.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException again) {
            interrupted = true;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}

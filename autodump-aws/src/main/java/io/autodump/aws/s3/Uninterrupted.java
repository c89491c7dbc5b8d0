package io.autodump.aws.s3;

import java.util.function.Supplier;

/** For what must be done even when the thread is asked to stop: an interrupted thread can't make any call to S3. */
public final class Uninterrupted {
    private Uninterrupted() {}

    /** Does it, and leaves the thread interrupted afterwards if it was before. */
    static <T> T call(Supplier<T> work) {
        boolean interrupted = Thread.interrupted();
        try {
            return work.get();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}

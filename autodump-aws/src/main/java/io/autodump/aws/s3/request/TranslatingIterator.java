package io.autodump.aws.s3.request;

import java.util.Iterator;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import software.amazon.awssdk.core.exception.SdkException;

/** A listing that requests pages as it is consumed, and translates the SDK's exceptions. */
public final class TranslatingIterator implements Iterator<String> {
    private final Iterator<String> keys;
    private final S3Failure failure;

    private TranslatingIterator(Iterator<String> keys, S3Failure failure) {
        this.keys = keys;
        this.failure = failure;
    }

    public static Stream<String> stream(Supplier<Stream<String>> listing, S3Failure failure) {
        Iterator<String> keys = translated(() -> listing.get().iterator(), failure);
        return StreamSupport.stream(
                Spliterators.spliteratorUnknownSize(
                        new TranslatingIterator(keys, failure), Spliterator.NONNULL | Spliterator.DISTINCT),
                false);
    }

    @Override
    public boolean hasNext() {
        return translated(keys::hasNext, failure);
    }

    @Override
    public String next() {
        return translated(keys::next, failure);
    }

    private static <T> T translated(Supplier<T> step, S3Failure failure) {
        try {
            return step.get();
        } catch (SdkException failed) {
            throw failure.because(failed, "nothing was changed");
        }
    }
}

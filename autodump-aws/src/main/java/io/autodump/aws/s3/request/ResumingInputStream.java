package io.autodump.aws.s3.request;

import io.autodump.core.internal.IoReason;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.Optional;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/**
 * Reads an object from beginning to end. If the connection breaks, another one continues at the same byte of the same
 * version of the object. The SDK doesn't retry once bytes arrive. Not thread-safe.
 */
public final class ResumingInputStream extends InputStream {
    /** Failures in a row, without a byte in between. */
    private static final int MAX_FAILURES = 5;

    private final S3Bucket bucket;
    private final String key;
    private final String eTag;
    private final long length;
    private ResponseInputStream<GetObjectResponse> connection;
    private long position;
    private int failures;

    private ResumingInputStream(S3Bucket bucket, String key, ResponseInputStream<GetObjectResponse> connection) {
        this.bucket = bucket;
        this.key = key;
        this.eTag = connection.response().eTag();
        this.length = connection.response().contentLength();
        this.connection = connection;
    }

    /** Opens an object. Throws the SDK's exceptions. */
    public static ResumingInputStream open(S3Bucket bucket, String key) {
        return new ResumingInputStream(bucket, key, bucket.open(key, 0, Optional.empty()));
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int wanted) throws IOException {
        Objects.checkFromIndexSize(offset, wanted, target.length);
        if (wanted == 0) {
            return 0;
        }
        while (true) {
            try {
                int count = connection.read(target, offset, wanted);
                if (count < 0 && position < length) {
                    throw new EOFException("ended after " + position + " of " + length + " bytes");
                }
                position += Math.max(0, count);
                failures = 0;
                return count;
            } catch (IOException broken) {
                resume(broken);
            } catch (SdkException otherBytes) {
                throw new IOException(bucket.uri(key) + ": " + IoReason.of(otherBytes), otherBytes);
            }
        }
    }

    private void resume(IOException broken) throws IOException {
        failures++;
        if (failures > MAX_FAILURES || position >= length) {
            throw new IOException(
                    bucket.uri(key) + " can't be read beyond byte " + position + " of " + length + ": "
                            + IoReason.of(broken),
                    broken);
        }
        connection.abort();
        try {
            connection = bucket.open(key, position, Optional.of(eTag));
        } catch (SdkException failed) {
            String text = S3Failure.isPreconditionFailed(failed)
                    ? "the object was replaced while it was read"
                    : bucket.failure(S3Call.GET, key)
                            .because(failed, "the download stopped at byte " + position)
                            .description();
            throw new IOException(text, failed);
        }
    }

    @Override
    public int available() throws IOException {
        return connection.available();
    }

    /** Drops the connection if bytes are left, instead of reading them. */
    @Override
    public void close() throws IOException {
        if (position < length) {
            connection.abort();
        } else {
            connection.close();
        }
    }
}

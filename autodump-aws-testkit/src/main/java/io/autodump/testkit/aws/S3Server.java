package io.autodump.testkit.aws;

import java.net.URI;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import org.gaul.s3proxy.BlobStores;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.BlobStore;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;

/**
 * A real S3 server (S3Proxy) in this process, in memory, on the loopback interface. It checks signatures, checksums and
 * conditions, and none of its code is AutoDump's. There is one for the whole process; each test uses its own bucket.
 * Thread-safe.
 */
public final class S3Server {
    /** The access key id that the server accepts. It accepts any region. */
    public static final String ACCESS_KEY_ID = "test";

    /** The secret access key for {@link #ACCESS_KEY_ID}. */
    public static final String SECRET_ACCESS_KEY = "test-secret";

    private static final BlobStore BLOBS = BlobStores.create("transient-nio2", new Properties());
    private static final S3Proxy SERVER = start();
    private static final AtomicInteger BUCKETS = new AtomicInteger();

    private S3Server() {}

    public static int port() {
        return SERVER.getPort();
    }

    /** Returns the URL of the server. Buckets are in the path. */
    public static URI endpoint() {
        return URI.create("http://127.0.0.1:" + port());
    }

    /** Creates an empty bucket and returns its name. */
    public static String newBucket() {
        String bucket = "dumps-" + BUCKETS.incrementAndGet();
        BLOBS.createContainer(bucket);
        return bucket;
    }

    /** Removes all objects of a bucket, which frees their memory. */
    public static void clear(String bucket) {
        BLOBS.clearContainer(ListObjectsV2Request.builder().bucket(bucket).build());
    }

    /** Stops the server, whose threads would otherwise keep the process alive. It can't be used after that. */
    public static void stop() {
        try {
            SERVER.stop();
        } catch (Exception failed) {
            throw new IllegalStateException("the S3 server couldn't be stopped", failed);
        }
    }

    private static S3Proxy start() {
        try {
            S3Proxy server = S3Proxy.builder()
                    .blobStore(BLOBS)
                    .endpoint(URI.create("http://127.0.0.1:0"))
                    .awsAuthentication(AuthenticationType.AWS_V4, ACCESS_KEY_ID, SECRET_ACCESS_KEY)
                    // x-amz-mp-object-size, tags and Object Lock, which S3Proxy doesn't know.
                    .ignoreUnknownHeaders(true)
                    .build();
            server.start();
            return server;
        } catch (Exception failed) {
            throw new ExceptionInInitializerError(failed);
        }
    }
}

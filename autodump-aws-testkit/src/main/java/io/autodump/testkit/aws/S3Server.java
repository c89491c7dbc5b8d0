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
 * S3Proxy in this process, in memory, on the loopback interface: a server that checks signatures, checksums and
 * conditions, and none of whose code is ours. One for the whole process; every test takes its own bucket. Thread-safe.
 */
public final class S3Server {
    /** The access key that the server takes; any region will do. */
    public static final String ACCESS_KEY_ID = "test";

    /** The secret access key that goes with it. */
    public static final String SECRET_ACCESS_KEY = "test-secret";

    private static final BlobStore BLOBS = BlobStores.create("transient-nio2", new Properties());
    private static final S3Proxy SERVER = start();
    private static final AtomicInteger BUCKETS = new AtomicInteger();

    private S3Server() {}

    public static int port() {
        return SERVER.getPort();
    }

    /** Where it answers; buckets are addressed by path. */
    public static URI endpoint() {
        return URI.create("http://127.0.0.1:" + port());
    }

    /** The name of a new, empty bucket. */
    public static String newBucket() {
        String bucket = "dumps-" + BUCKETS.incrementAndGet();
        BLOBS.createContainer(bucket);
        return bucket;
    }

    /** Removes all objects of a bucket, and so frees the memory that they take. */
    public static void clear(String bucket) {
        BLOBS.clearContainer(ListObjectsV2Request.builder().bucket(bucket).build());
    }

    /** Ends the server, whose threads would keep the process alive otherwise; nothing can use it after that. */
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

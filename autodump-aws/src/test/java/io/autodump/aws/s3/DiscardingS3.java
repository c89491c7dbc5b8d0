package io.autodump.aws.s3;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.autodump.aws.s3.request.S3Call;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.zip.CRC32C;

/**
 * An S3 endpoint that keeps nothing of an upload but its parts' sizes and checksums: it reads each part, compares it
 * with its CRC-32C, and forgets it. Knows the calls of one dump and no other.
 */
final class DiscardingS3 implements AutoCloseable {
    private static final int BUFFER = 1 << 16;

    private final ServerSocket listener;
    private final ConcurrentSkipListMap<Integer, Long> partSizes = new ConcurrentSkipListMap<>();
    private final Map<String, String> objects = new ConcurrentHashMap<>();
    private volatile String token = "";

    DiscardingS3() {
        try {
            listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        start(this::accept);
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + listener.getLocalPort());
    }

    /** By number. */
    Map<Integer, Long> partSizes() {
        return Map.copyOf(partSizes);
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                start(() -> serve(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            InputStream in = new BufferedInputStream(client.getInputStream(), BUFFER);
            OutputStream out = client.getOutputStream();
            byte[] buffer = new byte[BUFFER];
            while (true) {
                var head = HttpMessage.readHead(in);
                if (head.isEmpty()) {
                    return;
                }
                S3Request request = new S3Request(new HttpMessage(head.get(), new byte[0]));
                if (request.header("expect").isPresent()) {
                    out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(ISO_8859_1));
                }
                long length = Long.parseLong(request.header("content-length").orElse("0"));
                Crc32c crc = discard(in, length, buffer);
                boolean bodyless = request.call() == S3Call.HEAD;
                answer(request, length, crc).writeTo(out, bodyless ? 0 : Integer.MAX_VALUE);
            }
        } catch (IOException hungUp) {
            // The client is done.
        }
    }

    private static Crc32c discard(InputStream in, long length, byte[] buffer) throws IOException {
        CRC32C crc = new CRC32C();
        for (long left = length; left > 0; ) {
            int count = in.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (count < 0) {
                throw new EOFException();
            }
            crc.update(buffer, 0, count);
            left -= count;
        }
        return new Crc32c((int) crc.getValue());
    }

    private HttpMessage answer(S3Request request, long length, Crc32c crc) {
        String path = request.target().split("\\?", 2)[0];
        return switch (request.call()) {
            case CREATE_UPLOAD -> {
                token = request.header("x-amz-meta-autodump-upload").orElse("");
                yield HttpMessage.xml(
                        200, "<InitiateMultipartUploadResult><UploadId>1</UploadId></InitiateMultipartUploadResult>");
            }
            case UPLOAD_PART -> {
                if (!request.header("x-amz-checksum-crc32c").orElse("").equals(crc.base64())) {
                    yield HttpMessage.error(400, "BadDigest");
                }
                partSizes.put(request.part(), length);
                yield HttpMessage.xml(200, "").with("ETag", "\"" + crc.base64() + "\"");
            }
            case COMPLETE_UPLOAD -> {
                objects.put(path, request.header("x-amz-checksum-crc32c").orElse(""));
                yield HttpMessage.xml(
                        200, "<CompleteMultipartUploadResult><ETag>whole</ETag></CompleteMultipartUploadResult>");
            }
            case HEAD -> head(path);
            default -> HttpMessage.error(501, "NotImplemented");
        };
    }

    private HttpMessage head(String path) {
        String checksum = objects.get(path);
        if (checksum == null) {
            return HttpMessage.error(404, "NoSuchKey");
        }
        long size = partSizes.values().stream().mapToLong(Long::longValue).sum();
        return HttpMessage.xml(200, "")
                .with("Content-Length", String.valueOf(size))
                .with("ETag", "\"whole\"")
                .with("x-amz-checksum-crc32c", checksum)
                .with("x-amz-checksum-type", "FULL_OBJECT")
                .with("x-amz-meta-autodump-upload", token);
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "discarding-s3");
        thread.setDaemon(true);
        thread.start();
    }
}

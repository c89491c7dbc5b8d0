package io.autodump.aws.s3;

import io.autodump.aws.internal.PartAuthScheme;
import io.autodump.aws.s3.request.Bytes;
import io.autodump.core.port.DumpUpload;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Sends a synthetic stream through {@link S3DumpStore} into an endpoint that discards it, both in this process, and
 * prints throughput, memory and the sizes of the parts. Argument: gigabytes (10⁹ bytes), 60 by default.
 */
final class SixtyGigabyteStream {
    private static final long GIGABYTE = 1_000_000_000L;
    private static final int BUFFER = 1 << 17;
    private static final int BUFFERS = 64;

    private SixtyGigabyteStream() {}

    public static void main(String[] arguments) throws IOException {
        long bytes = (arguments.length > 0 ? Long.parseLong(arguments[0]) : 60) * GIGABYTE;
        try (DiscardingS3 server = new DiscardingS3();
                S3Client client = client(server)) {
            S3DumpStoreBuilder builder = S3DumpStore.builder(client, "bench");
            S3DumpStore store = builder.build();
            say(
                    "heap at most %s, stream of %,d bytes",
                    Bytes.text(Runtime.getRuntime().maxMemory()), bytes);
            say("plan: %s", builder.sizes().usual());
            say("reaches %s", Bytes.text(builder.sizes().usual().reach()));
            long start = System.nanoTime();
            send(store, bytes);
            double seconds = (System.nanoTime() - start) / 1e9;
            report(server.partSizes(), bytes, seconds);
        }
    }

    private static void send(S3DumpStore store, long bytes) {
        byte[] source = new byte[BUFFER * BUFFERS];
        new Random(1).nextBytes(source);
        try (DumpUpload upload = store.begin(TestDump.KEY)) {
            long left = bytes;
            for (int turn = 0; left > 0; turn = (turn + 1) % BUFFERS) {
                int count = (int) Math.min(BUFFER, left);
                upload.write(source, turn * BUFFER, count);
                left -= count;
            }
            upload.commit();
        }
    }

    private static void report(Map<Integer, Long> parts, long bytes, double seconds) throws IOException {
        say("%.0f s, %.0f MB/s", seconds, bytes / seconds / 1e6);
        Map<Long, Long> sizes = parts.values().stream()
                .collect(Collectors.groupingBy(size -> size, TreeMap::new, Collectors.counting()));
        say(
                "%d parts: %s",
                parts.size(),
                sizes.entrySet().stream()
                        .map(size -> size.getValue() + " of " + Bytes.text(size.getKey()))
                        .collect(Collectors.joining(", ")));
        say(
                "heap in use, at most: %s",
                ManagementFactory.getMemoryPoolMXBeans().stream()
                        .filter(pool -> pool.getType() == MemoryType.HEAP)
                        .map(SixtyGigabyteStream::peak)
                        .collect(Collectors.joining(", ")));
        say("process, at most: %s", peakOfProcess());
    }

    private static String peak(MemoryPoolMXBean pool) {
        return pool.getName() + " " + Bytes.text(pool.getPeakUsage().getUsed());
    }

    /** Linux alone keeps it there. */
    private static String peakOfProcess() throws IOException {
        Path status = Path.of("/proc/self/status");
        return Files.exists(status)
                ? Files.readAllLines(status).stream()
                        .filter(line -> line.startsWith("VmHWM"))
                        .collect(Collectors.joining())
                : "unknown";
    }

    private static S3Client client(DiscardingS3 server) {
        return S3Client.builder()
                .endpointOverride(server.endpoint())
                .forcePathStyle(true)
                .region(Region.EU_CENTRAL_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("bench", "bench")))
                // As the command's client does, so that a part's body arrives as it is.
                .putAuthScheme(new PartAuthScheme())
                .httpClientBuilder(Apache5HttpClient.builder().socketTimeout(Duration.ofSeconds(60)))
                .build();
    }

    private static void say(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}

package io.autodump.aws.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.autodump.core.dump.DumpKey;
import io.autodump.core.record.RecordKey;
import io.autodump.core.record.StoreNames;
import io.autodump.testkit.aws.S3Server;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** A store with many dumps of one database is listed without most of the old ones. */
class S3NewestDumpsTest {
    private static final Instant WHEN = Instant.parse("2026-11-22T08:00:00Z");
    private static final int DAYS = 800;

    private final S3Client client = TestS3.client(S3Server.endpoint(), 3, Duration.ofSeconds(30));
    private final String bucket = S3Server.newBucket();

    @Test
    void jumpsOverOldDumps() {
        for (int day = 0; day < DAYS; day++) {
            put(key("orders", WHEN.minus(Duration.ofDays(day))).manifestKey());
        }
        DumpKey inTheMiddle = key("orders-2", WHEN.minus(Duration.ofDays(3000)));
        DumpKey behind = key("stock", WHEN.minus(Duration.ofDays(3000)));
        DumpKey below = key("orders/shop/zoo", WHEN);
        put(inTheMiddle.manifestKey());
        put(behind.manifestKey());
        put(below.manifestKey());
        RecordKey failed = RecordKey.ofRun(Optional.empty(), "orders", Optional.of("shop"), WHEN.plusSeconds(1));
        put(failed.value());

        StoreNames names =
                S3DumpStore.builder(client, bucket).prefix("nightly/").build().newest(10);

        assertThat(names.dumps())
                .doesNotHaveDuplicates()
                .hasSizeLessThan(DAYS - 200)
                .contains(inTheMiddle, behind, below);
        for (int day = 0; day < 10; day++) {
            assertThat(names.dumps()).contains(key("orders", WHEN.minus(Duration.ofDays(day))));
        }
        assertThat(names.records()).containsExactly(failed);
    }

    @Test
    void theFreshnessCheckListsTheNewestDumpsOfEachDatabase() {
        for (int day = 0; day < 600; day++) {
            DumpKey dump = key("orders", WHEN.minus(Duration.ofDays(day)));
            put("", dump.value());
            put("", dump.manifestKey());
        }
        DumpKey behind = key("stock", WHEN);
        put("", behind.value());
        put("", behind.manifestKey());
        put("", key("without-file", WHEN).manifestKey());

        List<DumpKey> newest = new S3Manifests(client, bucket, Optional.empty())
                .newestDumps(50)
                .toList();

        assertThat(newest).doesNotHaveDuplicates().hasSizeLessThan(595).contains(behind, key("orders", WHEN));
        assertThat(newest).noneMatch(key -> key.value().contains("without-file"));
        for (int day = 0; day < 50; day++) {
            assertThat(newest).contains(key("orders", WHEN.minus(Duration.ofDays(day))));
        }
    }

    private static DumpKey key(String secret, Instant at) {
        return DumpKey.of(Optional.empty(), secret, "shop", at, ".dump");
    }

    private void put(String key) {
        put("nightly/", key);
    }

    private void put(String prefix, String key) {
        client.putObject(request -> request.bucket(bucket).key(prefix + key), RequestBody.fromString("{}"));
    }
}

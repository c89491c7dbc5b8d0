package io.autodump.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.autodump.aws.AwsClients;
import io.autodump.aws.s3.S3DumpStore;
import io.autodump.core.contract.TagNames;
import io.autodump.core.database.TlsMode;
import io.autodump.core.dump.Checksum;
import io.autodump.core.dump.Compression;
import io.autodump.core.dump.DumpFileType;
import io.autodump.core.dump.DumpFormat;
import io.autodump.core.dump.DumpKey;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.dump.DumpSettings;
import io.autodump.core.port.DumpStore;
import io.autodump.core.port.DumpUpload;
import io.autodump.testkit.aws.FakeAws;
import io.autodump.testkit.aws.S3Server;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.services.s3.model.S3Object;

/** {@code status}, {@code history} and {@code prune} of the process, against an account and a real S3 server. */
class MonitoringOnAwsIT {
    private static final byte[] BYTES = "a dump".getBytes(StandardCharsets.UTF_8);

    private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private final FakeAws aws = FakeAws.start();
    private final String bucket = S3Server.newBucket();
    private final Path folder;
    private final AwsClients clients = AwsClients.builder()
            .region(FakeAws.REGION)
            .credentials(StaticCredentialsProvider.create(
                    AwsBasicCredentials.create(S3Server.ACCESS_KEY_ID, S3Server.SECRET_ACCESS_KEY)))
            .s3Endpoint(S3Server.endpoint())
            .s3PathStyle(true)
            .build();
    private final DumpStore store =
            S3DumpStore.builder(clients.s3(), bucket).prefix("nightly").build();

    MonitoringOnAwsIT(@TempDir Path folder) throws IOException {
        this.folder = folder;
        Files.createDirectory(folder.resolve("tmp"));
        Files.writeString(folder.resolve("autodump.yaml"), """
                secrets: aws
                store: s3://%s/nightly
                aws:
                  region: us-east-1
                  endpoint: %s
                  s3-endpoint: %s
                  path-style: true
                """.formatted(bucket, aws.endpoint(), S3Server.endpoint()));
        // The port of a server that isn't there.
        aws.secrets()
                .put(
                        "orders",
                        Map.of(TagNames.START_SCHEDULE, "0 2 - - -", TagNames.RETENTION, "last=2"),
                        "{\"engine\": \"postgres\", \"endpoint\": \"127.0.0.1\", \"port\": 1, \"databasename\": \"shop\","
                                + " \"username\": \"app\", \"password\": \"geheim-4711\", \"sslmode\": \"disable\"}");
    }

    @AfterEach
    void stop() {
        clients.close();
        aws.close();
    }

    @Test
    void showsPrunesAndShowsAgain() throws Exception {
        List<DumpKey> dumps = List.of(dump(5), dump(4), dump(3), dump(2));

        CommandProcess.Ended status = autodump("status");
        CommandProcess.Ended history = autodump("history", "orders");
        CommandProcess.Ended dryRun = autodump("prune", "--dry-run");
        assertThat(List.of(status, history, dryRun))
                .allSatisfy(
                        ended -> assertThat(ended.exitStatus()).as(ended.err()).isZero());
        assertThat(status.out()).contains("orders  fresh").contains("1 database: 1 fresh");
        assertThat(history.out().lines().skip(1)).hasSize(4).allMatch(line -> line.contains("  made "));
        assertThat(keys()).hasSize(8);

        CommandProcess.Ended prune = autodump("prune", "orders");

        assertThat(prune.exitStatus()).as(prune.err()).isZero();
        assertThat(prune.out()).contains("delete  " + dumps.get(0) + "  not in last=2", "deleted 2 dumps");
        assertThat(keys())
                .containsExactlyInAnyOrder(
                        "nightly/" + dumps.get(2),
                        "nightly/" + dumps.get(2).manifestKey(),
                        "nightly/" + dumps.get(3),
                        "nightly/" + dumps.get(3).manifestKey());
        assertThat(autodump("history", "orders").out().lines()).hasSize(3);
    }

    @Test
    void showsADumpThatFailed() throws Exception {
        dump(2);

        CommandProcess.Ended dump = autodump("dump", "orders");
        CommandProcess.Ended status = autodump("status", "--json");
        CommandProcess.Ended history = autodump("history", "orders");

        assertThat(dump.exitStatus()).isEqualTo(4);
        assertThat(keys()).filteredOn(key -> key.endsWith(".failed.json")).hasSize(1);
        assertThat(status.exitStatus()).isEqualTo(6);
        assertThat(status.out()).contains("\"status\" : \"failing\"", "\"code\" : \"AD-3001\"");
        assertThat(history.out().lines().skip(1))
                .satisfiesExactly(
                        failed -> assertThat(failed).contains("  failed ", "AD-3001 "),
                        made -> assertThat(made).contains("  made "));
        assertThat(status.out() + history.out()).doesNotContain("geheim-4711");
    }

    private CommandProcess.Ended autodump(String... arguments) throws Exception {
        return CommandProcess.start(
                        folder,
                        Map.of(
                                "AWS_ACCESS_KEY_ID",
                                S3Server.ACCESS_KEY_ID,
                                "AWS_SECRET_ACCESS_KEY",
                                S3Server.SECRET_ACCESS_KEY),
                        arguments)
                .await();
    }

    private DumpKey dump(int daysAgo) {
        Instant at = now.minus(Duration.ofDays(daysAgo));
        DumpKey key = DumpKey.of(Optional.empty(), "orders", "shop", at, ".dump.zst");
        try (DumpUpload upload = store.begin(key)) {
            upload.write(BYTES, 0, BYTES.length);
            upload.commit();
        }
        store.publish(DumpManifest.builder()
                .key(key)
                .secretName("orders")
                .database("shop")
                .engine("postgres")
                .scheduledAt(at)
                .startedAt(at)
                .finishedAt(at.plusSeconds(60))
                .serverVersion("15.18")
                .clientVersion("15.18")
                .tls(TlsMode.VERIFY_FULL)
                .replica(false)
                .fileType(new DumpFileType(DumpFormat.CUSTOM, Compression.DEFAULT))
                .settings(DumpSettings.defaults())
                .sourceBytes(2L * BYTES.length)
                .storedBytes(BYTES.length)
                .checksum(Checksum.ofSha256(Checksum.newSha256().digest(BYTES)))
                .archiveEntries(42)
                .toolVersion("test")
                .build());
        return key;
    }

    private List<String> keys() {
        return clients.s3().listObjectsV2(request -> request.bucket(bucket)).contents().stream()
                .map(S3Object::key)
                .toList();
    }
}

package io.autodump.lambda;

import io.autodump.aws.AwsClients;
import io.autodump.core.database.TlsMode;
import io.autodump.core.dump.Checksum;
import io.autodump.core.dump.Compression;
import io.autodump.core.dump.DumpFileType;
import io.autodump.core.dump.DumpFormat;
import io.autodump.core.dump.DumpKey;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.dump.DumpSettings;
import io.autodump.core.wire.DumpManifestJson;
import io.autodump.testkit.aws.FakeAws;
import io.autodump.testkit.aws.S3Server;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.S3Object;

/** A bucket with dumps, as far as whoever looks at manifests can tell. */
final class FinishedDumps implements AutoCloseable {
    final String bucket = S3Server.newBucket();
    private final AwsClients clients = AwsClients.builder()
            .region(FakeAws.REGION)
            .credentials(credentials())
            .s3Endpoint(S3Server.endpoint())
            .build();

    /** Those that {@link S3Server} takes; {@link FakeAws} takes any. */
    static StaticCredentialsProvider credentials() {
        return StaticCredentialsProvider.create(
                AwsBasicCredentials.create(S3Server.ACCESS_KEY_ID, S3Server.SECRET_ACCESS_KEY));
    }

    void add(String secretName, Instant scheduledAt) {
        DumpKey key = DumpKey.of(Optional.empty(), secretName, "shop", scheduledAt, ".dump.zst");
        DumpManifest manifest = DumpManifest.builder()
                .key(key)
                .secretName(secretName)
                .database("shop")
                .engine("postgres")
                .scheduledAt(scheduledAt)
                .startedAt(scheduledAt)
                .finishedAt(scheduledAt.plusSeconds(60))
                .serverVersion("15.18")
                .clientVersion("15.18")
                .tls(TlsMode.VERIFY_FULL)
                .replica(false)
                .fileType(new DumpFileType(DumpFormat.CUSTOM, Compression.DEFAULT))
                .settings(DumpSettings.defaults())
                .sourceBytes(1)
                .storedBytes(1)
                .checksum(Checksum.ofSha256(new byte[32]))
                .toolVersion("test")
                .build();
        put(key.value(), "x");
        put(key.manifestKey(), DumpManifestJson.write(manifest));
    }

    void put(String key, String text) {
        clients.s3().putObject(request -> request.bucket(bucket).key(key), RequestBody.fromString(text));
    }

    String get(String key) {
        return clients.s3()
                .getObjectAsBytes(request -> request.bucket(bucket).key(key))
                .asUtf8String();
    }

    List<String> keys() {
        return clients.s3().listObjectsV2(request -> request.bucket(bucket)).contents().stream()
                .map(S3Object::key)
                .toList();
    }

    @Override
    public void close() {
        clients.close();
    }
}

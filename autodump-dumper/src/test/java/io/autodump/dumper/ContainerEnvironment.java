package io.autodump.dumper;

import static org.assertj.core.api.Assertions.assertThat;

import io.autodump.aws.AwsClients;
import io.autodump.aws.s3.S3DumpStore;
import io.autodump.core.AutoDump;
import io.autodump.core.contract.DumperNames;
import io.autodump.core.contract.TagNames;
import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.database.TlsMode;
import io.autodump.core.dump.DumpKey;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.port.DumpProgress;
import io.autodump.core.port.DumpStore;
import io.autodump.postgres.PostgresEngine;
import io.autodump.testkit.aws.FakeAws;
import io.autodump.testkit.aws.S3Server;
import io.autodump.testkit.postgres.TestPostgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.S3Object;

/** What a container of one test finds around it: a database {@code shop}, a bucket of its own, an account. */
final class ContainerEnvironment implements AutoCloseable {
    static final Map<String, String> TAGS = Map.of(TagNames.START_SCHEDULE, "0 8 - - -");

    private final TestPostgres server;
    private final FakeAws aws = FakeAws.start();
    private final String bucket = S3Server.newBucket();
    private final AwsClients clients = AwsClients.builder()
            .region(FakeAws.REGION)
            .credentials(StaticCredentialsProvider.create(
                    AwsBasicCredentials.create(S3Server.ACCESS_KEY_ID, S3Server.SECRET_ACCESS_KEY)))
            .s3Endpoint(S3Server.endpoint())
            .s3PathStyle(true)
            .build();
    private final DumpStore store = S3DumpStore.builder(clients.s3(), bucket).build();

    ContainerEnvironment(TestPostgres server) {
        this.server = server;
        server.createDatabase("shop");
        server.execute("shop", "CREATE TABLE orders AS SELECT i, md5(i::text) AS text FROM generate_series(1, 1000) i");
    }

    FakeAws aws() {
        return aws;
    }

    String bucket() {
        return bucket;
    }

    /** The text of a secret that reaches a database. */
    String value(String database, String bucketName) {
        String bucketEntry = bucketName.isEmpty() ? "" : ", \"bucketname\": \"" + bucketName + "\"";
        return "{\"username\": \"postgres\", \"password\": \""
                + server.password().reveal() + "\", \"databasename\": \"" + database
                + "\", \"endpoint\": \"127.0.0.1\", \"port\": " + server.port() + ", \"engine\": \"postgres\""
                + bucketEntry + "}";
    }

    /** The ARN of a secret of the shop's, which wants its dumps in the test's own bucket. */
    String secret(Map<String, String> tags) {
        return aws.secrets().put("team/orders", tags, value("shop", bucket));
    }

    /** The ARN of a secret as RDS manages it. */
    String managedSecret(String databases) {
        String instance = aws.databases().putInstance("erp", "127.0.0.1", server.port(), "", List.of());
        return aws.secrets()
                .put(
                        "managed",
                        Map.of(
                                TagNames.START_SCHEDULE,
                                "0 8 - - -",
                                TagNames.DATABASES,
                                databases,
                                "aws:rds:primaryDBInstanceArn",
                                instance),
                        "{\"username\": \"postgres\", \"password\": \""
                                + server.password().reveal() + "\"}");
    }

    List<String> keys() {
        try (Stream<DumpKey> keys = store.list()) {
            return keys.map(DumpKey::value).toList();
        }
    }

    Map<String, String> environment(String secretArn, String buckets) {
        Map<String, String> environment = new HashMap<>();
        environment.put("AWS_ACCESS_KEY_ID", S3Server.ACCESS_KEY_ID);
        environment.put("AWS_SECRET_ACCESS_KEY", S3Server.SECRET_ACCESS_KEY);
        environment.put("AWS_ENDPOINT_URL", aws.endpoint().toString());
        environment.put("AWS_ENDPOINT_URL_S3", S3Server.endpoint().toString());
        environment.put(DumperNames.SECRET_ARN, secretArn);
        environment.put(DumperNames.SCHEDULED_AT, "2026-11-22T08:00:00Z");
        environment.put(DumperNames.BUCKETS, buckets);
        return environment;
    }

    /** Dumps the shop as a job would, without a process. */
    DumpManifest dump() {
        return AutoDump.builder()
                .dumpStore(store)
                .engine(PostgresEngine.create())
                .build()
                .dump(
                        "team/orders",
                        DatabaseSecret.builder()
                                .host("127.0.0.1")
                                .port(server.port())
                                .database("shop")
                                .username("postgres")
                                .password(server.password())
                                .tls(TlsMode.DISABLE)
                                .build())
                .manifest();
    }

    /** The text of an object in the bucket. */
    String object(String key) {
        return clients.s3()
                .getObjectAsBytes(request -> request.bucket(bucket).key(key))
                .asUtf8String();
    }

    byte[] bytes(String key) {
        return clients.s3()
                .getObjectAsBytes(request -> request.bucket(bucket).key(key))
                .asByteArray();
    }

    /** Flips a bit in the middle of an object. */
    void damage(String key) {
        byte[] bytes = bytes(key);
        bytes[bytes.length / 2] ^= 1;
        clients.s3().putObject(request -> request.bucket(bucket).key(key), RequestBody.fromBytes(bytes));
    }

    /** The keys of all objects that end so. */
    List<String> objects(String ending) {
        return clients.s3().listObjectsV2(request -> request.bucket(bucket)).contents().stream()
                .map(S3Object::key)
                .filter(key -> key.endsWith(ending))
                .toList();
    }

    DumpManifest theOnlyDump() {
        try (Stream<DumpKey> keys = store.list()) {
            List<DumpKey> found = keys.toList();
            assertThat(found).hasSize(1);
            return store.find(found.get(0)).orElseThrow();
        }
    }

    /** Reads the stored bytes and the archive, as {@code autodump verify} does. */
    void verify(DumpManifest manifest) {
        AutoDump.builder()
                .dumpStore(store)
                .engine(PostgresEngine.create())
                .build()
                .verify(manifest.key(), DumpProgress.SILENT);
    }

    /** Apart from the record of the failure. */
    void assertNothingIsStored() {
        assertThat(clients.s3().listObjectsV2(request -> request.bucket(bucket)).contents())
                .allMatch(object -> object.key().endsWith(".failed.json"));
        assertThat(uploads()).isEmpty();
    }

    List<MultipartUpload> uploads() {
        return clients.s3()
                .listMultipartUploads(request -> request.bucket(bucket))
                .uploads();
    }

    /** Sessions of dumps that wait for a lock. */
    long dumpsThatWait() {
        try (Connection connection = server.connection("postgres");
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT count(*) FROM pg_stat_activity"
                                + " WHERE application_name LIKE 'autodump-%' AND datname = 'shop' AND wait_event_type = 'Lock'")) {
            row.next();
            return row.getLong(1);
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    /** Keeps everybody from reading the table until the connection is closed. */
    Connection lockedTable() throws SQLException {
        Connection connection = server.connection("shop");
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("LOCK TABLE orders");
        }
        return connection;
    }

    void assertNoPasswordIn(String text) {
        assertThat(text).doesNotContain(server.password().reveal());
    }

    @Override
    public void close() {
        server.dropDatabase("shop");
        clients.close();
        aws.close();
    }
}

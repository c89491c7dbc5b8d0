package io.autodump.examples.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.autodump.aws.AwsClients;
import io.autodump.aws.s3.S3DumpStore;
import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.dump.DumpKey;
import io.autodump.core.secret.SecretId;
import io.autodump.testkit.aws.FakeAws;
import io.autodump.testkit.aws.S3Server;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** An AWS account in this process: Secrets Manager and S3 on the loopback interface, in memory. */
final class Account implements AutoCloseable {
    private static final String PREFIX = "nightly";

    private final ObjectMapper json = new ObjectMapper();
    private final FakeAws aws = FakeAws.start();
    private final String bucket = S3Server.newBucket();
    private final AwsClients clients = AwsClients.builder()
            .region(FakeAws.REGION)
            .credentials(StaticCredentialsProvider.create(
                    AwsBasicCredentials.create(S3Server.ACCESS_KEY_ID, S3Server.SECRET_ACCESS_KEY)))
            .s3Endpoint(S3Server.endpoint())
            .s3PathStyle(true)
            .build();

    /** Returns the environment variables for the commands. */
    static Map<String, String> credentials() {
        return Map.of("AWS_ACCESS_KEY_ID", S3Server.ACCESS_KEY_ID, "AWS_SECRET_ACCESS_KEY", S3Server.SECRET_ACCESS_KEY);
    }

    /** Returns the text of {@code autodump.yaml}. A real account needs only its first two lines. */
    String configuration() {
        return """
                secrets: aws
                store: s3://%s/%s
                aws:
                  region: %s
                  endpoint: %s       # the demo's own Secrets Manager
                  s3-endpoint: %s    # and S3
                  path-style: true
                """.formatted(bucket, PREFIX, FakeAws.REGION, aws.endpoint(), S3Server.endpoint());
    }

    SecretId putSecret(String name, Map<String, String> tags, DatabaseSecret database) {
        String value = json.createObjectNode()
                .put("username", database.username())
                .put("password", database.password().reveal())
                .put("databasename", database.database())
                .put("endpoint", database.host())
                .put("port", database.port())
                .put("engine", database.engine())
                .toString();
        return SecretId.of(aws.secrets().put(name, tags, value));
    }

    void retag(SecretId secret, Map<String, String> tags) {
        aws.secrets().retag(secret.value(), tags);
    }

    /** Returns whether there is a manifest, and therefore a dump. */
    boolean hasDump() {
        S3DumpStore store =
                S3DumpStore.builder(clients.s3(), bucket).prefix(PREFIX).build();
        try (Stream<DumpKey> dumps = store.list()) {
            return dumps.findAny().isPresent();
        }
    }

    @Override
    public void close() {
        clients.close();
        aws.close();
        S3Server.stop();
    }
}

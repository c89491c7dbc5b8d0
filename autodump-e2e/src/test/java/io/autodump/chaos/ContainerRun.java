package io.autodump.chaos;

import io.autodump.core.contract.DumperNames;
import io.autodump.core.database.DatabaseSecret;
import io.autodump.program.JavaProgram;
import io.autodump.testkit.aws.FakeAws;
import io.autodump.testkit.aws.S3Server;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Starts the container's program for a secret, into a bucket. */
final class ContainerRun {
    private final ChaosWorld world;
    private final FakeAws aws;
    private final String bucket;
    private final String arn;

    /** With these tags, besides a schedule. */
    ContainerRun(ChaosWorld world, FakeAws aws, String bucket, DatabaseSecret database, Map<String, String> tags) {
        this.world = world;
        this.aws = aws;
        this.bucket = bucket;
        String value = "{\"username\": \"" + database.username() + "\", \"password\": \""
                + database.password().reveal()
                + "\", \"databasename\": \"" + database.database() + "\", \"endpoint\": \"" + database.host()
                + "\", \"port\": " + database.port() + ", \"engine\": \"postgres\", \"bucketname\": \"" + bucket
                + "\", \"sslmode\": \"disable\"}";
        Map<String, String> all = new HashMap<>(tags);
        all.put("autodump:start-schedule", "0 8 - - -");
        this.arn = aws.secrets().put("orders", all, value);
    }

    /** With these variables more. */
    ChaosProcess start(Instant scheduledAt, Map<String, String> more) {
        return world.plan()
                .program(JavaProgram.CONTAINER)
                .variables(Map.of(
                        "AWS_REGION",
                        FakeAws.REGION,
                        "AWS_ACCESS_KEY_ID",
                        S3Server.ACCESS_KEY_ID,
                        "AWS_SECRET_ACCESS_KEY",
                        S3Server.SECRET_ACCESS_KEY,
                        "AWS_ENDPOINT_URL",
                        aws.endpoint().toString(),
                        "AWS_ENDPOINT_URL_S3",
                        S3Server.endpoint().toString(),
                        DumperNames.SECRET_ARN,
                        arn,
                        DumperNames.SCHEDULED_AT,
                        scheduledAt.toString(),
                        DumperNames.BUCKETS,
                        bucket))
                .variables(more)
                .start();
    }
}

package io.autodump.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.autodump.aws.AwsClients;
import io.autodump.aws.s3.S3DumpStore;
import io.autodump.core.contract.TagNames;
import io.autodump.core.dump.DumpKey;
import io.autodump.core.port.DumpStore;
import io.autodump.testkit.aws.FakeAws;
import io.autodump.testkit.aws.S3Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * {@code status}, {@code history}, {@code prune} and {@code coverage} against an account and a real S3 server: in this
 * JVM, and as a process where the environment names a file of profiles.
 */
class MonitoringOnAwsIT {

    private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private final FakeAws aws = FakeAws.start();
    private final String bucket = S3Server.newBucket();
    private final Path folder;
    private final InProcessCommand command;
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
        this.command = new InProcessCommand(folder).withCredentials();
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

    @Test
    void findsServersOfRdsWithoutASecretAndReadsNoMoreValuesThanItMust() throws Exception {
        aws.secrets().put("orders", Map.of(TagNames.START_SCHEDULE, "@daily"), value("Orders.example.com"));
        aws.databases().putInstance("orders", "orders.example.com", 5432, "", List.of());
        aws.databases().putInstance("billing", "billing.example.com", 5432, "", List.of());
        aws.databases().putInstance("sandbox-1", "sandbox.example.com", 5432, "", List.of());
        aws.databases().putOther("mysql", "shop", "shop.example.com", 3306);
        String crm = aws.databases().putCluster("crm", "crm.example.com", "crm-ro.example.com", 5432, "");
        aws.secrets()
                .put(
                        "rds!cluster-crm",
                        Map.of(TagNames.START_SCHEDULE, "@daily", "aws:rds:primaryDBClusterArn", crm),
                        "{}");

        CommandProcess.Ended coverage = autodump("coverage", "--account", "--except", "sandbox-*");
        CommandProcess.Ended json = autodump("coverage", "--account", "--json");

        assertThat(coverage.exitStatus()).as(coverage.err()).isEqualTo(6);
        assertThat(coverage.out())
                .contains("billing                  instance  postgres  billing.example.com")
                .contains("4 servers in RDS: 1 without a tagged secret; left out 1 server of other engines")
                .doesNotContain("sandbox", "crm ");
        assertThat(json.out())
                .containsPattern("\"secrets\" : \\[\\s+\"rds!cluster-crm\"\\s+\\]")
                .containsPattern("\"otherEngines\" : \\[\\s+\"shop\"\\s+\\]");

        aws.secrets()
                .put(
                        "by-tag",
                        Map.of(TagNames.START_SCHEDULE, "@daily", TagNames.ENDPOINT, "billing.example.com"),
                        "{}");
        int reads = aws.calls("GetSecretValue");
        CommandProcess.Ended covered = autodump("coverage", "--account", "--except", "sandbox-*");

        assertThat(covered.exitStatus()).as(covered.err()).isZero();
        assertThat(aws.calls("GetSecretValue") - reads)
                .as("only the secret whose tags name no server")
                .isEqualTo(1);
    }

    @Test
    void showsSeveralAccountsAndRegionsAlsoIfOneCannotBeReached() throws Exception {
        Path profiles = Files.writeString(
                folder.resolve("aws-config"), """
                [profile shop]
                aws_access_key_id = %s
                aws_secret_access_key = %s
                [profile broken]
                credential_process = /bin/false
                """.formatted(S3Server.ACCESS_KEY_ID, S3Server.SECRET_ACCESS_KEY));
        dump(S3DumpStore.builder(clients.s3(), bucket).prefix("us-east-1").build(), 2);
        String[] all = {
            "status",
            "--profile",
            "shop,broken",
            "--region",
            "us-east-1,eu-west-1",
            "--store",
            "s3://" + bucket + "/{region}"
        };
        Map<String, String> environment = Map.of("AWS_CONFIG_FILE", profiles.toString());

        CommandProcess.Ended status =
                CommandProcess.start(folder, environment, all).await();

        assertThat(status.out())
                .containsPattern("ACCOUNT +REGION +SECRET +STATUS")
                .containsPattern("123456789012  us-east-1  orders  fresh")
                .containsPattern("123456789012  eu-west-1  orders  unprotected +none")
                .contains("2 databases: 1 unprotected, 1 fresh")
                .contains("4 regions of accounts, of which 2 couldn't be looked at");
        assertThat(status.err())
                .contains("profile broken, region us-east-1: AD-4006", "profile broken, region eu-west-1: AD-4006");
        assertThat(status.exitStatus()).as(status.err()).isEqualTo(5);
    }

    @Test
    void onlyStatusTakesSeveralRegions() throws Exception {
        CommandProcess.Ended list = autodump("list", "--region", "us-east-1,eu-west-1");

        assertThat(list.exitStatus()).isEqualTo(2);
        assertThat(list.err()).contains("only autodump status takes several profiles or regions");
    }

    private static String value(String host) {
        return "{\"engine\": \"postgres\", \"endpoint\": \"" + host + "\", \"databasename\": \"shop\","
                + " \"username\": \"app\", \"password\": \"geheim-4711\"}";
    }

    private CommandProcess.Ended autodump(String... arguments) {
        return command.run(arguments);
    }

    private DumpKey dump(int daysAgo) {
        return dump(store, daysAgo);
    }

    private DumpKey dump(DumpStore store, int daysAgo) {
        Instant at = now.minus(Duration.ofDays(daysAgo));
        return SampleDump.publish(store, at);
    }

    private List<String> keys() {
        return clients.s3().listObjectsV2(request -> request.bucket(bucket)).contents().stream()
                .map(S3Object::key)
                .toList();
    }
}

package io.autodump.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.autodump.aws.AwsClients;
import io.autodump.core.contract.TagNames;
import io.autodump.testkit.aws.FakeAws;
import io.autodump.testkit.aws.S3Server;
import io.autodump.testkit.postgres.TestPostgres;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * The command against an account on the loopback interface, a real S3 server and a real database: as a process where
 * the environment, a signal or a whole dump matters, and in this JVM otherwise.
 */
class AwsAccountIT {
    private static final int ROWS = 20_000;
    private static final TestPostgres server = startServer();
    private static final AwsClients clients = AwsClients.builder()
            .region(FakeAws.REGION)
            .credentials(StaticCredentialsProvider.create(
                    AwsBasicCredentials.create(S3Server.ACCESS_KEY_ID, S3Server.SECRET_ACCESS_KEY)))
            .s3Endpoint(S3Server.endpoint())
            .s3PathStyle(true)
            .build();

    private final Path folder;
    private final FakeAws aws = FakeAws.start();
    private final String bucket = S3Server.newBucket();
    private final InProcessCommand command;
    private final Map<String, String> variables = new HashMap<>(
            Map.of("AWS_ACCESS_KEY_ID", S3Server.ACCESS_KEY_ID, "AWS_SECRET_ACCESS_KEY", S3Server.SECRET_ACCESS_KEY));

    AwsAccountIT(@TempDir Path folder) throws IOException {
        this.folder = folder;
        this.command = new InProcessCommand(folder).withCredentials();
        Files.createDirectory(folder.resolve("tmp"));
        configure("aws", "s3://" + bucket + "/nightly", S3Server.endpoint());
        secret("copy", "copy", Map.of());
    }

    private static TestPostgres startServer() {
        TestPostgres started = TestPostgres.start();
        started.createDatabase("shop");
        started.createDatabase("copy");
        return started;
    }

    @BeforeAll
    static void fill() {
        server.execute(
                "shop",
                "CREATE TABLE customer (id int PRIMARY KEY, name text); INSERT INTO customer SELECT i, md5(i::text) ||"
                        + " md5((-i)::text) FROM generate_series(1, " + ROWS + ") i");
    }

    @AfterAll
    static void stopServer() {
        server.close();
        clients.close();
    }

    @AfterEach
    void stopAccount() {
        aws.close();
    }

    @Test
    void dumpsListsVerifiesAndRestoresInAnAccount() throws Exception {
        secret("orders", "shop", Map.of(TagNames.START_SCHEDULE, "0 2 - - -", TagNames.VERIFY, "restore"));

        CommandProcess.Ended doctor = autodump("doctor", "orders");
        CommandProcess.Ended plan = autodump("plan");
        CommandProcess.Ended dump = start("dump", "orders").await();
        CommandProcess.Ended list = autodump("list", "orders", "--json");
        CommandProcess.Ended verify = autodump("verify", "latest:orders");
        CommandProcess.Ended byUri =
                autodump("verify", "s3://" + bucket + "/" + dumpKeys().get(0));
        CommandProcess.Ended restore =
                autodump("restore", "latest:orders", "--to", "copy", "--database", "restored", "--create");

        assertThat(List.of(doctor, plan, dump, list, verify, byUri, restore)).allSatisfy(ended -> {
            assertThat(ended.err()).isEmpty();
            assertThat(ended.exitStatus()).as(ended.out()).isZero();
        });
        assertThat(doctor.out())
                .contains(
                        "identity        arn:aws:iam::123456789012:user/operator in us-east-1",
                        "s3://" + bucket + "/nightly can be listed, read and written",
                        "No problems found.");
        assertThat(plan.out()).contains("orders  scheduled");
        assertThat(dump.out()).contains("dumped shop of secret orders", "1 with 20,000 rows");
        assertThat(list.out()).contains("\"verify\" : \"restore\"");
        assertThat(verify.out()).startsWith("OK: SHA-256 matches, ");
        assertThat(restore.out()).contains("the rows of 1 table are those of the dump's snapshot");
        assertThat(rows("restored")).isEqualTo(ROWS);
        assertThat(keys()).hasSize(2).allMatch(key -> key.startsWith("nightly/orders/shop/"));
        assertThat(openUploads()).isZero();
    }

    @Test
    void dumpsFromAFolderOfSecretsIntoABucketThatOptionsName() throws Exception {
        Files.delete(folder.resolve("autodump.yaml"));
        folderSecret("orders", "shop", "other-bucket");
        variables.put("AWS_ENDPOINT_URL_S3", S3Server.endpoint().toString());
        variables.put("AWS_REGION", "eu-central-1");
        Files.writeString(
                folder.resolve("autodump.yaml"), "secrets: ./nowhere\nstore: ./dumps\naws: {path-style: true}\n");

        CommandProcess.Ended dump = start("dump", "orders", "--secrets", "secrets", "--store", "s3://" + bucket)
                .await();

        assertThat(dump.exitStatus()).as(dump.err()).isZero();
        assertThat(dump.err())
                .startsWith(
                        "warning: secret orders: its bucketname is other-bucket, but dumps go to the store of this command, s3://"
                                + bucket);
        assertThat(dumpKeys()).hasSize(1);
    }

    @Test
    void dumpsFromAnAccountIntoAFolder() throws Exception {
        secret("team/orders", "shop", Map.of(TagNames.START_SCHEDULE, "0 2 - - -"));
        configure("aws", "./dumps", S3Server.endpoint());

        CommandProcess.Ended dump = autodump("dump", "team/orders");
        CommandProcess.Ended list = autodump("list", "team/orders");

        assertThat(dump.exitStatus()).as(dump.err()).isZero();
        assertThat(list.out()).contains("team/orders");
        assertThat(folder.resolve("dumps/team/orders")).isDirectory();
    }

    @Test
    void runsOnScheduleInAnAccountWithItsStateHere() throws Exception {
        aws.secrets()
                .put(
                        "orders",
                        Map.of(TagNames.START_SCHEDULE, "0 - - - -", TagNames.CATCH_UP, "PT2H"),
                        value("shop", "\"bucketname\": \"other-bucket\""),
                        Instant.now().minus(Duration.ofHours(2)));

        CommandProcess.Ended run = autodump("run", "--once");

        assertThat(run.exitStatus()).as(run.out() + run.err()).isZero();
        assertThat(run.out())
                .contains("was missed; it is made now", "its bucketname is other-bucket", "orders: dump finished");
        assertThat(dumpKeys()).hasSize(1);
        assertThat(folder.resolve(".autodump")).isDirectory();
        assertThat(openUploads()).isZero();
    }

    @Test
    void leavesNeitherADumpNorAnUploadWhenItIsTerminated() throws Exception {
        secret("orders", "shop", Map.of(TagNames.FORMAT, "plain"));

        CommandProcess.Ended ended = endedInTheMiddle("TERM");

        assertThat(ended.err()).startsWith("AD-2010 ").contains("nothing was published");
        assertThat(ended.exitStatus()).isEqualTo(143);
        assertThat(keys()).allMatch(key -> key.endsWith(".failed.json"));
        assertThat(openUploads()).isZero();
    }

    @Test
    void leavesNoVisibleDumpWhenItIsKilled() throws Exception {
        secret("orders", "shop", Map.of(TagNames.FORMAT, "plain"));

        endedInTheMiddle("KILL");

        assertThat(keys()).isEmpty();
        assertThat(autodump("list").err()).startsWith("no dumps yet");
    }

    /** Ends a dump that waits for a lock, and so is surely in the middle. */
    private CommandProcess.Ended endedInTheMiddle(String signal) throws Exception {
        try (Connection connection = server.connection("shop");
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("LOCK TABLE customer IN ACCESS EXCLUSIVE MODE");
            CommandProcess dump = start("dump", "orders");
            ProcessHandle child = dump.awaitChild("pg_dump");
            awaitTrue(dump, () -> openUploads() == 1);

            dump.signal(signal);
            CommandProcess.Ended ended = dump.await();
            child.destroyForcibly();
            return ended;
        }
    }

    @Test
    void namesTheActionThatIsDenied() throws Exception {
        String arn = secret("orders", "shop", Map.of(TagNames.START_SCHEDULE, "0 2 - - -"));
        aws.deny("GetSecretValue", "orders", "User: arn:aws:iam::123456789012:user/operator is not authorized");

        CommandProcess.Ended all = autodump("doctor");
        CommandProcess.Ended one = autodump("doctor", "orders");
        CommandProcess.Ended dump = autodump("dump", "orders");

        assertThat(all.exitStatus()).as(all.out()).isZero();
        assertThat(all.out()).contains("not read, and no database checked");
        assertThat(one.exitStatus()).isEqualTo(5);
        assertThat(one.out())
                .contains("AD-4006 secretsmanager:GetSecretValue on secret " + arn + " was denied")
                .contains("HINT: allow secretsmanager:GetSecretValue on secret " + arn);
        assertThat(dump.exitStatus()).isEqualTo(5);
        assertThat(dump.err())
                .startsWith("AD-4006 secretsmanager:GetSecretValue")
                .contains("nothing was dumped");
    }

    @Test
    void namesWhatMayNotBeListedOrDescribed() throws Exception {
        secret("orders", "shop", Map.of(TagNames.START_SCHEDULE, "0 2 - - -"));
        aws.deny("DescribeSecret", "orders", "not authorized");
        aws.deny("ListSecrets", "", "not authorized");

        CommandProcess.Ended described = autodump("doctor", "orders");
        CommandProcess.Ended listed = autodump("doctor", "--json");
        CommandProcess.Ended plan = autodump("plan");

        assertThat(described.out()).contains("HINT: allow secretsmanager:DescribeSecret on secret");
        assertThat(listed.out()).contains("\"hint\" : \"allow secretsmanager:ListSecrets on *");
        assertThat(List.of(described, listed, plan)).allMatch(ended -> ended.exitStatus() == 5);
        assertThat(plan.err()).startsWith("AD-4006 secretsmanager:ListSecrets");
    }

    @Test
    void saysThatTheBucketIsntThere() throws Exception {
        secret("orders", "shop", Map.of());
        configure("aws", "s3://no-such-bucket", S3Server.endpoint());

        assertThat(List.of(autodump("list"), autodump("dump", "orders"))).allSatisfy(ended -> {
            assertThat(ended.exitStatus()).isEqualTo(5);
            assertThat(ended.err())
                    .startsWith("AD-4001 ")
                    .contains("NoSuchBucket", "HINT: create bucket no-such-bucket, or name an existing one");
        });
        CommandProcess.Ended doctor = autodump("doctor", "orders");
        assertThat(doctor.exitStatus()).isEqualTo(5);
        assertThat(doctor.out()).contains("FAIL  permissions     AD-4001 S3 ListObjectsV2");
    }

    @Test
    void saysThatTheCredentialsAreWrong() throws Exception {
        command.with("aws.secretAccessKey", "another");

        CommandProcess.Ended list = autodump("list");

        assertThat(list.exitStatus()).isEqualTo(5);
        assertThat(list.err()).startsWith("AD-4001 ").contains("HINT: S3 doesn't know these credentials");
    }

    @Test
    void saysThatThereAreNoCredentials() throws Exception {
        variables.clear();

        assertThat(List.of(start("list").await(), start("plan").await())).allSatisfy(ended -> {
            assertThat(ended.exitStatus()).isEqualTo(5);
            assertThat(ended.err()).contains("Unable to load credentials", "HINT: ", "AWS_PROFILE");
            assertThat(ended.err().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThan(250));
        });
    }

    @Test
    void saysThatThereIsNoRegion() throws Exception {
        CommandProcess.Ended plan = CommandProcess.start(
                        folder, variables, "plan", "-c", "absent.yaml", "--secrets", "aws", "--store", "s3://" + bucket)
                .await();

        assertThat(plan.exitStatus()).isEqualTo(2);
        assertThat(plan.err()).startsWith("AD-1003 no region for AWS is set").contains("HINT: ", "--region");
    }

    @Test
    void makesATokenForASecretWithoutAPassword() throws Exception {
        aws.secrets()
                .put(
                        "orders",
                        Map.of(TagNames.AUTH, "iam"),
                        value("shop", "\"sslmode\": \"require\"").replaceAll("\"password\": \"[^\"]*\", ", ""));

        CommandProcess.Ended doctor = autodump("doctor", "orders");

        assertThat(doctor.out()).contains("/shop, with an IAM token");
        assertThat(doctor.out()).as("a server without TLS gets no token").contains("AD-3003");
    }

    @Test
    void saysThatThereIsNoSuchSecret() throws Exception {
        secret("orders", "shop", Map.of(TagNames.START_SCHEDULE, "0 2 - - -"));

        assertThat(List.of(autodump("dump", "order"), autodump("list", "order")))
                .allSatisfy(ended -> {
                    assertThat(ended.exitStatus()).isEqualTo(2);
                    assertThat(ended.err()).startsWith("AD-1005 ").contains("did you mean orders?");
                });
        assertThat(autodump("list", "orders").exitStatus()).isZero();
    }

    @Test
    void dumpsTheDatabasesOfASecretThatRdsManages() throws Exception {
        String instance = aws.databases().putInstance("erp", "127.0.0.1", server.port(), "", List.of());
        aws.secrets()
                .put(
                        "managed",
                        Map.of("aws:rds:primaryDBInstanceArn", instance, "autodump:databases", "shop nothing-"),
                        "{\"username\":\"postgres\",\"password\":\""
                                + server.password().reveal() + "\"}");

        CommandProcess.Ended dumped = autodump("dump", "managed", "--json");

        assertThat(dumped.exitStatus()).as(dumped.err()).isZero();
        assertThat(dumped.out()).contains("\"dumps\"", "\"serverDatabases\"", "managed/shop/");
        assertThat(dumpKeys()).singleElement().asString().contains("managed/shop/");
    }

    private void configure(String secrets, String store, URI s3) throws IOException {
        Files.writeString(folder.resolve("autodump.yaml"), """
                secrets: %s
                store: %s
                scratch: copy
                aws:
                  region: us-east-1
                  endpoint: %s
                  s3-endpoint: %s
                  path-style: true
                """.formatted(secrets, store, aws.endpoint(), s3));
    }

    private String secret(String name, String database, Map<String, String> tags) {
        return aws.secrets().put(name, tags, value(database, "\"application\": \"shop\""));
    }

    private void folderSecret(String name, String database, String bucketName) throws IOException {
        Path file = Files.createDirectory(folder.resolve("secrets")).resolve(name + ".json");
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(
                file,
                "{\"name\": \"%s\", \"tags\": {}, \"value\": %s}"
                        .formatted(name, value(database, "\"bucketname\": \"" + bucketName + "\"")));
    }

    private static String value(String database, String more) {
        return "{\"engine\": \"postgres\", \"endpoint\": \"%s\", \"port\": %d, \"databasename\": \"%s\","
                        .formatted(server.host(), server.port(), database)
                + " \"username\": \"%s\", \"password\": \"%s\", %s}"
                        .formatted(TestPostgres.SUPERUSER, server.password().reveal(), more);
    }

    private CommandProcess start(String... arguments) throws IOException {
        return CommandProcess.start(folder, variables, arguments);
    }

    private CommandProcess.Ended autodump(String... arguments) {
        return command.run(arguments);
    }

    private interface Question {
        boolean ask() throws Exception;
    }

    private static void awaitTrue(CommandProcess process, Question question) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
        while (!question.ask()) {
            assertThat(process.process().isAlive()).as("it has ended").isTrue();
            assertThat(System.nanoTime()).as("it never happened").isLessThan(deadline);
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    private List<String> keys() {
        S3Client s3 = clients.s3();
        return s3.listObjectsV2(request -> request.bucket(bucket)).contents().stream()
                .map(S3Object::key)
                .toList();
    }

    private List<String> dumpKeys() {
        return keys().stream()
                .filter(key -> key.endsWith(".manifest.json"))
                .map(key -> key.substring(0, key.length() - ".manifest.json".length()))
                .toList();
    }

    private int openUploads() {
        return clients.s3()
                .listMultipartUploads(request -> request.bucket(bucket))
                .uploads()
                .size();
    }

    private static long rows(String database) throws SQLException {
        try (Connection connection = server.connection(database);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(*) FROM customer")) {
            assertThat(row.next()).isTrue();
            return row.getLong(1);
        }
    }
}

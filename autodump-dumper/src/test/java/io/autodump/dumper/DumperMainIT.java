package io.autodump.dumper;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.autodump.core.contract.DumperNames;
import io.autodump.core.contract.TagNames;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.dump.TableRows;
import io.autodump.postgres.client.PostgresClient;
import io.autodump.postgres.client.PostgresClients;
import io.autodump.testkit.postgres.TestPostgres;
import io.autodump.testkit.program.Script;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The container's program against a real PostgreSQL, a real S3 protocol server and an account that is a fake: as a
 * process where its environment, a signal or a whole dump matters, and in this JVM otherwise.
 */
class DumperMainIT {
    private static TestPostgres server;

    @TempDir
    private Path folder;

    private ContainerEnvironment around;

    @BeforeAll
    static void startServer() {
        server = TestPostgres.start();
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @BeforeEach
    void begin() {
        around = new ContainerEnvironment(server);
    }

    @AfterEach
    void end() {
        around.close();
    }

    @Test
    void dumpsEveryDatabaseOfAServerThatRdsNames() throws Exception {
        server.createDatabase("crm");
        server.execute("crm", "CREATE TABLE customer (id int)");
        Map<String, String> environment =
                around.environment(around.managedSecret("shop crm missing-"), around.bucket());
        environment.put(DumperNames.SECRET_METRICS, "false");

        InProcessDumper dumper = InProcessDumper.run(folder, environment);
        try {
            assertThat(dumper.exitStatus()).as(dumper.text()).isZero();
            assertThat(around.keys())
                    .satisfiesExactlyInAnyOrder(
                            key -> assertThat(key).startsWith("managed/crm/2026/11/22/"),
                            key -> assertThat(key).startsWith("managed/shop/2026/11/22/"));
            assertThat(dumper.lines())
                    .filteredOn(line -> line.path("message").asText().equals("dump succeeded"))
                    .hasSize(2)
                    .allMatch(line -> line.at("/_aws/CloudWatchMetrics/0/Dimensions")
                            .toString()
                            .equals("[[]]"));
        } finally {
            server.execute("postgres", "DROP DATABASE crm");
        }
    }

    @Test
    void makesAVerifiedDumpAndTellsOfItInLogMetricsAndEvents() throws Exception {
        Map<String, String> environment =
                around.environment(around.secret(ContainerEnvironment.TAGS), "elsewhere," + around.bucket());
        environment.put(DumperNames.EVENT_BUS, "dumps");
        environment.put(DumperNames.TOPIC_ARN, "arn:aws:sns:us-east-1:123456789012:dumps");

        try (DumperProcess dumper = DumperProcess.start(folder, environment)) {
            assertThat(dumper.exitStatus()).as(dumper.text()).isZero();

            DumpManifest manifest = around.theOnlyDump();
            assertThat(manifest.key().value())
                    .isEqualTo("team/orders/shop/2026/11/22/shop-2026-11-22T08-00-00Z.dump.zst");
            around.verify(manifest);
            JsonNode line = dumper.line("dump succeeded");
            assertThat(line.path("secret").asText()).isEqualTo("team/orders");
            assertThat(line.path("key").asText()).isEqualTo(manifest.key().value());
            assertThat(line.path("DumpsSucceeded").asInt()).isEqualTo(1);
            assertThat(line.path("DumpsFailed").asInt(-1)).isZero();
            assertThat(line.path("StoredBytes").asLong()).isEqualTo(manifest.storedBytes());
            assertThat(line.path("DumpDuration").asDouble()).isPositive();
            assertThat(line.at("/_aws/CloudWatchMetrics/0/Dimensions").toString())
                    .isEqualTo("[[],[\"secret\"]]");
            assertThat(line.at("/_aws/CloudWatchMetrics/0/Metrics")).hasSize(4);
            assertThat(around.aws().messages().events())
                    .singleElement()
                    .satisfies(event -> assertThat(event).containsEntry("DetailType", "AutoDump Dump Succeeded"));
            assertThat(around.aws().messages().notifications()).hasSize(1);
            around.assertNoPasswordIn(dumper.text());
            assertThat(leftBehind()).isEmpty();
        }
        assertThat(around.aws().calls("GetSecretValue")).isEqualTo(1);
    }

    @Test
    void aSecondAttemptAtAFinishedRunSucceedsAndDumpsNothing() throws Exception {
        Map<String, String> environment = around.environment(around.secret(ContainerEnvironment.TAGS), around.bucket());
        InProcessDumper first = InProcessDumper.run(folder, environment);
        assertThat(first.exitStatus()).as(first.text()).isZero();
        DumpManifest before = around.theOnlyDump();

        InProcessDumper second = InProcessDumper.run(folder, environment);
        assertThat(second.exitStatus()).as(second.text()).isZero();
        second.line("an earlier attempt had finished this run; nothing was dumped now");
        assertThat(around.theOnlyDump()).isEqualTo(before);
    }

    @Test
    void encryptsForTheRecipientsOfTheTag() throws Exception {
        Map<String, String> tags = new HashMap<>(ContainerEnvironment.TAGS);
        tags.put(TagNames.ENCRYPT_TO, "age13uer3hlv5dsf6mvjfsegqr83pxsadgcypnksl2jmue93xajkvccsleavyd");
        Map<String, String> environment = around.environment(around.secret(tags), around.bucket());

        InProcessDumper dumper = InProcessDumper.run(folder, environment);
        assertThat(dumper.exitStatus()).as(dumper.text()).isZero();

        DumpManifest manifest = around.theOnlyDump();
        assertThat(manifest.key().isEncrypted()).isTrue();
        assertThat(manifest.settings().encryptTo()).hasSize(1);
        assertThat(new String(around.bytes(manifest.key().value()), StandardCharsets.ISO_8859_1))
                .startsWith("age-encryption.org/v1\n");
    }

    @Test
    void provesADumpOnTheScratchServerWhoseSecretIsNamed() throws Exception {
        Map<String, String> tags = new HashMap<>(ContainerEnvironment.TAGS);
        tags.put(TagNames.VERIFY, "restore");
        Map<String, String> environment = around.environment(around.secret(tags), around.bucket());
        environment.put(
                DumperNames.SCRATCH_SECRET_ARN,
                around.aws().secrets().put("scratch", Map.of(), around.value("postgres", "")));

        InProcessDumper dumper = InProcessDumper.run(folder, environment);
        assertThat(dumper.exitStatus()).as(dumper.text()).isZero();
        assertThat(around.theOnlyDump().tables()).containsExactly(new TableRows("public", "orders", 1000));
    }

    @Test
    void namesEveryProblemOfItsEnvironmentAtOnce() throws Exception {
        Map<String, String> environment = around.environment("orders", "Not_A_Bucket");
        environment.put(DumperNames.SCHEDULED_AT, "yesterday");
        environment.put("AUTODUMP_KMS_KEY", "arn:aws:kms:us-east-1:123456789012:key/1");

        InProcessDumper dumper = InProcessDumper.run(folder, environment);
        assertThat(dumper.exitStatus()).as(dumper.text()).isEqualTo(3);
        assertThat(dumper.lines()).last().satisfies(line -> {
            assertThat(line.path("code").asText()).isEqualTo("AD-2007");
            assertThat(line.path("message").asText())
                    .contains("SECRET_ARN: isn't", "AUTODUMP_BUCKETS: isn't", "SCHEDULED_AT: isn't")
                    .contains("AUTODUMP_KMS_KEY: isn't known; did you mean AUTODUMP_KMS_KEY_ARN?");
            assertThat(line.path("DumpsFailed").asInt()).isEqualTo(1);
            assertThat(line.at("/_aws/CloudWatchMetrics/0/Dimensions").toString())
                    .isEqualTo("[[]]");
        });
    }

    @Test
    void putsNothingIntoABucketThatTheDeploymentDoesNotName() throws Exception {
        Map<String, String> environment =
                around.environment(around.secret(ContainerEnvironment.TAGS), "another-bucket");

        InProcessDumper dumper = InProcessDumper.run(folder, environment);
        assertThat(dumper.exitStatus()).as(dumper.text()).isEqualTo(2);
        JsonNode line = dumper.line("dump failed");
        assertThat(line.path("code").asText()).isEqualTo("AD-1002");
        assertThat(line.path("report").asText())
                .contains("bucketname", "another-bucket")
                .doesNotContain(around.bucket());
        around.assertNothingIsStored();
    }

    @Test
    void aPgDumpThatFailsLeavesNothingVisibleAndSaysSo() throws Exception {
        Map<String, String> environment = around.environment(around.secret(ContainerEnvironment.TAGS), around.bucket());
        environment.put("PATH", programs("\"$REAL\" \"$@\"; echo 'pg_dump: error: ran out' >&2; exit 1"));

        try (DumperProcess dumper = DumperProcess.start(folder, environment)) {
            assertThat(dumper.exitStatus()).as(dumper.text()).isEqualTo(4);
            JsonNode line = dumper.line("dump failed");
            assertThat(line.path("code").asText()).isEqualTo("AD-3021");
            assertThat(line.path("report").asText()).contains("nothing was published", "ran out");
            assertThat(line.path("DumpsFailed").asInt()).isEqualTo(1);
            assertThat(line.has("DumpsSucceeded")).isFalse();
            assertThat(line.at("/_aws/CloudWatchMetrics/0/Dimensions").toString())
                    .isEqualTo("[[],[\"secret\"]]");
            around.assertNoPasswordIn(dumper.text());
        }
        around.assertNothingIsStored();
    }

    @Test
    void aStoppedContainerEndsPgDumpAbortsItsUploadAndExitsWithTheRegistrysStatus() throws Exception {
        Map<String, String> environment = around.environment(around.secret(ContainerEnvironment.TAGS), around.bucket());
        environment.put(DumperNames.EVENT_BUS, "dumps");
        Path mark = folder.resolve("the-real-one-has-ended");
        environment.put("PATH", programs("\"$REAL\" \"$@\"; : >'" + mark + "'; sleep 600"));

        try (DumperProcess dumper = DumperProcess.start(folder, environment)) {
            dumper.await(() -> Files.exists(mark) && !around.uploads().isEmpty());
            assertThat(pgDumps()).isNotEmpty();
            dumper.terminate();

            assertThat(dumper.exitStatus()).as(dumper.text()).isEqualTo(3);
            JsonNode line = dumper.line("dump failed");
            assertThat(line.path("code").asText()).isEqualTo("AD-2010");
            dumper.line("asked to stop");
            assertThat(dumper.text()).doesNotContain("gave up");
            assertThat(pgDumps()).isEmpty();
            assertThat(around.aws().messages().events()).hasSize(1);
            around.assertNoPasswordIn(dumper.text());
            assertThat(leftBehind()).isEmpty();
        }
        around.assertNothingIsStored();
    }

    @Test
    void aContainerStoppedWhileItConnectsExitsWithTheRegistrysStatus() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String value =
                    around.value("shop", "").replaceFirst("\"port\": \\d+", "\"port\": " + silent.getLocalPort());
            String arn = around.aws().secrets().put("team/orders", ContainerEnvironment.TAGS, value);
            stopWhileConnecting(around.environment(arn, around.bucket()), silent);
        }
    }

    private void stopWhileConnecting(Map<String, String> environment, ServerSocket silent) throws Exception {
        try (DumperProcess dumper = DumperProcess.start(folder, environment)) {
            silent.accept();
            dumper.terminate();

            assertThat(dumper.exitStatus()).as(dumper.text()).isEqualTo(3);
            assertThat(dumper.line("dump failed").path("code").asText()).isEqualTo("AD-2010");
        }
    }

    @Test
    void theSmokeTestPassesWhereEverythingIsThere() throws Exception {
        InProcessDumper dumper = InProcessDumper.run(folder, Map.of(), "smoke");
        assertThat(dumper.exitStatus()).as(dumper.text()).isZero();
        assertThat(dumper.line("clients").path("found").asText()).contains("15.");
        dumper.line("the image is sound");
    }

    @Test
    void theSmokeTestNamesWhatIsMissing() throws Exception {
        InProcessDumper dumper = InProcessDumper.run(folder, Map.of("SSL_CERT_FILE", "/nonexistent.pem"), "smoke");
        assertThat(dumper.exitStatus()).as(dumper.text()).isEqualTo(3);
        assertThat(dumper.text()).contains("certificate authorities: java.nio.file.NoSuchFileException");
        dumper.line("the image can't be used");
    }

    /** A search path that begins with a pg_dump newer than every other of its major version, and is this script. */
    private String programs(String script) throws IOException {
        PostgresClient real = PostgresClients.discover().forServer(15);
        Path bin = Files.createDirectory(folder.resolve("bin"));
        for (String name : List.of("pg_restore", "psql")) {
            Script.write(bin.resolve(name), "exec '" + real.program(name) + "' \"$@\"");
        }
        Script.write(
                bin.resolve("pg_dump"),
                "REAL='" + real.program("pg_dump") + "'\n"
                        + "case \"$1\" in --version) echo 'pg_dump (PostgreSQL) 15.999'; exit 0;; esac\n" + script);
        return bin + ":" + System.getenv("PATH");
    }

    /** Of this test, by the folder of its programs, also when their parent has ended. */
    private List<ProcessHandle> pgDumps() {
        String program = folder.resolve("bin").resolve("pg_dump").toString();
        return ProcessHandle.allProcesses()
                .filter(process -> process.info().commandLine().orElse("").contains(program))
                .toList();
    }

    /** What is in the folder for temporary files besides the process's own output. */
    private List<String> leftBehind() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> name.startsWith("autodump-"))
                    .toList();
        }
    }
}

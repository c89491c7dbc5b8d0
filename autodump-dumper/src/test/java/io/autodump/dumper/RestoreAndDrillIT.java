package io.autodump.dumper;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.autodump.core.contract.DumperNames;
import io.autodump.core.contract.TagNames;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.dump.RestoreOptions;
import io.autodump.core.plan.RestoreRequest;
import io.autodump.core.secret.SecretId;
import io.autodump.core.wire.RestoreRequestJson;
import io.autodump.testkit.postgres.TestPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The container's program with the arguments {@code restore} and {@code drill}; one restore is a process. */
class RestoreAndDrillIT {
    private static final Map<String, String> TARGET = Map.of(TagNames.RESTORE_TARGET, "true");
    private static TestPostgres server;

    @TempDir
    private Path folder;

    private ContainerEnvironment around;
    private DumpManifest dump;

    @BeforeAll
    static void startServer() {
        server = TestPostgres.start();
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @BeforeEach
    void dump() {
        around = new ContainerEnvironment(server);
        dump = around.dump();
    }

    @AfterEach
    void end() {
        around.close();
        server.execute("postgres", "DROP DATABASE IF EXISTS staging");
    }

    @Test
    void restoresIntoTheDatabaseOfAnotherSecretAndRefusesWhatIsThereThen() throws Exception {
        String target = around.aws().secrets().put("staging", TARGET, around.value("staging", ""));
        RestoreRequest request = request(
                target, RestoreOptions.builder().create(true).countRows(true).build());

        try (DumperProcess restore = DumperProcess.start(folder, environment(request), DumperNames.RESTORE)) {
            assertThat(restore.exitStatus()).as(restore.text()).isZero();
            assertThat(restore.line("restore starts").path("scheduledAt").asText())
                    .isEqualTo("2026-11-26T19:00:00Z");
            JsonNode line = restore.line("restore succeeded");
            assertThat(line.path("database").asText()).isEqualTo("staging");
            assertThat(line.path("rows").asLong()).isEqualTo(1000);
            around.assertNoPasswordIn(restore.text());
        }
        assertThat(rows("staging")).isEqualTo(1000);

        InProcessDumper again = restore(request);
        assertThat(again.exitStatus()).as(again.text()).isEqualTo(2);
        assertThat(again.lines())
                .last()
                .satisfies(line -> assertThat(line.path("report").asText())
                        .startsWith("AD-1007 ")
                        .contains("pass --clean"));
        assertThat(again.text()).doesNotContain("DumpsFailed");
        assertThat(around.aws().messages().events()).isEmpty();
    }

    @Test
    void aDryRunSaysWhatWouldHappenAndChangesNothing() throws Exception {
        String target = around.aws().secrets().put("staging", TARGET, around.value("staging", ""));

        InProcessDumper plan = restore(RestoreRequest.builder()
                .from(request(target, RestoreOptions.builder().create(true).build()))
                .dryRun(true)
                .build());
        assertThat(plan.exitStatus()).as(plan.text()).isZero();
        assertThat(plan.line("restore planned; nothing was changed")
                        .path("createsDatabase")
                        .asBoolean())
                .isTrue();
        assertThat(exists("staging")).isFalse();
    }

    @Test
    void refusesASecretThatIsNoTargetAndABucketOfNobody() throws Exception {
        String untagged = around.aws().secrets().put("staging", Map.of(), around.value("staging", ""));
        InProcessDumper noTarget = restore(request(untagged, RestoreOptions.DEFAULTS));
        assertThat(noTarget.exitStatus()).as(noTarget.text()).isEqualTo(2);
        assertThat(noTarget.text()).contains("AD-1001 ", "autodump:restore-target");
        assertThat(around.aws().calls("GetSecretValue")).isZero();

        String target = around.aws().secrets().put("staging", TARGET, around.value("staging", ""));
        InProcessDumper elsewhere = restore(RestoreRequest.builder()
                .from(request(target, RestoreOptions.DEFAULTS))
                .bucket("elsewhere")
                .build());
        assertThat(elsewhere.exitStatus()).as(elsewhere.text()).isEqualTo(2);
        assertThat(elsewhere.text()).contains("AD-1004 bucket elsewhere isn't one of this deployment");
    }

    @Test
    void aDrillProvesTheNewestDumpWithoutAWordOfItsSecret() throws Exception {
        Map<String, String> environment = drillEnvironment();
        InProcessDumper drill = InProcessDumper.run(folder, environment, DumperNames.DRILL);
        assertThat(drill.exitStatus()).as(drill.text()).isZero();
        JsonNode line = drill.line("drill succeeded");
        assertThat(line.path("key").asText()).isEqualTo(dump.key().value());
        assertThat(line.path("rows").asLong()).isEqualTo(1000);
        around.assertNoPasswordIn(drill.text());
        assertThat(around.objects(".proven.json")).hasSize(1);
        assertThat(around.aws().messages().events()).isEmpty();
    }

    @Test
    void aDrillThatFailsLeavesItsRecordAndAnEvent() throws Exception {
        Map<String, String> environment = drillEnvironment();
        around.damage(dump.key().value());

        InProcessDumper drill = InProcessDumper.run(folder, environment, DumperNames.DRILL);
        assertThat(drill.exitStatus()).as(drill.text()).isEqualTo(5);
        assertThat(drill.lines())
                .last()
                .satisfies(line -> assertThat(line.path("report").asText())
                        .startsWith("AD-4004 the drill didn't prove dump " + dump.key()));
        assertThat(drill.text()).doesNotContain("DumpsFailed");
        assertThat(around.objects(".unproven.json"))
                .singleElement()
                .satisfies(key -> assertThat(around.object(key)).contains("AD-4004"));
        assertThat(around.aws().messages().events())
                .singleElement()
                .satisfies(event -> assertThat(event).containsEntry("DetailType", "AutoDump Drill Failed"));
    }

    @Test
    void thereMayBeNothingToDrill() throws Exception {
        Map<String, String> environment = drillEnvironment();
        environment.put(
                DumperNames.SECRET_ARN,
                around.aws().secrets().put("new", ContainerEnvironment.TAGS, around.value("shop", "")));

        InProcessDumper drill = InProcessDumper.run(folder, environment, DumperNames.DRILL);
        assertThat(drill.exitStatus()).as(drill.text()).isZero();
        drill.line("there is no dump of new to drill");
    }

    private Map<String, String> drillEnvironment() {
        Map<String, String> environment = around.environment(around.secret(ContainerEnvironment.TAGS), around.bucket());
        environment.put(DumperNames.EVENT_BUS, "dumps");
        environment.put(
                DumperNames.SCRATCH_SECRET_ARN,
                around.aws().secrets().put("scratch", Map.of(), around.value("postgres", "")));
        // The drill reads no other secret than the scratch server's.
        around.aws().deny("GetSecretValue", "team/orders", "not authorized");
        return environment;
    }

    private RestoreRequest request(String target, RestoreOptions options) {
        return RestoreRequest.builder()
                .target(SecretId.of(target))
                .when(Instant.parse("2026-11-26T19:00:00Z"))
                .bucket(around.bucket())
                .dump(dump.key())
                .options(options)
                .build();
    }

    private InProcessDumper restore(RestoreRequest request) {
        return InProcessDumper.run(folder, environment(request), DumperNames.RESTORE);
    }

    private Map<String, String> environment(RestoreRequest request) {
        Map<String, String> environment = around.environment(request.target().value(), around.bucket());
        environment.put(DumperNames.EVENT_BUS, "dumps");
        environment.put(DumperNames.EXECUTION_INPUT, RestoreRequestJson.write(request));
        return environment;
    }

    private static long rows(String database) throws SQLException {
        return number(database, "SELECT count(*) FROM orders");
    }

    private static boolean exists(String database) throws SQLException {
        return number("postgres", "SELECT count(*) FROM pg_database WHERE datname = '" + database + "'") > 0;
    }

    private static long number(String database, String query) throws SQLException {
        try (Connection connection = server.connection(database);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            assertThat(row.next()).isTrue();
            return row.getLong(1);
        }
    }
}

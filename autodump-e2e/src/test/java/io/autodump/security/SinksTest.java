package io.autodump.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.autodump.aws.AwsClients;
import io.autodump.aws.event.EventBridgeDumpEvents;
import io.autodump.aws.event.SnsDumpEvents;
import io.autodump.aws.log.JsonLog;
import io.autodump.cli.report.LogText;
import io.autodump.cli.terminal.Terminal;
import io.autodump.core.database.HostName;
import io.autodump.core.dump.DumpEvent;
import io.autodump.core.dump.DumpKey;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.error.InvalidInputException;
import io.autodump.core.error.Problem;
import io.autodump.core.plan.ScheduledRun;
import io.autodump.core.plan.TagsHash;
import io.autodump.core.secret.SecretId;
import io.autodump.core.secret.SecretValue;
import io.autodump.core.wire.DatabaseSecretJson;
import io.autodump.core.wire.ExecutionInputJson;
import io.autodump.local.scheduler.LogEntry;
import io.autodump.testkit.aws.FakeAws;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** The sinks that need no server. */
class SinksTest {
    private static final Instant WHEN = Instant.parse("2026-11-22T08:00:00Z");
    private static final JsonMapper MAPPER = new JsonMapper();

    static Stream<String> values() {
        return HostileValues.ALL.stream();
    }

    /** Whatever isn't one host is refused, and the refusal names the key and not the value. */
    @ParameterizedTest
    @MethodSource("values")
    void anEndpointIsAHostOrIsRefusedByItsKey(String value) {
        String json = MAPPER.createObjectNode()
                .put("username", "app")
                .put("password", "geheim")
                .put("databasename", "shop")
                .put("engine", "postgres")
                .put("endpoint", value)
                .toString();
        InvalidInputException refused = catchThrowableOfType(
                InvalidInputException.class, () -> DatabaseSecretJson.parse("orders", SecretValue.of(json)));

        if (refused == null) {
            assertThat(value)
                    .matches("/[^,\\p{Cntrl}]*|[A-Za-z0-9_.-]+")
                    .satisfies(host -> assertThat(HostName.problem(host)).isEmpty());
        } else {
            assertThat(refused.problems()).extracting(Problem::where).containsExactly("endpoint");
        }
    }

    /** Other keys hold any text, except control characters, which are refused by the key. */
    @ParameterizedTest
    @MethodSource("values")
    void otherValuesOfASecretAreTextOrAreRefusedByTheirKeys(String value) {
        String json = MAPPER.createObjectNode()
                .put("username", value)
                .put("password", value)
                .put("databasename", value)
                .put("engine", value)
                .put("endpoint", "db")
                .put("sslmode", value)
                .put("bucketname", value)
                .put("prefix", value)
                .put("port", value)
                .toString();
        InvalidInputException refused = catchThrowableOfType(
                InvalidInputException.class, () -> DatabaseSecretJson.parse("orders", SecretValue.of(json)));

        assertThat(refused.code()).isEqualTo(ErrorCode.INVALID_SECRET_VALUE);
        assertThat(refused.problems())
                .extracting(Problem::where)
                .contains("port", "sslmode")
                .doesNotContain("endpoint");
        assertThat(refused.hint().orElseThrow()).contains("docs/secrets.md");
    }

    @ParameterizedTest
    @MethodSource("values")
    void anObjectKeyAndAPathStayBelowTheirFolder(String value) {
        Path store = Path.of("/store");
        for (Optional<String> prefix : List.of(Optional.<String>empty(), Optional.of(value))) {
            try {
                DumpKey key = DumpKey.of(prefix, value, value, WHEN, ".dump");
                assertThat(key.value()).matches("[A-Za-z0-9_.=@+%/-]+");
                assertThat(store.resolve(key.value()).normalize()).isEqualTo(store.resolve(key.value()));
            } catch (IllegalArgumentException refused) {
                assertThat(refused).hasMessageMatching("(?s)a dump's key has at most 1010 bytes.*|.*surrogate.*");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("values")
    void aLineOfTheTextLogIsOneEntry(String value) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        LogText log = new LogText(new Terminal(new Terminal.Streams(out, out, false, 100), false, false));

        log.print(new LogEntry(WHEN, LogEntry.Level.INFO, value, "dumped", value));

        String printed = bytes.toString(StandardCharsets.UTF_8);
        Printed.assertHarmless(printed);
        assertThat(printed.lines().skip(1)).allSatisfy(line -> assertThat(line).matches(" {4}.*|"));
    }

    @ParameterizedTest
    @MethodSource("values")
    void aLineOfTheJsonLogIsOneObject(String value) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        JsonLog log =
                new JsonLog(new PrintStream(bytes, true, StandardCharsets.UTF_8), () -> WHEN, Map.of("secret", value));

        log.write(log.error(value));

        String printed = bytes.toString(StandardCharsets.UTF_8);
        Printed.assertHarmless(printed);
        assertThat(printed.lines()).hasSize(1);
        JsonNode line = MAPPER.readTree(printed);
        assertThat(line.path("message").asText()).isEqualTo(value);
        assertThat(line.path("secret").asText()).isEqualTo(value);
    }

    @ParameterizedTest
    @MethodSource("values")
    void theInputAndTheNameOfAnExecutionAreWhole(String value) throws Exception {
        if (value.isBlank() || value.length() > 2048) {
            return;
        }
        ScheduledRun run = ScheduledRun.builder()
                .secretId(SecretId.of(value))
                .secretName(value)
                .when(WHEN)
                .tagsHash(TagsHash.v1(Map.of()))
                .build();

        assertThat(run.executionName()).matches("[A-Za-z0-9_-]{1,80}");
        String json = ExecutionInputJson.write(run);
        assertThat(MAPPER.readTree(json).path("resourceId").asText()).isEqualTo(value);
        assertThat(ExecutionInputJson.parse("the input", json, id -> value)).isEqualTo(run);
    }

    /** The subject of a mail is one of three fixed texts, and the rest is one JSON object. */
    @Test
    void anEventIsOneObjectUnderAFixedSubject() throws Exception {
        try (FakeAws aws = FakeAws.start();
                AwsClients clients = clients(aws)) {
            List<Exception> refused = new ArrayList<>();
            SnsDumpEvents mails =
                    SnsDumpEvents.create(clients, "arn:aws:sns:us-east-1:" + FakeAws.ACCOUNT + ":dumps", refused::add);
            EventBridgeDumpEvents bus = EventBridgeDumpEvents.create(clients, "default", refused::add);
            for (String value : HostileValues.ALL) {
                DumpEvent event = new DumpEvent.Failed(value, WHEN, ErrorCode.DUMP_PROCESS_FAILED, value);
                mails.publish(event);
                bus.publish(event);
            }
            assertThat(refused).isEmpty();
            assertThat(aws.messages().notifications())
                    .hasSameSizeAs(HostileValues.ALL)
                    .allSatisfy(mail -> {
                        assertThat(mail).containsValue("AutoDump Dump Failed");
                        assertNames(mail.values());
                    });
            assertThat(aws.messages().events())
                    .hasSameSizeAs(HostileValues.ALL)
                    .allSatisfy(detail -> assertNames(detail.values()));
        }
    }

    private static void assertNames(Iterable<String> fields) throws Exception {
        for (String field : fields) {
            if (field.startsWith("{")) {
                JsonNode event = MAPPER.readTree(field);
                assertThat(event.path("report")).isEqualTo(event.path("secretName"));
                return;
            }
        }
        throw new AssertionError("no event in " + fields);
    }

    private static AwsClients clients(FakeAws aws) {
        return AwsClients.builder()
                .region(FakeAws.REGION)
                .credentials(StaticCredentialsProvider.create(AwsBasicCredentials.create("id", "key")))
                .endpoint(aws.endpoint())
                .build();
    }
}

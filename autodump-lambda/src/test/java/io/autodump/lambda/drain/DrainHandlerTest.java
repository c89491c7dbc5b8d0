package io.autodump.lambda.drain;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpServer;
import io.autodump.aws.AwsClients;
import io.autodump.aws.stepfunctions.StartRate;
import io.autodump.aws.stepfunctions.StepFunctionsRunScheduler;
import io.autodump.core.plan.ScheduledRun;
import io.autodump.core.plan.TagsHash;
import io.autodump.core.secret.SecretId;
import io.autodump.testkit.aws.FakeAws;
import io.autodump.testkit.aws.FakeExecutions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DrainHandlerTest {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final int A_MINUTE = 60_000;

    private final FakeAws aws = FakeAws.start();
    private final List<JsonNode> answers = new CopyOnWriteArrayList<>();
    private final HttpServer cloudFormation = server();

    @BeforeEach
    void threeRunsWait() {
        try (AwsClients clients = clients()) {
            StepFunctionsRunScheduler scheduler =
                    StepFunctionsRunScheduler.create(clients, FakeExecutions.STATE_MACHINE, StartRate.of(100, 100));
            for (int run = 1; run <= 3; run++) {
                scheduler.start(ScheduledRun.builder()
                        .secretId(SecretId.of("orders"))
                        .secretName("orders")
                        .when(Instant.parse("2030-01-0" + run + "T00:00:00Z"))
                        .tagsHash(new TagsHash("V11"))
                        .build());
            }
        }
    }

    @AfterEach
    void stop() {
        cloudFormation.stop(0);
        aws.close();
    }

    @Test
    void endsEveryExecutionWhenTheStackIsDeleted() throws IOException {
        handle("Delete");

        assertThat(aws.executions().all()).hasSize(3).noneMatch(FakeExecutions.Execution::running);
        assertThat(answers).singleElement().satisfies(answer -> {
            assertThat(answer.path("Status").asText()).isEqualTo("SUCCESS");
            assertThat(answer.path("PhysicalResourceId").asText()).isEqualTo(FakeExecutions.STATE_MACHINE);
            assertThat(answer.path("RequestId").asText()).isEqualTo("request-1");
        });
    }

    @Test
    void leavesThemAloneWhenTheStackIsMadeOrUpdated() throws IOException {
        handle("Create");
        handle("Update");

        assertThat(aws.executions().all()).allMatch(FakeExecutions.Execution::running);
        assertThat(answers)
                .hasSize(2)
                .allSatisfy(answer -> assertThat(answer.path("Status").asText()).isEqualTo("SUCCESS"));
    }

    @Test
    void saysWhatIsMissingWhenItIsNotAllowedTo() throws IOException {
        aws.deny("StopExecution", "", "not authorized to perform: states:StopExecution");

        handle("Delete");

        assertThat(answers).singleElement().satisfies(answer -> {
            assertThat(answer.path("Status").asText()).isEqualTo("FAILED");
            assertThat(answer.path("Reason").asText()).contains("AD-4005", "allow states:StopExecution");
        });
    }

    private void handle(String request) throws IOException {
        String event = MAPPER.writeValueAsString(Map.of(
                "RequestType",
                request,
                "ResponseURL",
                "http://127.0.0.1:" + cloudFormation.getAddress().getPort() + "/answer",
                "StackId",
                "stack-1",
                "RequestId",
                "request-1",
                "LogicalResourceId",
                "Drain",
                "ResourceProperties",
                Map.of("StateMachineArn", FakeExecutions.STATE_MACHINE)));
        new DrainHandler(this::clients, Duration.ZERO, new PrintStream(OutputStream.nullOutputStream(), true, UTF_8))
                .handleRequest(
                        new ByteArrayInputStream(event.getBytes(UTF_8)), OutputStream.nullOutputStream(), context());
    }

    private AwsClients clients() {
        return AwsClients.builder()
                .region(FakeAws.REGION)
                .credentials("key", "secret")
                .endpoint(aws.endpoint())
                .build();
    }

    private HttpServer server() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/answer", exchange -> {
                answers.add(MAPPER.readTree(exchange.getRequestBody()));
                exchange.sendResponseHeaders(200, -1);
                exchange.close();
            });
            server.start();
            return server;
        } catch (IOException failed) {
            throw new java.io.UncheckedIOException(failed);
        }
    }

    private static Context context() {
        return (Context) Proxy.newProxyInstance(
                Context.class.getClassLoader(), new Class<?>[] {Context.class}, (proxy, method, arguments) -> A_MINUTE);
    }
}

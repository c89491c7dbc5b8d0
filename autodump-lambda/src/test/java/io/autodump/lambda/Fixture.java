package io.autodump.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import io.autodump.aws.AwsClients;
import io.autodump.core.contract.LambdaNames;
import io.autodump.testkit.aws.FakeAws;
import io.autodump.testkit.aws.FakeExecutions;
import io.autodump.testkit.aws.S3Server;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Handlers over a fake account, as text in and text out. */
final class Fixture implements AutoCloseable {
    static final int A_MINUTE = 60_000;

    final FakeAws aws = FakeAws.start();
    final Map<String, String> environment = new HashMap<>();
    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private final Functions functions;

    Fixture() {
        environment.put(LambdaNames.STATE_MACHINE_ARN, FakeExecutions.STATE_MACHINE);
        functions = new Functions(
                new Settings(environment), this::clients, Clock.systemUTC(), new PrintStream(log, true, UTF_8));
    }

    private AwsClients clients() {
        return AwsClients.builder()
                .region(FakeAws.REGION)
                .credentials(FinishedDumps.credentials())
                .endpoint(aws.endpoint())
                .s3Endpoint(S3Server.endpoint())
                .build();
    }

    Functions functions() {
        return functions;
    }

    JsonNode scan(String event) {
        return json(invoke(new ScannerHandler(functions), event, A_MINUTE));
    }

    JsonNode check(String event) {
        return json(invoke(new HashHandler(functions), event, A_MINUTE));
    }

    JsonNode reschedule(String event) {
        return json(invoke(new RescheduleHandler(functions), event, A_MINUTE));
    }

    JsonNode freshness() {
        return json(invoke(new FreshnessHandler(functions), "{}", A_MINUTE));
    }

    String invoke(RequestStreamHandler handler, String event, int remainingMillis) {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        try {
            handler.handleRequest(
                    new ByteArrayInputStream(event.getBytes(UTF_8)), output, new TestContext(remainingMillis));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return output.toString(UTF_8);
    }

    /** Every line of the log, each of which is JSON. */
    List<JsonNode> log() {
        return log.toString(UTF_8).lines().map(Fixture::json).toList();
    }

    static JsonNode json(String text) {
        try {
            return Message.MAPPER.readTree(text);
        } catch (IOException notJson) {
            throw new UncheckedIOException(text, notJson);
        }
    }

    /** A file beside the tests: a message as it came, once. */
    static String golden(String name) {
        try (InputStream file = Fixture.class.getResourceAsStream(name)) {
            return new String(java.util.Objects.requireNonNull(file, name).readAllBytes(), UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Override
    public void close() {
        functions.reset();
        aws.close();
    }
}

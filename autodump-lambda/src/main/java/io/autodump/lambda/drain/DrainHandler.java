package io.autodump.lambda.drain;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.autodump.aws.AwsClients;
import io.autodump.aws.log.JsonLog;
import io.autodump.aws.stepfunctions.RunningExecutions;
import io.autodump.core.error.AutoDumpException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Ends all waiting runs when the stack is deleted: AWS deletes a state machine only when its executions have ended, and
 * these wait for months. A custom resource of CloudFormation calls it. It does nothing when the stack is created
 * or updated.
 */
public final class DrainHandler implements RequestStreamHandler {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final Duration PAUSE = Duration.ofSeconds(5);
    /** A run that was starting its successor may have done so after the first empty list. */
    private static final int EMPTY_LISTS = 3;

    private static final Duration MARGIN = Duration.ofSeconds(30);

    private final Supplier<AwsClients> clients;
    private final Duration pause;
    private final JsonLog log;

    /** For Lambda. */
    public DrainHandler() {
        this(AwsClients::create, PAUSE, System.out);
    }

    DrainHandler(Supplier<AwsClients> clients, Duration pause, PrintStream out) {
        this.clients = clients;
        this.pause = pause;
        this.log = new JsonLog(out, Clock.systemUTC());
    }

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        JsonNode event = MAPPER.readTree(input);
        String stateMachine =
                event.path("ResourceProperties").path("StateMachineArn").asText();
        StackAnswer answer = StackAnswer.to(event, stateMachine);
        try {
            if (event.path("RequestType").asText().equals("Delete")) {
                drain(stateMachine, context);
            }
            answer.succeeded();
        } catch (AutoDumpException failed) {
            log.write(log.error(failed));
            answer.failed(failed.report());
        } catch (RuntimeException fault) {
            log.write(log.error(fault.toString()));
            answer.failed(fault.toString());
        }
        output.write("{}".getBytes(UTF_8));
    }

    private void rest() {
        try {
            Thread.sleep(pause.toMillis());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", stopped);
        }
    }

    private void drain(String stateMachine, Context context) {
        int stopped = 0;
        int empty = 0;
        try (AwsClients opened = clients.get()) {
            RunningExecutions executions = RunningExecutions.of(opened, stateMachine);
            while (empty < EMPTY_LISTS) {
                int found = executions.stopSome();
                stopped += found;
                empty = found == 0 ? empty + 1 : 0;
                if (context.getRemainingTimeInMillis() < MARGIN.toMillis()) {
                    throw new IllegalStateException("the time is over after " + stopped
                            + " executions; delete the stack again, and the rest is stopped");
                }
                if (found == 0) {
                    rest();
                }
            }
        }
        log.write(log.info("all executions have ended").put("stopped", stopped));
    }
}

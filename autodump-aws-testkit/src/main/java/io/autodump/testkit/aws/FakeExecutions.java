package io.autodump.testkit.aws;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** The executions of one standard state machine. They run until a test ends them. Thread-safe. */
public final class FakeExecutions {
    /** The ARN of the only state machine. */
    public static final String STATE_MACHINE =
            "arn:aws:states:" + FakeAws.REGION + ":" + FakeAws.ACCOUNT + ":stateMachine:autodump";

    private final Map<String, Execution> byName = new ConcurrentHashMap<>();
    private final AtomicInteger refused = new AtomicInteger();
    private volatile String status = "";
    private volatile String result = "";

    FakeExecutions() {}

    /**
     * An execution.
     *
     * @param name unique, also after the execution has ended
     * @param input the JSON text that it was started with
     * @param startDate in seconds since 1970
     * @param running false once a test has ended it
     */
    public record Execution(String name, String input, double startDate, boolean running) {}

    /** Returns all executions, running and ended, in no particular order. */
    public Collection<Execution> all() {
        return List.copyOf(byName.values());
    }

    /** Returns how many starts were refused with {@code ExecutionAlreadyExists}. */
    public int refused() {
        return refused.get();
    }

    /** Ends every execution. Their names stay taken. */
    public void endAll() {
        byName.replaceAll((name, execution) -> new Execution(name, execution.input(), execution.startDate(), false));
    }

    /**
     * API reference, StartExecution: a start with the name and the input of a running execution succeeds and returns
     * the first response again. Another input, or an execution that has ended, yields ExecutionAlreadyExists.
     */
    FakeAnswer start(FakeRequest request) {
        if (!request.field("stateMachineArn").equals(STATE_MACHINE)) {
            return FakeAnswer.error(
                    "StateMachineDoesNotExist",
                    "State Machine Does Not Exist: '" + request.field("stateMachineArn") + "'");
        }
        String name = request.field("name");
        if (!name.matches("[A-Za-z0-9_-]{1,80}")) {
            return FakeAnswer.error("InvalidName", "Invalid Name: '" + name + "'");
        }
        Execution mine = new Execution(name, request.field("input"), System.currentTimeMillis() / 1000.0, true);
        Execution there = byName.putIfAbsent(name, mine);
        if (there != null && !(there.running() && there.input().equals(mine.input()))) {
            refused.incrementAndGet();
            return FakeAnswer.error("ExecutionAlreadyExists", "Execution Already Exists: '" + arn(name) + "'");
        }
        ObjectNode result = FakeRequest.MAPPER.createObjectNode();
        return FakeAnswer.of(
                result.put("executionArn", arn(name)).put("startDate", (there == null ? mine : there).startDate()));
    }

    /** The running executions, up to 1,000. */
    FakeAnswer list(FakeRequest request) {
        ObjectNode result = FakeRequest.MAPPER.createObjectNode();
        var page = result.putArray("executions");
        byName.values().stream()
                .filter(Execution::running)
                .limit(request.fields().path("maxResults").asInt(1000))
                .forEach(execution -> page.addObject()
                        .put("executionArn", arn(execution.name()))
                        .put("stateMachineArn", STATE_MACHINE)
                        .put("name", execution.name())
                        .put("status", "RUNNING")
                        .put("startDate", execution.startDate()));
        return FakeAnswer.of(result);
    }

    /** Sets what each execution has ended with: a status such as {@code SUCCEEDED}, and its output or its cause. */
    public void endWith(String endStatus, String text) {
        endAll();
        status = endStatus;
        result = text;
    }

    FakeAnswer describe(FakeRequest request) {
        String arn = request.field("executionArn");
        Execution found = byName.get(arn.substring(arn.lastIndexOf(':') + 1));
        if (found == null) {
            return FakeAnswer.error("ExecutionDoesNotExist", "Execution Does Not Exist: '" + arn + "'");
        }
        ObjectNode answer = FakeRequest.MAPPER
                .createObjectNode()
                .put("executionArn", arn)
                .put("stateMachineArn", STATE_MACHINE)
                .put("name", found.name())
                .put("input", found.input())
                .put("startDate", found.startDate())
                .put("status", status.isEmpty() ? "RUNNING" : status);
        if (!status.isEmpty()) {
            answer.put(status.equals("SUCCEEDED") ? "output" : "cause", result);
        }
        return FakeAnswer.of(answer);
    }

    static FakeAnswer machines() {
        ObjectNode answer = FakeRequest.MAPPER.createObjectNode();
        answer.putArray("stateMachines")
                .addObject()
                .put("stateMachineArn", STATE_MACHINE)
                .put("name", STATE_MACHINE.substring(STATE_MACHINE.lastIndexOf(':') + 1))
                .put("type", "STANDARD")
                .put("creationDate", 1.0);
        return FakeAnswer.of(answer);
    }

    /** Ends one execution. Its name stays taken. */
    FakeAnswer stop(FakeRequest request) {
        String arn = request.field("executionArn");
        String name = arn.substring(arn.lastIndexOf(':') + 1);
        byName.computeIfPresent(name, (key, there) -> new Execution(key, there.input(), there.startDate(), false));
        return FakeAnswer.of(
                FakeRequest.MAPPER.createObjectNode().put("stopDate", System.currentTimeMillis() / 1000.0));
    }

    private static String arn(String name) {
        return STATE_MACHINE.replace(":stateMachine:", ":execution:") + ":" + name;
    }
}

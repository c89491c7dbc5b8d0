package io.autodump.testkit.aws;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The executions of the three standard state machines of a deployment: dumps, restores and drills. They run until a
 * test ends them. Thread-safe.
 */
public final class FakeExecutions {
    /** The ARN of the state machine that dumps. */
    public static final String STATE_MACHINE =
            "arn:aws:states:" + FakeAws.REGION + ":" + FakeAws.ACCOUNT + ":stateMachine:autodump";

    /** The ARN of the state machine that restores. */
    public static final String RESTORES = STATE_MACHINE + "-restore";

    /** The ARN of the state machine that makes restore drills. */
    public static final String DRILLS = STATE_MACHINE + "-drill";

    /** The log group of the jobs of all three. */
    public static final String LOG_GROUP = "/autodump/jobs";

    private static final List<String> MACHINES = List.of(STATE_MACHINE, RESTORES, DRILLS);

    private final Map<String, Execution> byArn = new ConcurrentHashMap<>();
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
     * @param stateMachineArn its state machine
     */
    public record Execution(String name, String input, double startDate, boolean running, String stateMachineArn) {
        Execution ended() {
            return new Execution(name, input, startDate, false, stateMachineArn);
        }

        String arn() {
            return FakeExecutions.arn(stateMachineArn, name);
        }
    }

    /** Returns all executions, running and ended, in no particular order. */
    public Collection<Execution> all() {
        return List.copyOf(byArn.values());
    }

    /** Returns all executions of one state machine, running and ended, in no particular order. */
    public List<Execution> of(String stateMachineArn) {
        return all().stream()
                .filter(execution -> execution.stateMachineArn().equals(stateMachineArn))
                .toList();
    }

    /** Returns how many starts were refused with {@code ExecutionAlreadyExists}. */
    public int refused() {
        return refused.get();
    }

    /** Ends every execution. Their names stay taken. */
    public void endAll() {
        byArn.replaceAll((arn, execution) -> execution.ended());
    }

    /**
     * API reference, StartExecution: a start with the name and the input of a running execution succeeds and returns
     * the first response again. Another input, or an execution that has ended, yields ExecutionAlreadyExists.
     */
    FakeAnswer start(FakeRequest request) {
        String machine = request.field("stateMachineArn");
        if (!MACHINES.contains(machine)) {
            return FakeAnswer.error("StateMachineDoesNotExist", "State Machine Does Not Exist: '" + machine + "'");
        }
        String name = request.field("name");
        if (!name.matches("[A-Za-z0-9_-]{1,80}")) {
            return FakeAnswer.error("InvalidName", "Invalid Name: '" + name + "'");
        }
        Execution mine =
                new Execution(name, request.field("input"), System.currentTimeMillis() / 1000.0, true, machine);
        Execution there = byArn.putIfAbsent(mine.arn(), mine);
        if (there != null && !(there.running() && there.input().equals(mine.input()))) {
            refused.incrementAndGet();
            return FakeAnswer.error("ExecutionAlreadyExists", "Execution Already Exists: '" + mine.arn() + "'");
        }
        ObjectNode result = FakeRequest.MAPPER.createObjectNode();
        return FakeAnswer.of(
                result.put("executionArn", mine.arn()).put("startDate", (there == null ? mine : there).startDate()));
    }

    /** The running executions, up to 1,000. */
    FakeAnswer list(FakeRequest request) {
        ObjectNode result = FakeRequest.MAPPER.createObjectNode();
        var page = result.putArray("executions");
        byArn.values().stream()
                .filter(Execution::running)
                .filter(execution -> execution.stateMachineArn().equals(request.field("stateMachineArn")))
                .limit(request.fields().path("maxResults").asInt(1000))
                .forEach(execution -> page.addObject()
                        .put("executionArn", execution.arn())
                        .put("stateMachineArn", execution.stateMachineArn())
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
        Execution found = byArn.get(arn);
        if (found == null) {
            return FakeAnswer.error("ExecutionDoesNotExist", "Execution Does Not Exist: '" + arn + "'");
        }
        ObjectNode answer = FakeRequest.MAPPER
                .createObjectNode()
                .put("executionArn", arn)
                .put("stateMachineArn", found.stateMachineArn())
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
        ArrayNode machines = answer.putArray("stateMachines");
        MACHINES.forEach(arn -> machines.addObject()
                .put("stateMachineArn", arn)
                .put("name", nameOf(arn))
                .put("type", "STANDARD")
                .put("creationDate", 1.0));
        return FakeAnswer.of(answer);
    }

    /** Of the definition, only what names the log group. */
    static FakeAnswer machine(FakeRequest request) {
        String arn = request.field("stateMachineArn");
        if (!MACHINES.contains(arn)) {
            return FakeAnswer.error("StateMachineDoesNotExist", "State Machine Does Not Exist: '" + arn + "'");
        }
        return FakeAnswer.of(FakeRequest.MAPPER
                .createObjectNode()
                .put("stateMachineArn", arn)
                .put("name", nameOf(arn))
                .put("definition", "{\"States\": {\"Read the log\": {\"LogGroupName\": \"" + LOG_GROUP + "\"}}}")
                .put("roleArn", "arn:aws:iam::" + FakeAws.ACCOUNT + ":role/autodump")
                .put("type", "STANDARD")
                .put("creationDate", 1.0));
    }

    /** Ends one execution. Its name stays taken. */
    FakeAnswer stop(FakeRequest request) {
        byArn.computeIfPresent(request.field("executionArn"), (arn, there) -> there.ended());
        return FakeAnswer.of(
                FakeRequest.MAPPER.createObjectNode().put("stopDate", System.currentTimeMillis() / 1000.0));
    }

    private static String nameOf(String arn) {
        return arn.substring(arn.lastIndexOf(':') + 1);
    }

    private static String arn(String stateMachineArn, String name) {
        return stateMachineArn.replace(":stateMachine:", ":execution:") + ":" + name;
    }
}

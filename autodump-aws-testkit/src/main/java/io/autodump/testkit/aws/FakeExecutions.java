package io.autodump.testkit.aws;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** One standard state machine, whose executions wait until a test ends them. Thread-safe. */
public final class FakeExecutions {
    /** The only state machine that there is. */
    public static final String STATE_MACHINE =
            "arn:aws:states:" + FakeAws.REGION + ":" + FakeAws.ACCOUNT + ":stateMachine:autodump";

    private final Map<String, Execution> byName = new ConcurrentHashMap<>();
    private final AtomicInteger refused = new AtomicInteger();

    FakeExecutions() {}

    /**
     * An execution that was started.
     *
     * @param startDate in seconds since 1970
     */
    public record Execution(String name, String input, double startDate, boolean running) {}

    public Collection<Execution> all() {
        return List.copyOf(byName.values());
    }

    /** How many starts were answered with {@code ExecutionAlreadyExists}. */
    public int refused() {
        return refused.get();
    }

    /** Ends every execution; their names stay taken. */
    public void endAll() {
        byName.replaceAll((name, execution) -> new Execution(name, execution.input(), execution.startDate(), false));
    }

    /**
     * API reference, StartExecution: the same name and input as a running execution succeed and give the first answer
     * again; another input, or an execution that has ended, is ExecutionAlreadyExists.
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

    private static String arn(String name) {
        return STATE_MACHINE.replace(":stateMachine:", ":execution:") + ":" + name;
    }
}

package io.autodump.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * {@code batch:submitJob.sync}: checks what is submitted as AWS Batch does, makes the attempts, and answers in
 * its form.
 */
final class LocalBatch implements Integration {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final int LEAST_DURATION = 60;
    /** API reference, RetryStrategy, evaluateOnExit. */
    private static final int MOST_RULES = 5;

    private final Container container;
    private final Queue<Attempt> before = new ConcurrentLinkedQueue<>();
    private final List<JsonNode> submitted = new CopyOnWriteArrayList<>();
    private final AtomicInteger jobs = new AtomicInteger();
    private volatile Optional<String> refusal = Optional.empty();

    LocalBatch(Container container) {
        this.container = container;
    }

    /** Runs to its end. */
    @FunctionalInterface
    interface Container {
        int run(Map<String, String> environment);
    }

    /**
     * How one attempt ended.
     *
     * @param exitCode empty if there never was a container
     * @param containerReason what Fargate says of the container, if anything
     */
    record Attempt(OptionalInt exitCode, String statusReason, Optional<String> containerReason) {
        Attempt(OptionalInt exitCode, String statusReason) {
            this(exitCode, statusReason, Optional.empty());
        }

        boolean succeeded() {
            return exitCode.equals(OptionalInt.of(0));
        }
    }

    /** The next attempt ends so, and no container runs. */
    void endNextAttempt(Attempt attempt) {
        before.add(attempt);
    }

    /** From now on no job can be submitted. */
    void refuse(String why) {
        refusal = Optional.of(why);
    }

    /** The parameters of every job. */
    List<JsonNode> submitted() {
        return List.copyOf(submitted);
    }

    @Override
    public JsonNode perform(JsonNode parameters) throws TaskFailure {
        check(parameters);
        if (refusal.isPresent()) {
            throw new TaskFailure("Batch.AWSBatchException", refusal.get());
        }
        submitted.add(parameters);
        String id = "job-" + jobs.incrementAndGet();
        Attempt last = attempt(environment(parameters));
        int made = 1;
        while (!last.succeeded()
                && made < parameters.path("RetryStrategy").path("Attempts").asInt(1)
                && isRetried(last, parameters.path("RetryStrategy").path("EvaluateOnExit"))) {
            last = attempt(environment(parameters));
            made++;
        }
        JsonNode description = describe(id, parameters, last, made);
        if (last.succeeded()) {
            return description;
        }
        throw new TaskFailure("States.TaskFailed", description.toString());
    }

    private Attempt attempt(Map<String, String> environment) {
        Attempt prepared = before.poll();
        return prepared != null
                ? prepared
                : new Attempt(OptionalInt.of(container.run(environment)), "Essential container in task exited");
    }

    /** API reference, RetryStrategy: the first condition that is met decides, and if none is, the job is retried. */
    private static boolean isRetried(Attempt attempt, JsonNode rules) {
        String exitCode = attempt.exitCode().isPresent()
                ? String.valueOf(attempt.exitCode().getAsInt())
                : "";
        if (rules.size() > MOST_RULES) {
            throw new AssertionError("more than " + MOST_RULES + " rules: " + rules);
        }
        for (JsonNode rule : rules) {
            StrictParameters.check(rule, Set.of("OnExitCode", "Action"));
            if (rule.path("OnExitCode").asText().equals(exitCode)) {
                return rule.path("Action").asText().equalsIgnoreCase("RETRY");
            }
        }
        return true;
    }

    private static void check(JsonNode parameters) {
        StrictParameters.check(
                parameters,
                Set.of("JobName", "JobQueue", "JobDefinition", "ContainerOverrides", "Timeout", "RetryStrategy"));
        StrictParameters.check(parameters.path("ContainerOverrides"), Set.of("Environment", "ResourceRequirements"));
        String name = parameters.path("JobName").asText();
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9_-]{0,127}")) {
            throw new AssertionError("not the name of a job: " + name);
        }
        JsonNode duration = parameters.path("Timeout").path("AttemptDurationSeconds");
        if (parameters.has("Timeout") && !(duration.isInt() && duration.intValue() >= LEAST_DURATION)) {
            throw new AssertionError("not the duration of an attempt: " + duration);
        }
        for (JsonNode requirement : parameters.path("ContainerOverrides").path("ResourceRequirements")) {
            if (!requirement.path("Value").isTextual()) {
                throw new AssertionError("the value of a requirement is a string: " + requirement);
            }
        }
    }

    private static Map<String, String> environment(JsonNode parameters) {
        Map<String, String> environment = new HashMap<>();
        for (JsonNode variable : parameters.path("ContainerOverrides").path("Environment")) {
            environment.put(
                    variable.path("Name").textValue(), variable.path("Value").textValue());
        }
        return environment;
    }

    /** As DescribeJobs gives it, with the capitals that Step Functions makes of it. */
    private static ObjectNode describe(String id, JsonNode parameters, Attempt last, int made) {
        ObjectNode job = MAPPER.createObjectNode()
                .put("JobId", id)
                .put("JobName", parameters.path("JobName").textValue())
                .put("Status", last.succeeded() ? "SUCCEEDED" : "FAILED")
                .put("StatusReason", last.statusReason());
        ObjectNode container = job.putObject("Container");
        last.exitCode()
                .ifPresent(code ->
                        container.put("ExitCode", code).put("LogStreamName", "autodump/default/" + id + "-" + made));
        last.containerReason().ifPresent(reason -> container.put("Reason", reason));
        var tries = job.putArray("Attempts");
        for (int i = 0; i < made; i++) {
            tries.addObject();
        }
        return job;
    }
}

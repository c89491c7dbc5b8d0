package io.autodump.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Executions of one state machine, each interpreted by a process of its own, over services of the test's. */
final class LocalStepFunctions implements AutoCloseable {
    private static final JsonMapper MAPPER = new JsonMapper();

    /** A validation takes longer than most executions, so each definition has one. */
    private static final Set<JsonNode> VALIDATED = ConcurrentHashMap.newKeySet();

    private final JsonNode definition;
    private final Map<String, Integration> integrations;
    private final ManualClock clock;
    private final HttpServer bridge;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<LocalExecution> executions = new CopyOnWriteArrayList<>();
    private final List<Throwable> faults = new CopyOnWriteArrayList<>();

    /**
     * Nothing runs yet.
     *
     * @param definition the Amazon States Language, every placeholder replaced
     * @param integrations by the end of the resource, such as {@code lambda:invoke}
     */
    LocalStepFunctions(JsonNode definition, Map<String, Integration> integrations, ManualClock clock) {
        this.definition = definition;
        this.integrations = Map.copyOf(integrations);
        this.clock = clock;
        try {
            bridge = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        bridge.setExecutor(threads);
        bridge.createContext("/", this::answer);
        bridge.start();
    }

    /** Starts an execution; it goes on until it waits for more than a day, or has ended. */
    LocalExecution start(String name, String input) {
        ObjectNode request =
                MAPPER.createObjectNode().put("now", clock.instant().toString());
        try {
            request.set("definition", definition);
            request.put("validate", VALIDATED.add(definition));
            request.set("input", MAPPER.readTree(input));
            request.putObject("context")
                    .putObject("Execution")
                    .put("Id", "arn:aws:states:us-east-1:123456789012:execution:autodump:" + name)
                    .put("Name", name);
            String place = "/" + executions.size();
            LocalExecution execution = new LocalExecution(name);
            executions.add(execution);
            execution.run(
                    "http://127.0.0.1:" + bridge.getAddress().getPort() + place, MAPPER.writeValueAsString(request));
            return execution;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    List<LocalExecution> executions() {
        return List.copyOf(executions);
    }

    /** Fails if a service of the test's did: the interpreter would have taken that for a task's failure. */
    void assertSound() {
        faults.forEach(fault -> {
            throw new AssertionError("a service failed the test", fault);
        });
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String[] place = exchange.getRequestURI().getPath().split("/", -1);
            LocalExecution execution = executions.get(Integer.parseInt(place[1]));
            JsonNode request = MAPPER.readTree(exchange.getRequestBody());
            JsonNode answer = place[2].equals("wait") ? wait(execution, request) : perform(request);
            byte[] body = answer.toString().getBytes(UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        } catch (RuntimeException | Error fault) {
            faults.add(fault);
            throw fault;
        }
    }

    private static JsonNode wait(LocalExecution execution, JsonNode request) {
        execution.waitUntil(request.path("until").asText());
        return MAPPER.createObjectNode();
    }

    private JsonNode perform(JsonNode request) {
        String resource = request.path("resource").asText();
        Integration integration = integrations.get(resource.replaceFirst("^arn:aws:states:::", ""));
        if (integration == null) {
            throw new AssertionError("no such resource here: " + resource);
        }
        ObjectNode answer = MAPPER.createObjectNode();
        try {
            return answer.set("result", integration.perform(request.path("parameters")));
        } catch (TaskFailure failure) {
            return answer.put("error", failure.error()).put("cause", failure.causeText());
        }
    }

    @Override
    public void close() {
        executions.forEach(LocalExecution::kill);
        bridge.stop(0);
        threads.shutdownNow();
    }
}

package io.autodump.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** One execution in its process. */
final class LocalExecution {
    private static final int LONGEST_SECONDS = 120;

    private final String name;
    private final CompletableFuture<Instant> waiting = new CompletableFuture<>();
    private final CompletableFuture<JsonNode> result = new CompletableFuture<>();
    private final CountDownLatch due = new CountDownLatch(1);
    private @Nullable Process process;

    LocalExecution(String name) {
        this.name = name;
    }

    void run(String bridge, String request) throws IOException {
        Process node = new ProcessBuilder(
                        "node",
                        Interpreter.SCRIPT.toString(),
                        Interpreter.modules().toString(),
                        bridge)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        process = node;
        try (OutputStream in = node.getOutputStream()) {
            in.write(request.getBytes(UTF_8));
        }
        Thread reader = new Thread(() -> read(node), "reader of " + name);
        reader.setDaemon(true);
        reader.start();
    }

    private void read(Process node) {
        try {
            result.complete(new JsonMapper().readTree(node.getInputStream()));
        } catch (IOException failed) {
            result.completeExceptionally(failed);
        }
        waiting.completeExceptionally(new IllegalStateException(name + " has ended"));
    }

    String name() {
        return name;
    }

    /** Called by the interpreter: returns when the test lets it. */
    void waitUntil(String instant) {
        waiting.complete(Instant.parse(instant));
        try {
            if (!due.await(LONGEST_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError(name + " was never due");
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** Until when it waits, once it does; must not be asked of one that won't. */
    Instant waitsUntil() {
        return await(waiting);
    }

    /** Its wait is over. */
    void due() {
        due.countDown();
    }

    /** {@code status}, {@code output} or {@code error} and {@code cause}, and {@code states}; once it has ended. */
    JsonNode result() {
        JsonNode ended = await(result);
        if (!ended.has("status")) {
            throw new AssertionError("the interpreter failed; see above");
        }
        return ended;
    }

    boolean succeeded() {
        return result().path("status").asText().equals("SUCCEEDED");
    }

    List<String> states() {
        List<String> states = new ArrayList<>();
        result().path("states").forEach(state -> states.add(state.textValue()));
        return states;
    }

    void kill() {
        if (process != null) {
            process.destroyForcibly();
        }
    }

    private <T> T await(CompletableFuture<T> future) {
        try {
            return Objects.requireNonNull(future.get(LONGEST_SECONDS, TimeUnit.SECONDS));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        } catch (ExecutionException | TimeoutException failed) {
            throw new IllegalStateException(name, failed);
        }
    }
}

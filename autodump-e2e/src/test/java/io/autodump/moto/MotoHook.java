package io.autodump.moto;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** What the account in moto asks the test for: it runs the functions and the jobs, and hears the notices. */
final class MotoHook implements AutoCloseable {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final int FAILED = 500;
    private static final int FINE = 200;

    private final HttpServer server;
    private final ExecutorService executor = Executors.newCachedThreadPool();
    private final Map<String, Deque<JobEnd>> ends = new ConcurrentHashMap<>();
    private final Set<String> broken = ConcurrentHashMap.newKeySet();
    private final List<JsonNode> jobs = new CopyOnWriteArrayList<>();
    private final List<JsonNode> notices = new CopyOnWriteArrayList<>();
    private final List<String> answers = new CopyOnWriteArrayList<>();
    private final Functions functions;

    /** The deployed functions. */
    @FunctionalInterface
    interface Functions {
        String invoke(String handler, Map<String, String> environment, String event) throws IOException;
    }

    /**
     * How a job ended.
     *
     * @param exitCode null if there never was a container
     * @param reason what Batch says of the container, or null
     * @param log its lines
     */
    record JobEnd(
            @org.jspecify.annotations.Nullable Integer exitCode,
            String statusReason,
            @org.jspecify.annotations.Nullable String reason,
            List<String> log) {
        static JobEnd exit(int code) {
            return new JobEnd(code, "Essential container in task exited", null, List.of());
        }
    }

    MotoHook(Functions functions) throws IOException {
        this.functions = functions;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(executor);
        server.createContext("/function", exchange -> answer(exchange, this::function));
        server.createContext("/job", exchange -> answer(exchange, this::job));
        server.createContext("/notice", exchange -> answer(exchange, this::notice));
        server.createContext("/answer", exchange -> answer(exchange, this::stackAnswer));
        server.start();
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** The next job for the secret ends so. Without it, a job succeeds. */
    void endNextJob(String secretArn, JobEnd end) {
        ends.computeIfAbsent(secretArn, any -> new ConcurrentLinkedDeque<>()).add(end);
    }

    /** From now on the function fails whenever its event has this text in it. */
    void breakFunction(String handler, String text) {
        broken.add(handler + " " + text);
    }

    /** The jobs of a secret, as they were submitted. */
    List<JsonNode> jobs(String secretArn) {
        return jobs.stream().filter(job -> secretOf(job).equals(secretArn)).toList();
    }

    /** The texts of the notices that name this. */
    List<String> notices(String text) {
        return notices.stream()
                .map(notice -> notice.path("message").asText())
                .filter(message -> message.contains(text))
                .toList();
    }

    /** How custom resources answered CloudFormation. */
    List<String> answers() {
        return List.copyOf(answers);
    }

    private static String secretOf(JsonNode job) {
        return job.path("environment").path("SECRET_ARN").asText();
    }

    private String function(JsonNode question) throws IOException {
        String handler = question.path("handler").asText();
        String event = question.path("event").toString();
        if (broken.stream()
                .anyMatch(each ->
                        each.startsWith(handler + " ") && event.contains(each.substring(handler.length() + 1)))) {
            throw new IOException("out of order");
        }
        return functions.invoke(handler, MAPPER.convertValue(question.path("environment"), Texts.class), event);
    }

    private String job(JsonNode question) {
        jobs.add(question);
        Deque<JobEnd> planned = ends.get(secretOf(question));
        JobEnd end = planned == null ? null : planned.poll();
        ObjectNode answer = MAPPER.valueToTree(end == null ? JobEnd.exit(0) : end);
        return answer.toString();
    }

    private String stackAnswer(JsonNode question) {
        answers.add(question.path("Status").asText());
        return "{}";
    }

    private String notice(JsonNode question) {
        notices.add(question);
        return "{}";
    }

    @FunctionalInterface
    private interface Answering {
        String to(JsonNode question) throws IOException;
    }

    private static void answer(HttpExchange exchange, Answering answering) throws IOException {
        try (exchange) {
            String text;
            int status = FINE;
            try {
                text = answering.to(MAPPER.readTree(exchange.getRequestBody()));
            } catch (IOException | RuntimeException failed) {
                status = FAILED;
                text = MAPPER.createObjectNode()
                        .put("errorMessage", String.valueOf(failed.getMessage()))
                        .put("errorType", failed.getClass().getName())
                        .toString();
            }
            byte[] bytes = text.getBytes(UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        executor.shutdownNow();
    }

    /** For Jackson: an environment. */
    private static final class Texts extends java.util.HashMap<String, String> {
        private static final long serialVersionUID = 1;
    }
}

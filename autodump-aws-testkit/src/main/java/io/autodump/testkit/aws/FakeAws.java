package io.autodump.testkit.aws;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One account in one region, answered over HTTP as the services do: the same protocols, error names and rules for
 * idempotence. Every action takes the set latency. Thread-safe; a test may change it while it runs.
 */
public final class FakeAws implements AutoCloseable {
    /** The region that every ARN names. */
    public static final String REGION = "us-east-1";

    /** The account that every ARN names. */
    public static final String ACCOUNT = "123456789012";

    static {
        // Without it every answer waits for the client's delayed acknowledgement: 40 ms each.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool(FakeAws::daemon);
    private final FakeSecrets secrets = new FakeSecrets();
    private final FakeExecutions executions = new FakeExecutions();
    private final FakeMessages messages = new FakeMessages();
    private final Map<String, AtomicInteger> calls = new ConcurrentHashMap<>();
    private final Map<String, String> denials = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> lostAnswers = new ConcurrentHashMap<>();
    private final List<String> accessKeys = Collections.synchronizedList(new ArrayList<>());
    private final AtomicLong received = new AtomicLong();
    private volatile Duration latency = Duration.ZERO;
    private volatile int throttleEvery;

    private FakeAws() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /** An account with nothing in it. */
    public static FakeAws start() {
        try {
            return new FakeAws();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Where all services answer. */
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    public FakeSecrets secrets() {
        return secrets;
    }

    public FakeExecutions executions() {
        return executions;
    }

    /** What SNS and EventBridge were given. */
    public FakeMessages messages() {
        return messages;
    }

    /** How long every call takes, at least; nothing by default. */
    public void latency(Duration each) {
        latency = each;
    }

    /** Refuses every nth call of all with {@code ThrottlingException}; 0 refuses none. */
    public void throttleEvery(int n) {
        throttleEvery = n;
    }

    /**
     * Denies an action on whatever request mentions a text.
     *
     * @param action such as {@code GetSecretValue}
     * @param mentioned a name or ARN; empty for every request
     * @param message of the {@code AccessDeniedException}
     */
    public void deny(String action, String mentioned, String message) {
        denials.put(action + "\n" + mentioned, message);
    }

    /** Takes a denial back that was made with the same action and text. */
    public void allow(String action, String mentioned) {
        denials.remove(action + "\n" + mentioned);
    }

    /** Does what the next calls of an action ask for, and answers them with status 500. */
    public void loseAnswers(String action, int times) {
        lostAnswers.put(action, new AtomicInteger(times));
    }

    /** How often an action was called, throttled calls included. */
    public int calls(String action) {
        return Optional.ofNullable(calls.get(action)).map(AtomicInteger::get).orElse(0);
    }

    /** The access keys that calls were signed with, each with its action: {@code ListSecrets AKIDEXAMPLE}. */
    public List<String> accessKeys() {
        synchronized (accessKeys) {
            return List.copyOf(accessKeys);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            FakeRequest request = FakeRequest.read(exchange);
            calls.computeIfAbsent(request.action(), action -> new AtomicInteger())
                    .incrementAndGet();
            accessKeys.add(request.action() + " " + request.accessKey());
            Thread.sleep(latency.toMillis());
            FakeAnswer answer = answer(request);
            byte[] body = answer.body(request).getBytes(UTF_8);
            exchange.getResponseHeaders().add("x-amzn-RequestId", "request-" + received.get());
            exchange.getResponseHeaders().add("Content-Type", request.contentType());
            exchange.sendResponseHeaders(answer.status(), body.length);
            exchange.getResponseBody().write(body);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private FakeAnswer answer(FakeRequest request) {
        long number = received.incrementAndGet();
        if (throttleEvery > 0 && number % throttleEvery == 0) {
            return FakeAnswer.error("ThrottlingException", "Rate exceeded");
        }
        Optional<String> denial = denials.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(request.action() + "\n")
                        && request.text()
                                .contains(entry.getKey()
                                        .substring(request.action().length() + 1)))
                .map(Map.Entry::getValue)
                .findFirst();
        if (denial.isPresent()) {
            return FakeAnswer.error("AccessDeniedException", denial.get());
        }
        FakeAnswer done = dispatch(request);
        AtomicInteger lost = lostAnswers.getOrDefault(request.action(), new AtomicInteger());
        return lost.getAndUpdate(left -> Math.max(0, left - 1)) > 0 ? FakeAnswer.internalError() : done;
    }

    private FakeAnswer dispatch(FakeRequest request) {
        return switch (request.action()) {
            case "ListSecrets" -> secrets.list(request);
            case "DescribeSecret" -> secrets.describe(request);
            case "GetSecretValue" -> secrets.value(request);
            case "StartExecution" -> executions.start(request);
            case "PutEvents" -> messages.put(request);
            case "Publish" -> messages.publish(request);
            case "GetCallerIdentity" -> FakeRoles.identity();
            case "AssumeRole" -> FakeRoles.assume(request);
            default -> FakeAnswer.error("UnknownOperationException", "no " + request.action() + " here");
        };
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "fake-aws");
        thread.setDaemon(true);
        return thread;
    }
}

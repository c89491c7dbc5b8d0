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
 * A fake account in one region. It responds over HTTP as the services do, with the same protocols, error names and
 * rules for idempotence, and accepts any credentials. S3 isn't part of it; see {@link S3Server}. Thread-safe: a test
 * may change it while calls arrive.
 *
 * <pre>{@code
 * try (FakeAws aws = FakeAws.start();
 *         AwsClients clients = AwsClients.builder()
 *                 .region(FakeAws.REGION)
 *                 .credentials("any", "any")
 *                 .endpoint(aws.endpoint())
 *                 .build()) {
 *     aws.secrets().put("orders", Map.of("autodump:start-schedule", "0 3 * * *"), "{}");
 *     new SecretsManagerCatalog(clients.secretsManager()).tagged();
 * }
 * }</pre>
 */
public final class FakeAws implements AutoCloseable {
    /** The region of every ARN. */
    public static final String REGION = "us-east-1";

    /** The account id of every ARN. */
    public static final String ACCOUNT = "123456789012";

    static {
        // Without this setting, every response waits 40 ms for the client's delayed acknowledgement.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool(FakeAws::daemon);
    private final FakeSecrets secrets = new FakeSecrets();
    private final FakeExecutions executions = new FakeExecutions();
    private final FakeDatabases databases = new FakeDatabases();
    private final FakeMessages messages = new FakeMessages();
    private final FakeLogs logs = new FakeLogs();
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

    /** Starts an empty account. Close it at the end of the test. */
    public static FakeAws start() {
        try {
            return new FakeAws();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Returns the endpoint of all services. */
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Returns the secrets in Secrets Manager. */
    public FakeSecrets secrets() {
        return secrets;
    }

    /** Returns the executions in Step Functions. */
    public FakeExecutions executions() {
        return executions;
    }

    /** Returns the instances and clusters in RDS. */
    public FakeDatabases databases() {
        return databases;
    }

    /** Returns what was sent to SNS and EventBridge. */
    public FakeMessages messages() {
        return messages;
    }

    /** Returns the log streams in CloudWatch Logs. */
    public FakeLogs logs() {
        return logs;
    }

    /** Delays every response by this time. Default: no delay. */
    public void latency(Duration each) {
        latency = each;
    }

    /** Refuses every nth call with {@code ThrottlingException}. Default: 0, which refuses none. */
    public void throttleEvery(int n) {
        throttleEvery = n;
    }

    /**
     * Denies an action with {@code AccessDeniedException}, until {@link #allow}.
     *
     * @param action such as {@code GetSecretValue}
     * @param mentioned only requests that contain this text, such as a name or an ARN; empty for all requests
     * @param message the message of the exception
     */
    public void deny(String action, String mentioned, String message) {
        denials.put(action + "\n" + mentioned, message);
    }

    /** Ends a denial with the same action and text. */
    public void allow(String action, String mentioned) {
        denials.remove(action + "\n" + mentioned);
    }

    /** Performs the next calls of an action, but responds with status 500, as if the response had been lost. */
    public void loseAnswers(String action, int times) {
        lostAnswers.put(action, new AtomicInteger(times));
    }

    /** Returns how often an action was called. Includes throttled and denied calls. */
    public int calls(String action) {
        return Optional.ofNullable(calls.get(action)).map(AtomicInteger::get).orElse(0);
    }

    /** Returns the action and the access key of each call, in order: {@code ListSecrets AKIDEXAMPLE}. */
    public List<String> accessKeys() {
        synchronized (accessKeys) {
            return List.copyOf(accessKeys);
        }
    }

    /** Stops the server. */
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
            case "ListExecutions" -> executions.list(request);
            case "DescribeExecution" -> executions.describe(request);
            case "ListStateMachines" -> FakeExecutions.machines();
            case "DescribeStateMachine" -> FakeExecutions.machine(request);
            case "FilterLogEvents" -> logs.filter(request);
            case "GetLogEvents" -> logs.get(request);
            case "StopExecution" -> executions.stop(request);
            case "DescribeDBInstances" -> databases.instances(request);
            case "DescribeDBClusters" -> databases.clusters(request);
            case "PutEvents" -> messages.put(request);
            case "Publish" -> messages.publish(request);
            case "GetCallerIdentity" -> FakeRoles.identity();
            case "AssumeRole" -> FakeRoles.assume(request);
            default ->
                FakeAnswer.error("UnknownOperationException", "the fake account has no action " + request.action());
        };
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "fake-aws");
        thread.setDaemon(true);
        return thread;
    }
}

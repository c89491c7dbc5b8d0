package io.autodump.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The endpoint that Lambda gives a runtime (developer guide, "Using the Lambda runtime API"). */
final class RuntimeApi implements AutoCloseable {
    private static final String BASE = "/2018-06-01/runtime";
    private static final long DEADLINE_MILLIS = 60_000;

    private final HttpServer server;
    private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
    private final BlockingQueue<Answer> answers = new LinkedBlockingQueue<>();
    private final CountDownLatch ready = new CountDownLatch(1);
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicInteger restores = new AtomicInteger();

    /** What a function gave back: a response, or an error of an invocation or of the initialisation. */
    record Answer(boolean success, String path, String body) {}

    RuntimeApi() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool(work -> {
            Thread thread = new Thread(work, "runtime-api");
            thread.setDaemon(true);
            return thread;
        }));
        server.createContext(BASE, this::handle);
        server.start();
    }

    String address() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    /** How often a runtime said that it may be frozen for a snapshot. */
    int restores() {
        return restores.get();
    }

    /** Waits until a function has asked for its first event: its initialisation is over. */
    void awaitReady() throws InterruptedException {
        if (!ready.await(DEADLINE_MILLIS, TimeUnit.MILLISECONDS)) {
            throw new AssertionError("not ready within a minute");
        }
    }

    Answer invoke(String event) throws InterruptedException {
        events.add(event);
        Answer answer = answers.poll(DEADLINE_MILLIS, TimeUnit.MILLISECONDS);
        if (answer == null) {
            throw new AssertionError("no answer within a minute to " + event);
        }
        return answer;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath().substring(BASE.length());
            String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            if (path.equals("/invocation/next")) {
                next(exchange);
            } else if (path.equals("/restore/next")) {
                restores.incrementAndGet();
                accept(exchange, 200);
            } else {
                accept(exchange, 202);
                answers.add(new Answer(path.endsWith("/response"), path, body));
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static void accept(HttpExchange exchange, int status) throws IOException {
        byte[] body = "{\"status\":\"OK\"}".getBytes(UTF_8);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    private void next(HttpExchange exchange) throws IOException, InterruptedException {
        ready.countDown();
        byte[] event = events.take().getBytes(UTF_8);
        var headers = exchange.getResponseHeaders();
        headers.add("Lambda-Runtime-Aws-Request-Id", "request-" + requests.incrementAndGet());
        headers.add("Lambda-Runtime-Deadline-Ms", String.valueOf(System.currentTimeMillis() + DEADLINE_MILLIS));
        headers.add("Lambda-Runtime-Invoked-Function-Arn", "arn:aws:lambda:us-east-1:123456789012:function:autodump");
        headers.add("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, event.length);
        exchange.getResponseBody().write(event);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}

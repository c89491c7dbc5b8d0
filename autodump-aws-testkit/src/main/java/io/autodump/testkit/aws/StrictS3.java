package io.autodump.testkit.aws;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.autodump.testkit.aws.StrictS3Objects.Stored;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A small S3 server in this process that imposes the rules of other stores than AWS. It knows the calls of a dump, a
 * restore, a listing and a check, and doesn't check signatures. Any bucket exists. It keeps everything in memory, and
 * equal blocks of 256 KiB once. Thread-safe.
 *
 * @since 0.1.0
 */
public final class StrictS3 implements AutoCloseable {
    private static final int NOTHING = -1;

    private final S3Rules rules;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "strict-s3");
        thread.setDaemon(true);
        return thread;
    });
    private final StrictS3Objects objects;

    private StrictS3(S3Rules rules) {
        this.rules = rules;
        this.objects = new StrictS3Objects(rules);
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        server.setExecutor(threads);
        server.createContext("/", this::serve);
        server.start();
    }

    /** Starts a server on a free port of the loopback interface. */
    public static StrictS3 start(S3Rules rules) {
        return new StrictS3(rules);
    }

    /** Returns the URL of the server. Buckets are in the path. */
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Returns the keys of all objects, with the bucket before them. */
    public List<String> keys() {
        return objects.keys("");
    }

    /** Returns the number of uploads that were neither completed nor aborted. */
    public int openUploads() {
        return objects.openUploads();
    }

    /** Returns how many objects were read as a whole or in part. */
    public int reads() {
        return objects.reads();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            StrictS3Request request = StrictS3Request.of(exchange);
            try {
                request.obey(rules);
                answer(exchange, request);
            } catch (StrictS3Refusal refusal) {
                send(exchange, refusal.status(), refusal.xml());
            }
        }
    }

    private void answer(HttpExchange exchange, StrictS3Request request) throws IOException {
        switch (request.call()) {
            case "POST uploads" -> send(exchange, 200, objects.begin(request));
            case "PUT part" -> tagged(exchange, objects.part(request));
            case "POST complete" -> send(exchange, 200, objects.complete(request));
            case "DELETE upload" -> {
                objects.abort(request);
                send(exchange, 204, "");
            }
            case "GET parts" -> send(exchange, 200, objects.parts(request));
            case "GET uploads" -> send(exchange, 200, objects.uploads(request));
            case "GET list" -> send(exchange, 200, objects.list(request));
            case "PUT object" -> tagged(exchange, objects.put(request));
            case "DELETE object" -> {
                objects.delete(request);
                send(exchange, 204, "");
            }
            case "HEAD object" -> head(exchange, objects.head(request));
            case "GET object" -> get(exchange, request, objects.get(request));
            default -> throw new StrictS3Refusal(501, "NotImplemented", request.call());
        }
    }

    private static void tagged(HttpExchange exchange, String eTag) throws IOException {
        exchange.getResponseHeaders().set("ETag", "\"" + eTag + "\"");
        send(exchange, 200, "");
    }

    private static void head(HttpExchange exchange, Stored object) throws IOException {
        describe(exchange, object);
        exchange.getResponseHeaders()
                .set("Content-Length", String.valueOf(object.bytes().size()));
        exchange.sendResponseHeaders(200, NOTHING);
    }

    private static void get(HttpExchange exchange, StrictS3Request request, Stored object) throws IOException {
        describe(exchange, object);
        long from = request.rangeStart();
        long length = object.bytes().size() - from;
        exchange.sendResponseHeaders(from > 0 ? 206 : 200, length == 0 ? NOTHING : length);
        try (OutputStream body = exchange.getResponseBody()) {
            object.bytes().writeTo(body, from);
        }
    }

    private static void describe(HttpExchange exchange, Stored object) {
        exchange.getResponseHeaders().set("ETag", "\"" + object.eTag() + "\"");
        exchange.getResponseHeaders().set("Last-Modified", "Sun, 22 Nov 2026 08:00:00 GMT");
        object.metadata().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
    }

    private static void send(HttpExchange exchange, int status, String xml) throws IOException {
        try (InputStream rest = exchange.getRequestBody()) {
            rest.transferTo(OutputStream.nullOutputStream());
        }
        byte[] body = exchange.getRequestMethod().equals("HEAD") ? new byte[0] : xml.getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/xml");
        exchange.sendResponseHeaders(status, body.length == 0 ? NOTHING : body.length);
        if (body.length > 0) {
            exchange.getResponseBody().write(body);
        }
    }
}

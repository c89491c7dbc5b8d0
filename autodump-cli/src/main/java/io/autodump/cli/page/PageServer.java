package io.autodump.cli.page;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.internal.IoReason;
import io.autodump.core.usecase.status.OverviewReport;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * Shows the page at {@code /}, metrics at {@code /metrics}, and that the process works at {@code /healthz}. Changes
 * nothing and asks for no password, so it listens on the loopback interface unless told otherwise. What it shows is at
 * most a minute old. Thread-safe.
 */
public final class PageServer implements AutoCloseable {
    private static final Duration FRESH = Duration.ofMinutes(1);
    private static final int THREADS = 4;
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;
    private static final int METHOD_NOT_ALLOWED = 405;
    private static final int MISDIRECTED = 421;
    private static final int UNAVAILABLE = 503;
    private static final String TEXT = "text/plain; charset=utf-8";
    private static final Set<String> LOOPBACK_NAMES = Set.of("localhost", "127.0.0.1", "[::1]");

    private final PageSource source;
    private final HttpServer server;
    private final ExecutorService threads;
    private @Nullable OverviewReport last;
    private long lastAt;

    private PageServer(PageSource source, HttpServer server) {
        this.source = source;
        this.server = server;
        this.threads = Executors.newFixedThreadPool(THREADS, PageServer::daemon);
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "autodump-http");
        thread.setDaemon(true);
        return thread;
    }

    /**
     * Starts a server.
     *
     * @throws AutoDumpException {@code INVALID_ARGUMENT} if the address can't be used
     */
    public static PageServer start(InetSocketAddress address, PageSource source) {
        // A client that sends its request slowly, or reads the answer slowly, must not hold a thread for ever.
        System.setProperty("sun.net.httpserver.maxReqTime", "10");
        System.setProperty("sun.net.httpserver.maxRspTime", "60");
        try {
            PageServer server = new PageServer(source, HttpServer.create(address, 0));
            server.server.createContext("/", server::answer);
            server.server.setExecutor(server.threads);
            server.server.start();
            return server;
        } catch (IOException failed) {
            throw new AutoDumpException(
                    ErrorCode.INVALID_ARGUMENT,
                    "can't listen on " + address.getHostString() + ":" + address.getPort() + ": " + IoReason.of(failed)
                            + "; nothing was started",
                    "choose another address or port with --http",
                    failed);
        }
    }

    /** Returns the URL of the page. */
    public URI uri() {
        InetSocketAddress address = server.getAddress();
        String host = address.getAddress().getHostAddress();
        return URI.create("http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort() + "/");
    }

    private record Answer(int status, String type, String body) {}

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            Answer answer = answer(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().getPath(),
                    Optional.ofNullable(exchange.getRequestHeaders().getFirst("Host")));
            byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
            Headers headers = exchange.getResponseHeaders();
            headers.set("Content-Type", answer.type());
            headers.set("Cache-Control", "no-store");
            headers.set("X-Content-Type-Options", "nosniff");
            headers.set("X-Frame-Options", "DENY");
            headers.set("Referrer-Policy", "no-referrer");
            boolean head = exchange.getRequestMethod().equals("HEAD");
            exchange.sendResponseHeaders(answer.status(), head ? -1 : body.length);
            if (!head) {
                exchange.getResponseBody().write(body);
            }
        }
    }

    private Answer answer(String method, String path, Optional<String> host) {
        if (!isForThisServer(host)) {
            return new Answer(MISDIRECTED, TEXT, "this server is known as localhost\n");
        } else if (!method.equals("GET") && !method.equals("HEAD")) {
            return new Answer(METHOD_NOT_ALLOWED, TEXT, "only GET and HEAD\n");
        }
        return switch (path) {
            case "/" -> page();
            case "/metrics" -> metrics();
            case "/healthz" -> new Answer(OK, TEXT, "ok\n");
            default -> new Answer(NOT_FOUND, TEXT, "not found: /, /metrics, /healthz\n");
        };
    }

    /**
     * On the loopback interface, a foreign name is an attempt of another page in a browser on this machine to read
     * this page (DNS rebinding).
     */
    private boolean isForThisServer(Optional<String> host) {
        return !server.getAddress().getAddress().isLoopbackAddress()
                || host.map(name -> name.replaceFirst(":\\d+$", ""))
                        .filter(LOOPBACK_NAMES::contains)
                        .isPresent();
    }

    private Answer page() {
        try {
            return new Answer(OK, "text/html; charset=utf-8", source.page(report()));
        } catch (AutoDumpException failed) {
            return new Answer(UNAVAILABLE, TEXT, failed.report() + "\n");
        }
    }

    private Answer metrics() {
        String type = "text/plain; version=0.0.4; charset=utf-8";
        try {
            return new Answer(OK, type, Metrics.of(report(), source.channels()));
        } catch (AutoDumpException failed) {
            return new Answer(OK, type, Metrics.unknown());
        }
    }

    /** One look at a time; the others wait for its result. */
    private synchronized OverviewReport report() {
        @Nullable OverviewReport known = last;
        if (known != null && System.nanoTime() - lastAt < FRESH.toNanos()) {
            return known;
        }
        OverviewReport looked = source.look();
        last = looked;
        lastAt = System.nanoTime();
        return looked;
    }

    /** The addresses that {@code --http} takes: {@code 8080}, {@code :8080}, {@code HOST:8080}, {@code [::1]:8080}. */
    public static InetSocketAddress address(String text) {
        int colon = text.lastIndexOf(':');
        String host = colon <= 0 ? "127.0.0.1" : text.substring(0, colon).replaceFirst("^\\[(.*)]$", "$1");
        try {
            InetSocketAddress address = new InetSocketAddress(host, Integer.parseInt(text.substring(colon + 1)));
            if (!address.isUnresolved()) {
                return address;
            }
        } catch (IllegalArgumentException wrong) {
            // Reported below, like a name that can't be resolved.
        }
        throw new AutoDumpException(
                ErrorCode.INVALID_ARGUMENT,
                "--http is a port or ADDRESS:PORT, such as 8080 or 0.0.0.0:8080, not \"" + text
                        + "\"; nothing was started",
                "see: autodump run --help");
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}

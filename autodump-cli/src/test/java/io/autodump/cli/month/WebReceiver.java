package io.autodump.cli.month;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server on the loopback interface for a webhook and a dead man's switch. */
final class WebReceiver implements AutoCloseable {
    private final HttpServer server;
    private final List<String> hooks = new CopyOnWriteArrayList<>();
    private final List<String> pings = new CopyOnWriteArrayList<>();

    WebReceiver() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        server.createContext("/hook", exchange -> {
            hooks.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            answer(exchange);
        });
        server.createContext("/ping/", exchange -> {
            pings.add(exchange.getRequestURI().getPath().substring("/ping/".length()));
            answer(exchange);
        });
        server.start();
    }

    private static void answer(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, -1);
        exchange.close();
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** The bodies that the webhook received. */
    List<String> hooks() {
        return hooks;
    }

    /** The names of the secrets, with the ending of the call. */
    List<String> pings() {
        return pings;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}

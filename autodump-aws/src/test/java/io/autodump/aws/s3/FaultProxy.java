package io.autodump.aws.s3;

import io.autodump.aws.s3.request.S3Call;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Stands before a real S3 server on this machine, remembers every request, and fails where it is told to. */
final class FaultProxy implements AutoCloseable {
    private final ServerSocket listener;
    private final int upstream;
    private final List<Rule> rules = new CopyOnWriteArrayList<>();
    private final List<S3Request> requests = new CopyOnWriteArrayList<>();

    private record Rule(Predicate<S3Request> where, AtomicInteger skip, AtomicInteger times, Fault fault) {
        boolean takes(S3Request request) {
            return where.test(request) && skip.getAndDecrement() <= 0 && times.getAndDecrement() > 0;
        }
    }

    /** What becomes of one request. */
    @FunctionalInterface
    interface Fault {
        void apply(Exchange exchange) throws IOException;
    }

    static Fault answer(int status, String code) {
        return exchange -> exchange.reply(HttpMessage.error(status, code), Integer.MAX_VALUE);
    }

    /** The connection breaks before S3 hears of the request. */
    static Fault reset() {
        return Exchange::reset;
    }

    /** S3 never hears of the request, and nobody answers. */
    static Fault silence() {
        return Exchange::waitForHangUp;
    }

    /** S3 does the work, and the connection breaks before its answer arrives. */
    static Fault loseAnswer() {
        return exchange -> {
            exchange.forward();
            exchange.reset();
        };
    }

    /** S3 does the work, and its answer takes longer than anybody waits. */
    static Fault withholdAnswer() {
        return exchange -> {
            exchange.forward();
            exchange.waitForHangUp();
        };
    }

    /** The answer's body breaks off. */
    static Fault cutAnswer(int bytes) {
        return exchange -> {
            exchange.reply(exchange.forward(), bytes);
            exchange.reset();
        };
    }

    static Fault changeAnswer(UnaryOperator<HttpMessage> change) {
        return exchange -> exchange.reply(change.apply(exchange.forward()), Integer.MAX_VALUE);
    }

    /** Something else happens first, as if at the same moment. */
    static Fault after(Runnable action) {
        return exchange -> {
            action.run();
            exchange.reply(exchange.forward(), Integer.MAX_VALUE);
        };
    }

    FaultProxy(int upstream) {
        this.upstream = upstream;
        try {
            listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        start(this::accept);
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + listener.getLocalPort());
    }

    /** In the order in which they arrived, the failed ones too. */
    List<S3Request> requests() {
        return List.copyOf(requests);
    }

    List<S3Request> requests(S3Call call) {
        return requests.stream().filter(request -> request.call() == call).toList();
    }

    /** Lets the first requests pass that fit, and applies the fault to as many as follow. */
    void on(Predicate<S3Request> where, int skip, int times, Fault fault) {
        rules.add(new Rule(where, new AtomicInteger(skip), new AtomicInteger(times), fault));
    }

    void on(S3Call call, int times, Fault fault) {
        on(request -> request.call() == call, 0, times, fault);
    }

    void heal() {
        rules.clear();
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                start(() -> serve(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client;
                Exchange exchange = new Exchange(client)) {
            while (!client.isClosed()) {
                Optional<HttpMessage> message = HttpMessage.read(client.getInputStream(), false);
                if (message.isEmpty()) {
                    return;
                }
                S3Request request = new S3Request(message.get());
                requests.add(request);
                exchange.request = request;
                Optional<Rule> rule =
                        rules.stream().filter(each -> each.takes(request)).findFirst();
                if (rule.isPresent()) {
                    rule.get().fault().apply(exchange);
                } else {
                    exchange.reply(exchange.forward(), Integer.MAX_VALUE);
                }
            }
        } catch (IOException broken) {
            // One end hung up; a test wants that now and then.
        }
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "fault-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    /** One request on its way. */
    final class Exchange implements AutoCloseable {
        private final Socket client;
        private @Nullable Socket server;
        private @Nullable S3Request request;

        Exchange(Socket client) {
            this.client = client;
        }

        S3Request request() {
            return Objects.requireNonNull(request);
        }

        HttpMessage forward() throws IOException {
            Socket socket = server;
            if (socket == null) {
                socket = new Socket(InetAddress.getLoopbackAddress(), upstream);
                server = socket;
            }
            request().message().writeTo(socket.getOutputStream(), Integer.MAX_VALUE);
            return HttpMessage.read(socket.getInputStream(), request().method().equals("HEAD"))
                    .orElseThrow(() -> new SocketException("the server hung up"));
        }

        void reply(HttpMessage answer, int bodyBytes) throws IOException {
            answer.writeTo(client.getOutputStream(), request().method().equals("HEAD") ? 0 : bodyBytes);
        }

        /** As a crashed peer or an impatient firewall does it. */
        void reset() throws IOException {
            client.setSoLinger(true, 0);
            client.close();
        }

        void waitForHangUp() throws IOException {
            if (client.getInputStream().read() < 0) {
                client.close();
            }
        }

        @Override
        public void close() throws IOException {
            Socket socket = server;
            if (socket != null) {
                socket.close();
            }
        }
    }
}

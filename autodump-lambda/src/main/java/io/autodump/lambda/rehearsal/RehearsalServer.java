package io.autodump.lambda.rehearsal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Responds to a few calls to AWS with fixed bodies, on the loopback interface. Speaks just enough HTTP for the SDK. */
public final class RehearsalServer implements AutoCloseable {
    private static final Pattern LENGTH = Pattern.compile("content-length: *(\\d+)");
    private static final Pattern TARGET = Pattern.compile("x-amz-target: *(\\S+)");
    private static final String END_OF_HEAD = "\r\n\r\n";

    private final ServerSocket server;
    private final Map<String, String> answers;
    private final Thread acceptor;

    /**
     * Starts the server.
     *
     * @param answers the bodies by the target of the call in the services' JSON protocol, in lower case; the empty key
     *     is for calls without a target
     */
    public RehearsalServer(Map<String, String> answers) throws IOException {
        this.answers = answers;
        this.server = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
        this.acceptor = daemon(this::accept);
    }

    /** Returns the URL to call. */
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                daemon(() -> serve(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket accepted) {
        try (Socket socket = accepted) {
            socket.setTcpNoDelay(true);
            InputStream input = new BufferedInputStream(socket.getInputStream());
            String head = readHead(input);
            while (!head.isEmpty()) {
                input.skipNBytes(Long.parseLong(find(LENGTH, head, "0")));
                byte[] body = answers.getOrDefault(find(TARGET, head, ""), "{}").getBytes(UTF_8);
                String answer = "HTTP/1.1 200 OK\r\nContent-Length: " + body.length + END_OF_HEAD;
                ByteArrayOutputStream both = new ByteArrayOutputStream();
                both.writeBytes(answer.getBytes(ISO_8859_1));
                both.writeBytes(body);
                socket.getOutputStream().write(both.toByteArray());
                head = readHead(input);
            }
        } catch (IOException over) {
            // The client closed the connection.
        }
    }

    /** Reads the request line and the headers, in lower case. Returns an empty text at the end of the connection. */
    private static String readHead(InputStream input) throws IOException {
        StringBuilder head = new StringBuilder();
        int next = input.read();
        while (next >= 0) {
            head.append((char) next);
            if (next == '\n' && head.indexOf(END_OF_HEAD, head.length() - END_OF_HEAD.length()) >= 0) {
                return head.toString().toLowerCase(Locale.ROOT);
            }
            next = input.read();
        }
        return "";
    }

    private static String find(Pattern pattern, String head, String otherwise) {
        Matcher matcher = pattern.matcher(head);
        return matcher.find() ? matcher.group(1) : otherwise;
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "autodump-rehearsal");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** Frees the port before it returns: a socket is closed only when no thread waits on it. */
    @Override
    public void close() throws IOException {
        server.close();
        try {
            acceptor.join();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}

package io.autodump.cli.mail;

import io.autodump.cli.mail.MailServer.Encryption;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** Enough of an SMTP server on the loopback interface for one mail at a time. */
public final class SmtpReceiver implements AutoCloseable {
    /** Among the lines: from here on, the connection is encrypted. */
    static final String ENCRYPTED = "(encrypted)";

    private final ServerSocket socket;
    private final Encryption encryption;
    private final Optional<SSLSocketFactory> tls;
    private final List<String> lines = new CopyOnWriteArrayList<>();

    /** A server that doesn't encrypt. */
    public SmtpReceiver() {
        this(Encryption.NONE, Optional.empty());
    }

    /** A server that encrypts with this certificate. */
    SmtpReceiver(Encryption encryption, TestCertificate certificate) {
        this(encryption, Optional.of(certificate.server()));
    }

    private SmtpReceiver(Encryption encryption, Optional<SSLSocketFactory> tls) {
        this.encryption = encryption;
        this.tls = tls;
        try {
            socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        Thread thread = new Thread(this::serve, "smtp");
        thread.setDaemon(true);
        thread.start();
    }

    public int port() {
        return socket.getLocalPort();
    }

    /** All lines that clients sent. */
    public List<String> lines() {
        return lines;
    }

    private void serve() {
        while (!socket.isClosed()) {
            try (Socket client = socket.accept()) {
                converse(encryption == Encryption.IMPLICIT ? encrypted(client) : client);
            } catch (IOException closed) {
                // The test is over, or the client has hung up.
            }
        }
    }

    private Socket encrypted(Socket client) throws IOException {
        SSLSocket wrapped = (SSLSocket) tls.orElseThrow().createSocket(client, null, client.getPort(), true);
        wrapped.setUseClientMode(false);
        wrapped.startHandshake();
        lines.add(ENCRYPTED);
        return wrapped;
    }

    private void converse(Socket client) throws IOException {
        print(client, "220 test\r\n");
        Socket connection = client;
        BufferedReader in = reader(connection);
        boolean body = false;
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            lines.add(line);
            if (body && !line.equals(".")) {
                continue;
            }
            body = line.equals("DATA");
            print(connection, answer(line));
            if (line.equals("STARTTLS")) {
                connection = encrypted(client);
                in = reader(connection);
            }
        }
    }

    private static BufferedReader reader(Socket connection) throws IOException {
        return new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8));
    }

    private static void print(Socket connection, String text) throws IOException {
        connection.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        connection.getOutputStream().flush();
    }

    private String answer(String line) {
        if (line.startsWith("EHLO")) {
            String offer = encryption == Encryption.STARTTLS ? "250-STARTTLS\r\n" : "";
            return "250-test\r\n" + offer + "250 AUTH PLAIN\r\n";
        }
        return switch (line.split(" ", 2)[0]) {
            case "DATA" -> "354 go on\r\n";
            case "AUTH" -> password(line).equals("wrong") ? "535 no\r\n" : "235 welcome\r\n";
            case "STARTTLS" -> "220 go on\r\n";
            case "QUIT" -> "221 bye\r\n";
            default -> "250 fine\r\n";
        };
    }

    /** What follows the last zero byte of the response. */
    private static String password(String line) {
        String decoded =
                new String(Base64.getDecoder().decode(line.substring("AUTH PLAIN ".length())), StandardCharsets.UTF_8);
        return decoded.substring(decoded.lastIndexOf('\0') + 1);
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}

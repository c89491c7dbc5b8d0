package io.autodump.cli.mail;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Enough of an SMTP server on the loopback interface for one mail at a time, without encryption. */
public final class SmtpReceiver implements AutoCloseable {
    private final ServerSocket socket;
    private final List<String> lines = new CopyOnWriteArrayList<>();

    public SmtpReceiver() {
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
        try {
            while (true) {
                try (Socket client = socket.accept()) {
                    converse(client);
                }
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private void converse(Socket client) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
        PrintStream out = new PrintStream(client.getOutputStream(), true, StandardCharsets.UTF_8);
        out.print("220 test\r\n");
        boolean body = false;
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            lines.add(line);
            if (body && !line.equals(".")) {
                continue;
            }
            body = line.equals("DATA");
            out.print(answer(line));
        }
    }

    private static String answer(String line) {
        if (line.startsWith("EHLO")) {
            return "250-test\r\n250 AUTH PLAIN\r\n";
        }
        return switch (line.split(" ", 2)[0]) {
            case "DATA" -> "354 go on\r\n";
            case "AUTH" -> password(line).equals("wrong") ? "535 no\r\n" : "235 welcome\r\n";
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

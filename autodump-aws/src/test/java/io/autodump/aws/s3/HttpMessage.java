package io.autodump.aws.s3;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** A request or a response as it goes over the wire, just enough of HTTP/1.1 for a test. */
final class HttpMessage {
    private static final String END = "\r\n\r\n";

    private final String head;
    private final byte[] body;

    HttpMessage(String head, byte[] body) {
        this.head = head;
        this.body = body;
    }

    String head() {
        return head;
    }

    static HttpMessage xml(int status, String text) {
        byte[] body = text.getBytes(UTF_8);
        return new HttpMessage(
                "HTTP/1.1 " + status + " Status\r\nContent-Type: application/xml\r\nContent-Length: " + body.length
                        + END,
                body);
    }

    static HttpMessage error(int status, String code) {
        return xml(
                status,
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Error><Code>" + code
                        + "</Code><Message>for the test</Message>" + "</Error>");
    }

    /** The next message; empty at the end of the connection. */
    static Optional<HttpMessage> read(InputStream in, boolean bodyless) throws IOException {
        Optional<String> head = readHead(in);
        if (head.isEmpty()) {
            return Optional.empty();
        }
        HttpMessage message = new HttpMessage(head.get(), new byte[0]);
        if (bodyless) {
            return Optional.of(message);
        }
        if (message.header("transfer-encoding").filter("chunked"::equals).isPresent()) {
            return Optional.of(message.withBody(readChunked(in)));
        }
        int length = Integer.parseInt(message.header("content-length").orElse("0"));
        byte[] body = in.readNBytes(length);
        if (body.length < length) {
            throw new EOFException();
        }
        return Optional.of(message.withBody(body));
    }

    static Optional<String> readHead(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.length() < END.length() || head.indexOf(END, head.length() - END.length()) < 0) {
            int next = in.read();
            if (next < 0) {
                return Optional.empty();
            }
            head.append((char) next);
        }
        return Optional.of(head.toString());
    }

    /** As it comes, so that it can be passed on. */
    private static byte[] readChunked(InputStream in) throws IOException {
        ByteArrayOutputStream raw = new ByteArrayOutputStream();
        while (true) {
            String line = readLine(in, raw);
            int size = Integer.parseInt(line.strip(), 16);
            raw.writeBytes(in.readNBytes(size));
            readLine(in, raw);
            if (size == 0) {
                return raw.toByteArray();
            }
        }
    }

    private static String readLine(InputStream in, ByteArrayOutputStream raw) throws IOException {
        StringBuilder line = new StringBuilder();
        int next;
        do {
            next = in.read();
            if (next < 0) {
                throw new EOFException();
            }
            raw.write(next);
            line.append((char) next);
        } while (next != '\n');
        return line.toString();
    }

    Optional<String> header(String name) {
        String prefix = name.toLowerCase(Locale.ROOT) + ":";
        return head.lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(prefix))
                .map(line -> line.substring(prefix.length()).strip())
                .findFirst();
    }

    HttpMessage withBody(byte[] other) {
        return new HttpMessage(head, other);
    }

    /** The same without a header. */
    HttpMessage without(String name) {
        String prefix = name.toLowerCase(Locale.ROOT) + ":";
        return new HttpMessage(
                head.lines()
                        .filter(line -> !line.toLowerCase(Locale.ROOT).startsWith(prefix))
                        .filter(line -> !line.isEmpty())
                        .collect(Collectors.joining("\r\n", "", END)),
                body);
    }

    HttpMessage with(String name, String value) {
        HttpMessage other = without(name);
        return new HttpMessage(
                other.head.substring(0, other.head.length() - 2) + name + ": " + value + END, other.body);
    }

    void writeTo(OutputStream out, int bodyBytes) throws IOException {
        out.write(head.getBytes(ISO_8859_1));
        out.write(body, 0, Math.min(bodyBytes, body.length));
        out.flush();
    }
}

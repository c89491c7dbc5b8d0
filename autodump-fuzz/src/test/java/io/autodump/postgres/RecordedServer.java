package io.autodump.postgres;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.SocketFactory;
import org.postgresql.Driver;

/** A server whose answers are given beforehand, for the real driver, without a network. */
public final class RecordedServer extends SocketFactory {
    private static final Map<String, byte[]> ANSWERS = new ConcurrentHashMap<>();
    private static final AtomicLong NUMBERS = new AtomicLong();

    private final byte[] answers;

    /** The driver calls this. */
    public RecordedServer(String number) {
        this.answers = Objects.requireNonNull(ANSWERS.remove(number));
    }

    /**
     * Connects.
     *
     * @param statements the number of statements that are answered by nothing but "done", before the other answers
     * @param answers what the server sends afterwards, before it resets the connection
     */
    public static Connection connect(int statements, byte[] answers) throws SQLException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(message('R', ByteBuffer.allocate(4).array()));
        for (String parameter : new String[] {
            "server_version\00015.0\0",
            "server_encoding\0UTF8\0",
            "client_encoding\0UTF8\0",
            "DateStyle\0ISO\0",
            "integer_datetimes\0on\0",
            "standard_conforming_strings\0on\0"
        }) {
            all.writeBytes(message('S', parameter.getBytes(StandardCharsets.US_ASCII)));
        }
        all.writeBytes(ready());
        for (int i = 0; i < statements; i++) {
            all.writeBytes(message('C', "SET\0".getBytes(StandardCharsets.US_ASCII)));
            all.writeBytes(ready());
        }
        all.writeBytes(answers);
        String number = String.valueOf(NUMBERS.incrementAndGet());
        ANSWERS.put(number, all.toByteArray());
        return Objects.requireNonNull(new Driver().connect("jdbc:postgresql://127.0.0.1:1/shop", properties(number)));
    }

    private static Properties properties(String number) {
        Properties properties = new Properties();
        properties.setProperty("user", "app");
        properties.setProperty("socketFactory", RecordedServer.class.getName());
        properties.setProperty("socketFactoryArg", number);
        properties.setProperty("sslmode", "disable");
        properties.setProperty("gssEncMode", "disable");
        properties.setProperty("preferQueryMode", "simple");
        properties.setProperty("assumeMinServerVersion", "15");
        return properties;
    }

    private static byte[] ready() {
        return message('Z', new byte[] {'I'});
    }

    private static byte[] message(char type, byte[] body) {
        return ByteBuffer.allocate(5 + body.length)
                .put((byte) type)
                .putInt(4 + body.length)
                .put(body)
                .array();
    }

    @Override
    public Socket createSocket() {
        return new RecordedSocket(answers);
    }

    @Override
    public Socket createSocket(String host, int port) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort) {
        throw new UnsupportedOperationException();
    }

    /** Gives one byte at a time, and none to a reader that only looks whether there is one. */
    private static final class RecordedSocket extends Socket {
        private final ByteArrayInputStream answers;
        private int timeout;

        RecordedSocket(byte[] answers) {
            this.answers = new ByteArrayInputStream(answers);
        }

        @Override
        public void connect(SocketAddress endpoint, int millis) {}

        @Override
        public boolean isConnected() {
            return true;
        }

        @Override
        public void setTcpNoDelay(boolean on) {}

        @Override
        public void setKeepAlive(boolean on) {}

        @Override
        public int getSendBufferSize() {
            return 8192;
        }

        @Override
        public synchronized void setSoTimeout(int millis) {
            timeout = millis;
        }

        @Override
        public synchronized int getSoTimeout() {
            return timeout;
        }

        @Override
        public OutputStream getOutputStream() {
            return OutputStream.nullOutputStream();
        }

        @Override
        public InputStream getInputStream() {
            return new InputStream() {
                @Override
                public int read() throws IOException {
                    requireMore();
                    return answers.read();
                }

                @Override
                public int read(byte[] bytes, int offset, int length) throws IOException {
                    if (timeout == 1) {
                        throw new SocketTimeoutException();
                    }
                    requireMore();
                    return answers.read(bytes, offset, Math.min(1, length));
                }

                /** At the end of the stream, the driver would skip the rest of a message for ever. */
                private void requireMore() throws IOException {
                    if (answers.available() == 0) {
                        throw new IOException("Connection reset");
                    }
                }
            };
        }
    }
}

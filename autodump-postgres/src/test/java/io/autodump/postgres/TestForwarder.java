package io.autodump.postgres;

import io.autodump.core.database.DatabaseSecret;
import io.autodump.testkit.postgres.TestPostgres;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Forwards a port of the loopback interface to a test server's, byte by byte, as an SSH tunnel does. */
public final class TestForwarder implements AutoCloseable {
    private final ServerSocket listener;
    private final TestPostgres server;
    private final CountDownLatch open;
    private final AtomicInteger refusals = new AtomicInteger();
    private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();

    private TestForwarder(TestPostgres server, CountDownLatch open) throws IOException {
        this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        this.server = server;
        this.open = open;
        daemon(this::accept);
    }

    public static TestForwarder start(TestPostgres server) throws IOException {
        return new TestForwarder(server, new CountDownLatch(0));
    }

    /** Takes connections and passes nothing on until the latch is open. */
    public static TestForwarder holding(TestPostgres server, CountDownLatch open) throws IOException {
        return new TestForwarder(server, open);
    }

    /** Refuses the next connections, as a server does that is starting. */
    public TestForwarder startingUp(int times) {
        refusals.set(times);
        return this;
    }

    /** The same database, by way of the forwarded port. */
    public DatabaseSecret before(DatabaseSecret database) {
        return DatabaseSecret.builder()
                .from(database)
                .port(listener.getLocalPort())
                .build();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listener.accept();
                sockets.add(client);
                daemon(() -> forward(client));
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private void forward(Socket client) {
        try {
            open.await();
            if (refusals.getAndDecrement() > 0) {
                refuse(client);
                return;
            }
            Socket upstream = new Socket(server.host(), server.port());
            sockets.add(upstream);
            daemon(() -> copy(upstream, client));
            copy(client, upstream);
        } catch (IOException gone) {
            closeQuietly(client);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** The message's form is defined by PostgreSQL (manual, "Message Formats", ErrorResponse). */
    private static void refuse(Socket client) throws IOException {
        byte[] fields =
                "SFATAL\0VFATAL\0C57P03\0Mthe database system is starting up\0\0".getBytes(StandardCharsets.UTF_8);
        try (client;
                DataInputStream in = new DataInputStream(client.getInputStream());
                DataOutputStream out = new DataOutputStream(client.getOutputStream())) {
            in.readNBytes(in.readInt() - Integer.BYTES);
            out.write('E');
            out.writeInt(Integer.BYTES + fields.length);
            out.write(fields);
            out.flush();
        }
    }

    private static void copy(Socket from, Socket to) {
        try (InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            in.transferTo(out);
        } catch (IOException gone) {
            // One end has closed; so does the other now.
        }
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "test-forwarder");
        thread.setDaemon(true);
        thread.start();
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException alreadyGone) {
            // Nothing more to close.
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        sockets.forEach(TestForwarder::closeQuietly);
    }
}

package io.autodump.chaos;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Passes TCP connections on, until so many bytes have passed in both directions together. Then it fails. */
final class CutProxy implements AutoCloseable {
    /** What happens to every connection from then on. */
    enum Cut {
        /** Both ends see the end of the stream. */
        FIN,
        /** Both ends see a reset. */
        RST,
        /** Nothing passes any more. */
        SILENCE,
        /** Ten kilobytes a second pass. */
        SLOW
    }

    private static final int BUFFER = 4096;
    private static final long NANOS_PER_BYTE_SLOW = 100_000;

    private final ServerSocket listener;
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private final AtomicLong left = new AtomicLong(Long.MAX_VALUE);
    private final AtomicLong one = new AtomicLong(Long.MAX_VALUE);
    private final AtomicLong passed = new AtomicLong();
    private volatile int upstream;
    private volatile Cut cut = Cut.FIN;

    CutProxy(int upstream) {
        this.upstream = upstream;
        try {
            listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        start(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    /** The bytes that have passed since the last call of {@link #heal}. */
    long passed() {
        return passed.get();
    }

    void cutAfter(long bytes, Cut how) {
        cut = how;
        left.set(bytes);
    }

    /** Ends the first connection on which so many bytes came from the server, and no other. */
    void cutOneAfter(long bytes, Cut how) {
        cut = how;
        one.set(bytes);
    }

    boolean hasCutOne() {
        return one.get() == Long.MAX_VALUE;
    }

    /** New connections pass everything. */
    void heal() {
        closeAll();
        left.set(Long.MAX_VALUE);
        passed.set(0);
    }

    /** New connections go to another server. */
    void failOver(int port) {
        upstream = port;
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                open.add(client);
                Socket server = new Socket(InetAddress.getLoopbackAddress(), upstream);
                open.add(server);
                start(() -> pass(client, server));
                start(() -> pass(server, client));
            } catch (IOException refused) {
                closeLast();
            }
        }
    }

    /** The server isn't there: the client sees that too. */
    private void closeLast() {
        if (!open.isEmpty()) {
            end(open.remove(open.size() - 1), Cut.RST);
        }
    }

    private void pass(Socket from, Socket to) {
        byte[] buffer = new byte[BUFFER];
        long own = 0;
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                own += read;
                if (own > one.get() && one.getAndSet(Long.MAX_VALUE) != Long.MAX_VALUE) {
                    end(from, cut);
                    end(to, cut);
                    return;
                }
                long rest = left.addAndGet(-read);
                if (rest < 0 && !passesOn(from, to, read)) {
                    return;
                }
                out.write(buffer, 0, read);
                passed.addAndGet(read);
            }
            to.shutdownOutput();
        } catch (IOException broken) {
            end(to, Cut.FIN);
        }
    }

    private boolean passesOn(Socket from, Socket to, int bytes) {
        switch (cut) {
            case SLOW -> LockSupport.parkNanos(bytes * NANOS_PER_BYTE_SLOW);
            case SILENCE -> {
                return false;
            }
            default -> {
                end(from, cut);
                end(to, cut);
                return false;
            }
        }
        return true;
    }

    private static void end(Socket socket, Cut how) {
        try {
            if (how == Cut.RST) {
                socket.setSoLinger(true, 0);
            }
            socket.close();
        } catch (IOException closed) {
            // It has ended.
        }
    }

    private void closeAll() {
        open.forEach(socket -> end(socket, Cut.FIN));
        open.clear();
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException closed) {
            // It has ended.
        }
        closeAll();
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "cut-proxy");
        thread.setDaemon(true);
        thread.start();
    }
}

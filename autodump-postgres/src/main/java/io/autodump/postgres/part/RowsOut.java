package io.autodump.postgres.part;

import io.autodump.postgres.archive.RowLines;
import io.autodump.process.Watchdog;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/** Copies the rows of one part from a session into a sink. */
final class RowsOut implements PartDestination.Rows {
    private static final int BUFFER = 256 * 1024;

    private final Connection connection;
    private final TablePart part;
    private final Watchdog watchdog;
    private final LongConsumer read;
    private final RowLines lines = new RowLines();
    private final byte[] buffer = new byte[BUFFER];
    private int filled;

    /**
     * Prepares to copy.
     *
     * @param watchdog is told when the session waits for the server
     * @param read takes the number of bytes that came, often
     */
    RowsOut(Connection connection, TablePart part, Watchdog watchdog, LongConsumer read) {
        this.connection = connection;
        this.part = part;
        this.watchdog = watchdog;
        this.read = read;
    }

    /**
     * Each message of the protocol is a row, and each row is a line, as a verification counts them. The server says at
     * the end how many there were.
     */
    @Override
    public long writeTo(PartDestination.Sink sink) throws IOException {
        watchdog.waitingForSource();
        CopyOut copy = start();
        long rows = 0;
        for (byte[] row = next(copy); row != null; row = next(copy)) {
            rows++;
            add(row, sink);
        }
        flush(sink);
        watchdog.busyElsewhere();
        requireAll(rows, copy.getHandledRowCount());
        return rows;
    }

    private CopyOut start() {
        try {
            return connection.unwrap(PGConnection.class).getCopyAPI().copyOut(part.copyOut());
        } catch (SQLException refused) {
            throw PartFailedException.refused(part, refused);
        } catch (RuntimeException | AssertionError garbled) {
            throw PartFailedException.refused(part, CopySession.garbled(garbled));
        }
    }

    private byte @Nullable [] next(CopyOut copy) {
        try {
            return copy.readFromCopy();
        } catch (SQLException broken) {
            throw PartFailedException.refused(part, broken);
        } catch (RuntimeException | AssertionError garbled) {
            throw PartFailedException.refused(part, CopySession.garbled(garbled));
        }
    }

    private void add(byte[] row, PartDestination.Sink sink) throws IOException {
        if (row.length > BUFFER - filled) {
            flush(sink);
        }
        if (row.length > BUFFER) {
            write(row, row.length, sink);
        } else {
            System.arraycopy(row, 0, buffer, filled, row.length);
            filled += row.length;
        }
    }

    private void flush(PartDestination.Sink sink) throws IOException {
        write(buffer, filled, sink);
        filled = 0;
    }

    private void write(byte[] bytes, int length, PartDestination.Sink sink) throws IOException {
        watchdog.busyElsewhere();
        lines.accept(bytes, 0, length);
        sink.write(bytes, 0, length);
        read.accept(length);
        watchdog.waitingForSource();
    }

    private void requireAll(long rows, long said) {
        if (rows != said) {
            throw PartFailedException.refused(
                    part, new SQLException("the server sent " + rows + " rows, and says that it sent " + said));
        }
        if (rows != lines.count() || !lines.isWhole()) {
            throw PartFailedException.refused(
                    part, new SQLException("the server sent " + rows + " rows, of which not each is one line of text"));
        }
    }
}

package io.autodump.local.scheduler;

import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.dump.DumpFileType;
import io.autodump.core.dump.DumpSettings;
import io.autodump.core.dump.SourceReport;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.port.DumpProgress;
import io.autodump.core.port.DumpSource;
import io.autodump.core.port.PreparedDump;
import io.autodump.core.testing.FakeDumpSource;
import java.io.OutputStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Its dumps take until they are released, or end badly when they are closed before. */
final class BlockingDumpSource implements DumpSource {
    private final FakeDumpSource source = FakeDumpSource.printing(World.DUMP);
    private final CountDownLatch released = new CountDownLatch(1);
    private final AtomicInteger running = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();

    void release() {
        released.countDown();
    }

    int running() {
        return running.get();
    }

    /** How many ran at once at most. */
    int most() {
        return most.get();
    }

    @Override
    public PreparedDump prepare(DatabaseSecret database, DumpSettings settings) {
        PreparedDump dump = source.prepare(database, settings);
        CountDownLatch closed = new CountDownLatch(1);
        return new PreparedDump() {
            @Override
            public DumpFileType fileType() {
                return dump.fileType();
            }

            @Override
            public long databaseBytes() {
                return dump.databaseBytes();
            }

            @Override
            public SourceReport writeTo(OutputStream sink, DumpProgress progress) {
                most.accumulateAndGet(running.incrementAndGet(), Math::max);
                try {
                    Await.until("released or closed", () -> released.getCount() == 0 || closed.getCount() == 0);
                    if (closed.getCount() == 0) {
                        throw new AutoDumpException(ErrorCode.DUMP_PROCESS_KILLED, "pg_dump was killed", "try again");
                    }
                    return dump.writeTo(sink, progress);
                } finally {
                    running.decrementAndGet();
                }
            }

            @Override
            public void close() {
                closed.countDown();
                dump.close();
            }
        };
    }
}

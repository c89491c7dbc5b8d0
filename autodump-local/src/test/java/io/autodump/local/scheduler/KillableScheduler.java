package io.autodump.local.scheduler;

import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.dump.DumpFileType;
import io.autodump.core.dump.DumpSettings;
import io.autodump.core.dump.SourceReport;
import io.autodump.core.port.DumpProgress;
import io.autodump.core.port.DumpSource;
import io.autodump.core.port.PreparedDump;
import io.autodump.core.testing.FakeDumpSource;
import io.autodump.local.run.FileRunScheduler;
import io.autodump.local.secret.FolderSecrets;
import io.autodump.local.store.DirectoryDumpStore;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A real scheduler process with slow dumps, for tests that kill it. */
final class KillableScheduler {
    private static final int PIECES = 8;
    private static final int PIECE = 20_000;

    private KillableScheduler() {}

    public static void main(String[] arguments) {
        LocalScheduler daemon = daemon(Path.of(arguments[0]));
        Runtime.getRuntime().addShutdownHook(new Thread(daemon::stop));
        daemon.run();
    }

    private static LocalScheduler daemon(Path folder) {
        return LocalScheduler.builder()
                .secrets(new FolderSecrets(folder.resolve("secrets")))
                .dumpSource(slow())
                .dumpStore(new DirectoryDumpStore(folder.resolve("dumps")))
                .runs(new FileRunScheduler(folder.resolve("state")))
                .log(SchedulerLog.text(System.out))
                .build();
    }

    /** What a whole dump consists of. */
    static byte[] dump() {
        byte[] bytes = new byte[PIECES * PIECE];
        new Random(7).nextBytes(bytes);
        return bytes;
    }

    private static DumpSource slow() {
        return new DumpSource() {
            @Override
            public PreparedDump prepare(DatabaseSecret database, DumpSettings settings) {
                PreparedDump report = FakeDumpSource.printing(new byte[0]).prepare(database, settings);
                return new PreparedDump() {
                    @Override
                    public DumpFileType fileType() {
                        return report.fileType();
                    }

                    @Override
                    public long databaseBytes() {
                        return report.databaseBytes();
                    }

                    @Override
                    public SourceReport writeTo(OutputStream sink, DumpProgress progress) {
                        byte[] bytes = dump();
                        try {
                            for (int i = 0; i < PIECES; i++) {
                                sink.write(bytes, i * PIECE, PIECE);
                                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(15));
                            }
                        } catch (IOException failed) {
                            throw new UncheckedIOException(failed);
                        }
                        return report.writeTo(sink, progress);
                    }

                    @Override
                    public void close() {
                        report.close();
                    }
                };
            }
        };
    }
}

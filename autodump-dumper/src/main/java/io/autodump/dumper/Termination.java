package io.autodump.dumper;

import io.autodump.aws.log.JsonLog;
import io.autodump.core.engine.StoppableDumpSource;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.port.DumpSource;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The end of the process by SIGTERM, as a container is stopped. The client programs are ended by the dumper's own hook;
 * the run then fails of itself, aborts its upload and says what came of it, which this waits for. Then the process exits
 * with the run's own status, and not with the signal's, so that a job's exit status always is the registry's.
 */
final class Termination {
    /** Fargate kills a container 30 seconds after it has asked it to stop. */
    private static final Duration LONGEST_STOP = Duration.ofSeconds(25);

    private final JsonLog log;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile @Nullable StoppableDumpSource source;
    private volatile boolean requested;
    private volatile int exitStatus = ErrorCode.INTERRUPTED.category().exitStatus();

    Termination(JsonLog log) {
        this.log = log;
    }

    /** From here on a signal ends the run in order. */
    void listen() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "autodump-stop"));
    }

    /** Ends the process; never returns. */
    void exit(int status) {
        exitStatus = status;
        log.flush();
        ended.countDown();
        System.exit(status);
    }

    /** The same source, whose dump stops when the process is to end. */
    DumpSource stopping(DumpSource dumps) {
        StoppableDumpSource stoppable = new StoppableDumpSource(
                dumps,
                "stopped by a signal; nothing was published",
                "run the dump again; a job is stopped by its time limit, by its queue, or with its Spot capacity");
        source = stoppable;
        // Asked afterwards: a signal that came before has not seen this source.
        if (requested) {
            stoppable.stop();
        }
        return stoppable;
    }

    /** Also when the run has ended: a signal that comes just then must not change its status. */
    private void stop() {
        if (ended.getCount() > 0) {
            stopRun();
        }
        log.flush();
        Runtime.getRuntime().halt(exitStatus);
    }

    private void stopRun() {
        requested = true;
        log.write(log.info("asked to stop"));
        Optional.ofNullable(source).ifPresent(Termination::stopBeside);
        try {
            if (!ended.await(LONGEST_STOP.toMillis(), TimeUnit.MILLISECONDS)) {
                log.write(log.error("gave up waiting for the dump to stop; without its manifest it isn't one"));
            }
        } catch (InterruptedException impossible) {
            Thread.currentThread().interrupt();
        }
    }

    /** On a thread of its own: a server that doesn't answer must not use up the time that is left. */
    private static void stopBeside(StoppableDumpSource running) {
        Thread stopper = new Thread(running::stop, "autodump-stop-source");
        stopper.setDaemon(true);
        stopper.start();
    }
}

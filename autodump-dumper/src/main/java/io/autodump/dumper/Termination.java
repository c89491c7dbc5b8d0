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
 * Ends the process in order after SIGTERM, which stops a container. A shutdown hook stops the client programs. The run
 * then fails, aborts its upload and logs its outcome, and the hook waits for that. The process exits with the status of
 * the run instead of the signal's, so the exit status of a job is always in the error registry.
 */
final class Termination {
    /** Fargate kills a container 30 seconds after SIGTERM. */
    private static final Duration LONGEST_STOP = Duration.ofSeconds(25);

    private final JsonLog log;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile @Nullable Runnable stopper;
    private volatile boolean requested;
    private volatile int exitStatus = ErrorCode.INTERRUPTED.category().exitStatus();

    Termination(JsonLog log) {
        this.log = log;
    }

    /** Installs the hook. A signal ends the run in order from now on. */
    void listen() {
        try {
            Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "autodump-stop"));
        } catch (IllegalStateException ending) {
            // A signal was faster.
            requested = true;
        }
    }

    /** Ends the process. Never returns. */
    void exit(int status) {
        exitStatus = status;
        log.flush();
        ended.countDown();
        System.exit(status);
    }

    /** Returns the same source, whose dump stops when the process must end. */
    DumpSource stopping(DumpSource dumps) {
        StoppableDumpSource stoppable = new StoppableDumpSource(
                dumps,
                "stopped by a signal; nothing was published",
                "run the dump again; a job is stopped by its time limit, by its queue, or with its Spot capacity");
        stopWith(stoppable::stop);
        return stoppable;
    }

    /** Interrupts the thread when the process must end. */
    void interrupting(Thread thread) {
        stopWith(thread::interrupt);
    }

    private void stopWith(Runnable stop) {
        stopper = stop;
        // Check this last: an earlier signal didn't know this one.
        if (requested) {
            stop.run();
        }
    }

    /** Called after the end of the run too: a signal at that moment must not change the status. */
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
        Optional.ofNullable(stopper).ifPresent(Termination::stopBeside);
        try {
            if (!ended.await(LONGEST_STOP.toMillis(), TimeUnit.MILLISECONDS)) {
                log.write(log.error("gave up waiting for the job to stop; a dump without its manifest isn't one"));
            }
        } catch (InterruptedException impossible) {
            Thread.currentThread().interrupt();
        }
    }

    /** Uses a thread of its own: a server that doesn't answer must not use up the remaining time. */
    private static void stopBeside(Runnable stop) {
        Thread thread = new Thread(stop, "autodump-stop-work");
        thread.setDaemon(true);
        thread.start();
    }
}

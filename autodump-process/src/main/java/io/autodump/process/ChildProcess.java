package io.autodump.process;

import io.autodump.core.database.Password;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.internal.IoReason;
import io.autodump.core.internal.Uninterrupted;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * One child process. A separate thread reads its stderr from the start. The caller must read its stdout to the end,
 * which comes when every process that could write to it has closed it. {@link #close} and the end of the JVM stop the
 * child and every process that it started.
 *
 * <p>Reads of its stdout, writes to its stdin and {@link #waitFor} end when their thread is interrupted, and when
 * another thread calls {@link #close}. Any thread may call {@link #close}, and more than once.
 */
public final class ChildProcess implements AutoCloseable {
    /**
     * How long a child may take to exit after SIGTERM. {@code pg_dump} uses this time to cancel its query on
     * the server.
     */
    private static final Duration GRACE = Duration.ofSeconds(5);

    /** How long stderr may stay open after the child has exited. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(2);

    /** How long a killed child may take to disappear. A child that hangs in the kernel never does. */
    private static final long GLANCE_MILLIS = 200;

    private static final int SIGKILL = 9;
    private static final int SIGNAL_BASE = 128;
    private static final int HIGHEST_SIGNAL = 64;
    private static final int SHORTEST_REDACTED = 4;

    private final Process process;
    private final NamedPipes pipes;
    private final StderrTail stderr;
    private final Thread drain;
    private final Runnable cleanup = this::kill;
    private volatile boolean abandoned;

    private ChildProcess(NamedPipes.Started started, StderrTail stderr, String name) {
        this.process = started.process();
        this.pipes = started.pipes();
        this.stderr = stderr;
        this.drain = new Thread(stderr, "autodump-stderr-" + name);
        drain.setDaemon(true);
        drain.start();
        ShutdownCleanup.add(cleanup);
    }

    /** Changes nothing. For programs that get no password. */
    public static final UnaryOperator<String> NO_REDACTION = UnaryOperator.identity();

    /**
     * Hides a password if a program prints it. Leaves very short passwords alone, because they would hide
     * ordinary words.
     */
    public static UnaryOperator<String> redacting(Password password) {
        String characters = password.reveal();
        return characters.length() < SHORTEST_REDACTED ? NO_REDACTION : line -> line.replace(characters, "***");
    }

    /**
     * Starts a program. The caller reads its output to the end, from {@link #stdout}.
     *
     * @param command the program and its arguments; never a secret, because every user of the machine can read them
     * @param environment the whole environment
     * @param progress receives every line of stderr; returns {@code true} if the line needn't be kept
     * @throws AutoDumpException {@code PROCESS_NOT_STARTED}, {@code INTERRUPTED}
     */
    public static ChildProcess start(
            List<String> command,
            Map<String, String> environment,
            Predicate<String> progress,
            UnaryOperator<String> redaction) {
        return start(command, environment, progress, redaction, true);
    }

    /** As {@link #start}, for a program whose standard output is discarded. */
    public static ChildProcess startWithoutOutput(
            List<String> command,
            Map<String, String> environment,
            Predicate<String> progress,
            UnaryOperator<String> redaction) {
        return start(command, environment, progress, redaction, false);
    }

    private static ChildProcess start(
            List<String> command,
            Map<String, String> environment,
            Predicate<String> progress,
            UnaryOperator<String> redaction,
            boolean withOutput) {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().clear();
        builder.environment().putAll(environment);
        try {
            NamedPipes.Started started = NamedPipes.start(builder, withOutput);
            String name = String.valueOf(Path.of(command.get(0)).getFileName());
            return new ChildProcess(started, new StderrTail(started.pipes().stderr(), progress, redaction), name);
        } catch (IOException failed) {
            throw new AutoDumpException(
                    ErrorCode.PROCESS_NOT_STARTED,
                    command.get(0) + " couldn't be started: " + IoReason.of(failed) + "; nothing was written",
                    "check that the program can be executed, and that the machine has memory and processes left",
                    failed);
        }
    }

    public InputStream stdout() {
        return pipes.stdout();
    }

    /**
     * Reads the output that the caller doesn't want, once it has called {@link #waitFor} and won't read again. The end
     * comes at once, unless another process holds the output open: then this gives up after a moment. {@link #close}
     * looks for such processes if the output wasn't read to its end, which takes much longer.
     */
    public void discardOutput() {
        Thread rest = new Thread(pipes::discardOutput, "autodump-stdout-rest");
        rest.setDaemon(true);
        rest.start();
        try {
            rest.join(GLANCE_MILLIS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    public OutputStream stdin() {
        return pipes.stdin();
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Waits for the exit status, without a limit. Another thread can end the wait with {@link #close}. */
    public int waitFor() throws InterruptedException {
        while (!process.waitFor(GLANCE_MILLIS, TimeUnit.MILLISECONDS) && !abandoned) {
            // Wait again.
        }
        return exitStatus();
    }

    /** Waits for the exit status for a limited time. If the time is over, stops the child and returns empty. */
    public OptionalInt waitFor(Duration limit) throws InterruptedException {
        if (process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
            return OptionalInt.of(exitStatus());
        }
        stop();
        return OptionalInt.empty();
    }

    /** Another process may hold stderr open for ever, so this uses what was written so far. */
    private int exitStatus() throws InterruptedException {
        drain.join(LAST_WORDS.toMillis());
        return process.isAlive() ? SIGNAL_BASE + SIGKILL : process.exitValue();
    }

    /**
     * Returns the signal that ended a child with this exit status. Java adds 128 to it, as shells do. Empty if
     * none did.
     */
    public static OptionalInt signal(int exitStatus) {
        return exitStatus > SIGNAL_BASE && exitStatus <= SIGNAL_BASE + HIGHEST_SIGNAL
                ? OptionalInt.of(exitStatus - SIGNAL_BASE)
                : OptionalInt.empty();
    }

    /** Returns the last lines of stderr that weren't progress, oldest first. */
    public List<String> stderrLines() {
        return stderr.lines();
    }

    /**
     * Sends SIGTERM, then SIGKILL to every process that is still there after the grace period, and waits. An interrupt
     * doesn't shorten the grace period: it is often the reason for the stop, and the child needs the time to cancel
     * its query.
     */
    void stop() {
        pipes.giveUpOutput();
        Uninterrupted.run(() -> {
            List<ProcessHandle> family = family();
            family.forEach(ProcessHandle::destroy);
            awaitAll(family);
            // A program that ignores SIGTERM may have started others meanwhile.
            List<ProcessHandle> rest =
                    Stream.concat(family.stream(), family().stream()).distinct().toList();
            rest.forEach(ProcessHandle::destroyForcibly);
            awaitAll(rest);
            pipes.holders().forEach(ProcessHandle::destroyForcibly);
            abandoned = true;
        });
    }

    @Override
    public void close() {
        // What still holds its stderr was started by it, and would outlive it.
        if (process.isAlive() || !pipes.isOutputEnded() || drain.isAlive()) {
            stop();
        }
        ShutdownCleanup.remove(cleanup);
        pipes.close();
    }

    /**
     * Sends SIGTERM only: at the end of the JVM there is no time for more. {@code pg_dump} cancels its query and exits.
     */
    private void kill() {
        pipes.giveUpOutput();
        family().forEach(ProcessHandle::destroy);
    }

    /**
     * Returns the child and its descendants. The child of a wrapper script holds the pipes open after the script
     * has exited.
     */
    private List<ProcessHandle> family() {
        return Stream.of(Stream.of(process.toHandle()), process.descendants(), pipes.holders().stream())
                .flatMap(members -> members)
                .distinct()
                .toList();
    }

    private static void awaitAll(List<ProcessHandle> family) {
        long deadline = System.nanoTime() + GRACE.toNanos();
        family.forEach(member -> awaitUntil(member, deadline));
    }

    private static void awaitUntil(ProcessHandle member, long deadline) {
        try {
            member.onExit().get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException stillThere) {
            // The caller sends SIGKILL next.
        }
    }

    /** Returns the last line that a PostgreSQL program marked as an error. If there is none, returns the last line. */
    public Optional<String> lastError() {
        List<String> lines = stderrLines();
        return lines.stream()
                .filter(line -> line.contains("error:") || line.contains("ERROR:") || line.contains("FATAL:"))
                .reduce((first, second) -> second)
                .or(() -> lines.stream().reduce((first, second) -> second));
    }
}

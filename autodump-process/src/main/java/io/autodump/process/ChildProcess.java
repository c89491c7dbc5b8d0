package io.autodump.process;

import io.autodump.core.database.Password;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
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
 * One child process. Its stderr is drained from the start by a thread of its own. Its stdout is the caller's to read, to
 * the end, which comes when every process that could write to it has closed it. The child is ended with everything it
 * started, at {@link #close} or when the JVM is ended.
 *
 * <p>Whatever waits for the child (a read of its stdout, a write to its stdin, {@link #waitFor}) ends when its thread is
 * interrupted, and when another thread calls {@link #close}, which may be called by any thread and more than once.
 */
public final class ChildProcess implements AutoCloseable {
    /** How long a child may take to end after SIGTERM; {@code pg_dump} uses it to cancel its query on the server. */
    private static final Duration GRACE = Duration.ofSeconds(5);

    /** How long stderr may stay open when the child has exited. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(2);

    /** How long a child that was killed may take to vanish; one that hangs in the kernel never does. */
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

    /** Whoever connects nowhere has no password to hide. */
    public static final UnaryOperator<String> NO_REDACTION = UnaryOperator.identity();

    /** Hides a password, should a program ever print it; too short ones would hide ordinary words instead. */
    public static UnaryOperator<String> redacting(Password password) {
        String characters = password.reveal();
        return characters.length() < SHORTEST_REDACTED ? NO_REDACTION : line -> line.replace(characters, "***");
    }

    /**
     * Starts a program whose output is read to its end, by {@link #stdout}.
     *
     * @param command the program and its arguments; never a secret, since anybody on the machine can read them
     * @param environment the whole environment
     * @param progress is given every line of stderr; {@code true} means it needn't be kept
     * @throws AutoDumpException {@code PROCESS_NOT_STARTED}, {@code INTERRUPTED}
     */
    public static ChildProcess start(
            List<String> command,
            Map<String, String> environment,
            Predicate<String> progress,
            UnaryOperator<String> redaction) {
        return start(command, environment, progress, redaction, true);
    }

    /** Starts a program whose standard output is discarded; otherwise like {@link #start}. */
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
                    command.get(0) + " couldn't be started: " + failed.getMessage() + "; nothing was written",
                    "check that the program can be executed, and that the machine has memory and processes left",
                    failed);
        }
    }

    public InputStream stdout() {
        return pipes.stdout();
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

    /** Waits for the exit status, without a limit: another thread ends the wait by {@link #close}. */
    public int waitFor() throws InterruptedException {
        while (!process.waitFor(GLANCE_MILLIS, TimeUnit.MILLISECONDS) && !abandoned) {
            // Asks again.
        }
        return exitStatus();
    }

    /** Waits for the exit status, and ends the child if it takes longer than that; empty if it did. */
    public OptionalInt waitFor(Duration limit) throws InterruptedException {
        if (process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
            return OptionalInt.of(exitStatus());
        }
        stop();
        return OptionalInt.empty();
    }

    /** Another process may hold stderr open for ever; what was said up to now has to do then. */
    private int exitStatus() throws InterruptedException {
        drain.join(LAST_WORDS.toMillis());
        return process.isAlive() ? SIGNAL_BASE + SIGKILL : process.exitValue();
    }

    /** The signal that ended a child of that exit status (Java adds 128, as shells do); empty if none did. */
    public static OptionalInt signal(int exitStatus) {
        return exitStatus > SIGNAL_BASE && exitStatus <= SIGNAL_BASE + HIGHEST_SIGNAL
                ? OptionalInt.of(exitStatus - SIGNAL_BASE)
                : OptionalInt.empty();
    }

    /** What it said last on stderr that wasn't progress, oldest first. */
    public List<String> stderrLines() {
        return stderr.lines();
    }

    /**
     * SIGTERM, and SIGKILL for what hasn't ended after the grace; then it is waited for. An interrupt doesn't shorten the
     * grace, in which the child takes back its query: it is often the very reason for the stop.
     */
    void stop() {
        pipes.giveUpOutput();
        Uninterrupted.run(() -> {
            List<ProcessHandle> family = family();
            family.forEach(ProcessHandle::destroy);
            awaitAll(family);
            family.forEach(ProcessHandle::destroyForcibly);
            awaitAll(family);
            abandoned = true;
        });
    }

    @Override
    public void close() {
        if (process.isAlive() || !pipes.isOutputEnded()) {
            stop();
        }
        ShutdownCleanup.remove(cleanup);
        pipes.close();
    }

    /** At the end of the JVM there is no time for more than SIGTERM: {@code pg_dump} cancels its query and exits. */
    private void kill() {
        pipes.giveUpOutput();
        family().forEach(ProcessHandle::destroy);
    }

    /** A wrapper script's child holds the pipes open after the script is gone, so it has to go too. */
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
            // The caller goes on to the harder way.
        }
    }

    /** The last line that a program of PostgreSQL's marked as an error, else the last line at all. */
    public Optional<String> lastError() {
        List<String> lines = stderrLines();
        return lines.stream()
                .filter(line -> line.contains("error:") || line.contains("ERROR:") || line.contains("FATAL:"))
                .reduce((first, second) -> second)
                .or(() -> lines.stream().reduce((first, second) -> second));
    }
}

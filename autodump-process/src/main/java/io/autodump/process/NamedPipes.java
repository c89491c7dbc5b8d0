package io.autodump.process;

import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.internal.IoReason;
import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Standard input, output and error of one child as named pipes. Java's own pipes have two problems: Java closes them
 * when the child exits, even if another process still writes into them, and a thread that reads from them can't be
 * woken. These pipes are read until the last process has closed them. {@link #close} and an interrupt wake a thread
 * that reads or writes, and it gets an {@link IOException}. Any thread may call {@link #close}.
 *
 * <p>No file is left on disk once the child runs. Use each pipe from one thread.
 */
final class NamedPipes implements Closeable {
    private static final String PROGRAM = "mkfifo";
    private static final long LONGEST_MAKING_SECONDS = 10;
    private static final String IN = "stdin";
    private static final String OUT = "stdout";
    private static final String ERR = "stderr";

    private final Path folder;
    private final FileChannel stdin;
    private final FileChannel stderr;
    private final @Nullable PipeInput stdout;

    private NamedPipes(Path folder, FileChannel stdin, FileChannel stderr, @Nullable PipeInput stdout) {
        this.folder = folder;
        this.stdin = stdin;
        this.stderr = stderr;
        this.stdout = stdout;
    }

    /** A child and its pipes. */
    record Started(Process process, NamedPipes pipes) {}

    /**
     * Starts a program with these pipes.
     *
     * @param withOutput whether its standard output is read; if not, it is discarded
     * @throws IOException if the program can't be started
     * @throws AutoDumpException {@code PROCESS_NOT_STARTED} if the pipes can't be created, {@code INTERRUPTED}
     */
    static Started start(ProcessBuilder builder, boolean withOutput) throws IOException {
        Path folder = PrivateFolders.create();
        try {
            make(folder);
            return start(builder, folder, withOutput);
        } finally {
            PrivateFolders.remove(folder);
        }
    }

    /**
     * Opening one end of a pipe waits for the other end. Opening it for both reading and writing never waits. Such an
     * end is kept open until the child has its own ends, so that the others can be opened in any order.
     */
    private static Started start(ProcessBuilder builder, Path folder, boolean withOutput) throws IOException {
        List<Closeable> held = new ArrayList<>();
        try {
            for (String name : List.of(IN, OUT, ERR)) {
                held.add(new RandomAccessFile(folder.resolve(name).toFile(), "rw"));
            }
            return startOn(open(folder, withOutput), builder, folder, withOutput);
        } finally {
            held.forEach(NamedPipes::closeQuietly);
        }
    }

    private static Started startOn(NamedPipes pipes, ProcessBuilder builder, Path folder, boolean withOutput)
            throws IOException {
        File output = folder.resolve(OUT).toFile();
        builder.redirectInput(folder.resolve(IN).toFile())
                .redirectError(folder.resolve(ERR).toFile())
                .redirectOutput(withOutput ? ProcessBuilder.Redirect.to(output) : ProcessBuilder.Redirect.DISCARD);
        try {
            return new Started(builder.start(), pipes);
        } catch (IOException | RuntimeException failed) {
            pipes.close();
            throw failed;
        }
    }

    private static NamedPipes open(Path folder, boolean withOutput) throws IOException {
        return new NamedPipes(
                folder,
                open(folder, IN, StandardOpenOption.WRITE),
                open(folder, ERR, StandardOpenOption.READ),
                withOutput ? new PipeInput(open(folder, OUT, StandardOpenOption.READ)) : null);
    }

    private static FileChannel open(Path folder, String name, OpenOption direction) throws IOException {
        return FileChannel.open(folder.resolve(name), direction);
    }

    OutputStream stdin() {
        return Channels.newOutputStream(stdin);
    }

    /** Returns the child's standard output. It is empty if the output is discarded. */
    InputStream stdout() {
        return stdout == null ? InputStream.nullInputStream() : stdout;
    }

    InputStream stderr() {
        return new PipeInput(stderr);
    }

    /** Returns whether no process can write to standard output any more: it was read to its end, or it is discarded. */
    boolean isOutputEnded() {
        return stdout == null || stdout.isEnded();
    }

    /** Reads standard output to its end, or until the pipes are closed. */
    void discardOutput() {
        try {
            stdout().transferTo(OutputStream.nullOutputStream());
        } catch (IOException closed) {
            // What was read to here is all that there is.
        }
    }

    /** Makes the end of the output a failure, because the processes that write are about to be killed. */
    void giveUpOutput() {
        if (stdout != null) {
            stdout.giveUp();
        }
    }

    /** Returns the processes that have one of these pipes open, including processes whose parent has exited. */
    List<ProcessHandle> holders() {
        return PipeHolders.of(folder);
    }

    @Override
    public void close() {
        closeQuietly(stdin);
        closeQuietly(stderr);
        if (stdout != null) {
            closeQuietly(stdout);
        }
    }

    private static void closeQuietly(Closeable pipe) {
        try {
            pipe.close();
        } catch (IOException alreadyGone) {
            // The other end has exited.
        }
    }

    private static void make(Path folder) {
        ProcessBuilder builder = new ProcessBuilder(
                PROGRAM,
                "-m",
                "600",
                folder.resolve(IN).toString(),
                folder.resolve(OUT).toString(),
                folder.resolve(ERR).toString());
        builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
        // Do this on an interrupted thread too: the code that waits for the child then stops it.
        boolean interrupted = Thread.interrupted();
        try {
            Process maker = builder.start();
            if (!maker.waitFor(LONGEST_MAKING_SECONDS, TimeUnit.SECONDS)) {
                maker.destroyForcibly();
                throw notMade(PROGRAM + " didn't end", null);
            }
            if (maker.exitValue() != 0) {
                throw notMade(PROGRAM + " exited with status " + maker.exitValue(), null);
            }
        } catch (IOException failed) {
            throw notMade(IoReason.of(failed), failed);
        } catch (InterruptedException stopped) {
            interrupted = true;
            throw new AutoDumpException(
                    ErrorCode.INTERRUPTED, "stopped before a program was started; nothing was written", "run it again");
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static AutoDumpException notMade(String problem, @Nullable IOException cause) {
        return new AutoDumpException(
                ErrorCode.PROCESS_NOT_STARTED,
                "no pipe to a client program could be made: " + problem + "; nothing was written",
                "the program " + PROGRAM + " (coreutils) must be installed, and the folder for temporary files"
                        + " (-Djava.io.tmpdir) must be writable and able to hold pipes",
                cause);
    }
}

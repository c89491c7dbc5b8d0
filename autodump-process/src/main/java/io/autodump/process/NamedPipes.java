package io.autodump.process;

import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
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
 * Standard input, output and error of one child as pipes that belong to us. Java closes its own pipes when the child
 * exits, even if another process still writes into them, and a thread that reads from one can't be woken. These are read
 * to their real end, which is reached when the last process has closed them. {@link #close}, by any thread, and an
 * interrupt wake a thread that reads or writes: it gets an {@link IOException}.
 *
 * <p>Nothing of them is left on disk once the child runs. Reading and writing is for one thread per pipe.
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
     * @throws AutoDumpException {@code PROCESS_NOT_STARTED} if there can be no pipes, {@code INTERRUPTED}
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
     * Opening one end of a pipe waits for the other end. An end for both reading and writing never waits; held until the
     * child has its own ends, it lets the rest be opened in any order.
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

    /** Ends at once if the output is discarded. */
    InputStream stdout() {
        return stdout == null ? InputStream.nullInputStream() : stdout;
    }

    InputStream stderr() {
        return new PipeInput(stderr);
    }

    /** Whether nobody can write to standard output any more: it was read to its end, or is discarded. */
    boolean isOutputEnded() {
        return stdout == null || stdout.isEnded();
    }

    /** The processes that write are about to be ended: what comes of that is no end of their output. */
    void giveUpOutput() {
        if (stdout != null) {
            stdout.giveUp();
        }
    }

    /** The processes that have one of these pipes open, whatever has become of their parents; as far as can be seen. */
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
            // Its other end has exited.
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
        // Also on a thread that is interrupted already: what is started is then stopped by what waits for it.
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
            throw notMade(String.valueOf(failed.getMessage()), failed);
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

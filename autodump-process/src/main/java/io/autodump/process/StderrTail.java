package io.autodump.process;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * Reads the stderr of a child to its end. A line of any length neither blocks the child nor fills the heap. Drops lines
 * that a listener recognizes as progress, and keeps the last few KiB of the others.
 */
final class StderrTail implements Runnable {
    static final int LONGEST_LINE = 4 * 1024;
    static final int KEPT_CHARACTERS = 8 * 1024;
    private static final int CHUNK = 8 * 1024;

    private final InputStream stderr;
    private final Predicate<String> progress;
    private final UnaryOperator<String> redaction;
    private final Deque<String> kept = new ArrayDeque<>();
    private int keptCharacters;

    /**
     * Prepares to read.
     *
     * @param progress receives each line, cut to {@value #LONGEST_LINE} bytes; {@code true} drops the line
     * @param redaction applied to each line before it is used
     */
    StderrTail(InputStream stderr, Predicate<String> progress, UnaryOperator<String> redaction) {
        this.stderr = stderr;
        this.progress = progress;
        this.redaction = redaction;
    }

    @Override
    public void run() {
        byte[] chunk = new byte[CHUNK];
        byte[] line = new byte[LONGEST_LINE];
        int length = 0;
        try {
            for (int read = stderr.read(chunk); read >= 0; read = stderr.read(chunk)) {
                for (int i = 0; i < read; i++) {
                    if (chunk[i] == '\n') {
                        take(line, length);
                        length = 0;
                    } else if (length < LONGEST_LINE) {
                        line[length++] = chunk[i];
                    }
                }
            }
        } catch (IOException closed) {
            // The child was stopped. What it wrote before is kept.
        }
        if (length > 0) {
            take(line, length);
        }
    }

    /**
     * Returns the last lines that weren't progress, oldest first: at most {@value #KEPT_CHARACTERS} characters and one
     * more line.
     */
    synchronized List<String> lines() {
        return List.copyOf(kept);
    }

    private void take(byte[] bytes, int length) {
        String line = redaction.apply(new String(bytes, 0, length, StandardCharsets.UTF_8).stripTrailing());
        if (line.isEmpty() || progress.test(line)) {
            return;
        }
        synchronized (this) {
            kept.addLast(line);
            keptCharacters += line.length();
            while (keptCharacters > KEPT_CHARACTERS && kept.size() > 1) {
                keptCharacters -= kept.removeFirst().length();
            }
        }
    }
}

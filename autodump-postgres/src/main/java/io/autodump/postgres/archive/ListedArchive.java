package io.autodump.postgres.archive;

import io.autodump.postgres.client.ClientEnvironment;
import io.autodump.postgres.client.PostgresClient;
import io.autodump.process.ChildProcess;
import io.autodump.process.ProgramFeed;
import io.autodump.process.stream.StoredBytes;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The contents list of a custom archive that arrives as a stream, and the archive from its first byte on. The list stands
 * at the beginning, so only the beginning is held in memory: the list itself, and what fits into a pipe.
 *
 * @param lines one for each entry, as {@code pg_restore --list} prints them, in the order of restoring. ISO 8859-1, so
 *     that names in any encoding come through unchanged
 * @param archive all of its bytes
 */
public record ListedArchive(List<String> lines, InputStream archive) {
    private static final int BUFFER = 64 * 1024;

    /**
     * Reads the list.
     *
     * @throws io.autodump.core.error.AutoDumpException {@code DUMP_CORRUPT} if it can't be read
     * @throws IOException if the stream can't be read
     */
    public static ListedArchive read(PostgresClient client, InputStream archive)
            throws IOException, InterruptedException {
        List<String> command = List.of(client.program("pg_restore").toString(), "--list");
        try (ClientEnvironment environment = ClientEnvironment.offline();
                ChildProcess pgRestore = ChildProcess.start(
                        command, environment.variables(), line -> false, ChildProcess.NO_REDACTION)) {
            CompletableFuture<List<String>> lines = linesOf(pgRestore.stdout());
            byte[] head = feed(archive, pgRestore);
            int status = pgRestore.waitFor();
            if (status != 0) {
                throw StoredBytes.corrupt(pgRestore.lastError().orElse("exit status " + status), null);
            }
            return new ListedArchive(lines.join(), new SequenceInputStream(new ByteArrayInputStream(head), archive));
        }
    }

    private static byte[] feed(InputStream archive, ChildProcess pgRestore) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        byte[] buffer = new byte[BUFFER];
        boolean wanted = true;
        while (wanted) {
            int read = archive.read(buffer);
            if (read > 0) {
                head.write(buffer, 0, read);
            }
            wanted = read >= 0 && ProgramFeed.offer(pgRestore.stdin(), buffer, 0, read);
        }
        ProgramFeed.end(pgRestore.stdin());
        return head.toByteArray();
    }

    /** On a thread of its own: a long list fills the pipe while the program is still being fed. */
    private static CompletableFuture<List<String>> linesOf(InputStream list) {
        CompletableFuture<List<String>> lines = new CompletableFuture<>();
        Thread reader = new Thread(
                () -> {
                    try (BufferedReader text =
                            new BufferedReader(new InputStreamReader(list, StandardCharsets.ISO_8859_1))) {
                        lines.complete(text.lines()
                                .filter(line -> !line.startsWith(";") && !line.isBlank())
                                .toList());
                    } catch (IOException | RuntimeException failed) {
                        lines.completeExceptionally(failed);
                    }
                },
                "autodump-contents-list");
        reader.setDaemon(true);
        reader.start();
        return lines;
    }
}

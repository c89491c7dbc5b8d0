package io.autodump.postgres.drill;

import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.internal.IoReason;
import io.autodump.postgres.client.ClientEnvironment;
import io.autodump.postgres.client.PostgresClient;
import io.autodump.postgres.contents.ArchiveCatalog;
import io.autodump.postgres.contents.ArchiveEntry;
import io.autodump.process.ChildProcess;
import io.autodump.process.ProgramFeed;
import java.io.IOException;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Compares the contents list of an archive with that of a restored database, both as {@code pg_dump} writes it. What
 * the database holds besides is no difference: a newer server can have more than the dump.
 */
final class ObjectComparison {
    private static final int MOST_NAMED = 20;

    private final List<ArchiveEntry> wanted;

    /**
     * Takes what is compared out of a contents list.
     *
     * @param restored what of the archive was restored
     */
    ObjectComparison(List<ArchiveEntry> restored) {
        this.wanted = restored.stream().filter(ComparedKinds::isCompared).toList();
    }

    /**
     * Finds every object.
     *
     * @param client must be able to dump the server
     * @return how many objects there are
     * @throws AutoDumpException {@code RESTORE_DIFFERS} with what is missing
     */
    int requireAll(PostgresClient client, DatabaseSecret database) {
        Map<String, Integer> there = new HashMap<>();
        contents(client, database).forEach(entry -> there.merge(entry.toString(), 1, Integer::sum));
        List<String> missing = wanted.stream()
                .map(ArchiveEntry::toString)
                .filter(name -> there.merge(name, -1, Integer::sum) < 0)
                .toList();
        if (!missing.isEmpty()) {
            int more = missing.size() - MOST_NAMED;
            throw new AutoDumpException(
                    ErrorCode.RESTORE_DIFFERS,
                    "the restored database lacks what the dump's contents list has: "
                            + missing.stream().limit(MOST_NAMED).collect(Collectors.joining(", "))
                            + (more > 0 ? " and " + more + " more" : ""),
                    "look for triggers that act on definitions");
        }
        return wanted.size();
    }

    private static Stream<ArchiveEntry> contents(PostgresClient client, DatabaseSecret database) {
        List<String> command = List.of(
                client.program("pg_dump").toString(),
                "--format=custom",
                "--compress=0",
                "--schema-only",
                "--no-password");
        try (ClientEnvironment environment = ClientEnvironment.of(database, "autodump drill");
                ChildProcess child = ChildProcess.start(
                        command, environment.variables(), line -> false, ChildProcess.redacting(database.password()))) {
            ProgramFeed.end(child.stdin());
            List<ArchiveEntry> entries = entries(child);
            child.stdout().transferTo(OutputStream.nullOutputStream());
            if (child.waitFor() != 0) {
                throw unread(child.lastError().orElse("pg_dump failed"));
            }
            return entries.stream();
        } catch (IOException failed) {
            throw unread(IoReason.of(failed));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AutoDumpException(ErrorCode.INTERRUPTED, "the drill was interrupted", "repeat the drill");
        }
    }

    /** Where pg_dump wrote no archive, its own message says why. */
    private static List<ArchiveEntry> entries(ChildProcess child) throws IOException {
        try {
            return ArchiveCatalog.read(child.stdout()).entries();
        } catch (AutoDumpException noArchive) {
            throw unread(child.lastError().orElse(noArchive.description()));
        }
    }

    private static AutoDumpException unread(String reason) {
        return new AutoDumpException(
                ErrorCode.RESTORE_FAILED,
                "the contents of the restored database couldn't be listed: " + reason,
                "repeat the drill");
    }
}

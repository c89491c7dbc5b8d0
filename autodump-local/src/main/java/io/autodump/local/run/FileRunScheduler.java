package io.autodump.local.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.autodump.core.contract.SecretArn;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.error.Problem;
import io.autodump.core.plan.ScheduledRun;
import io.autodump.core.port.RunScheduler;
import io.autodump.core.secret.SecretId;
import io.autodump.core.wire.ExecutionInputJson;
import io.autodump.local.file.DurableFiles;
import io.autodump.local.file.IoReason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Waiting runs as files in a state folder. {@code runs/pending/NAME.json} waits, {@code runs/ended/NAME.json} has ended
 * and says how; a run counts as ended as soon as the second file is there, whether or not the first one is gone. That
 * order (a name is created exclusively in {@code pending}, and leaves it only after it is durable in {@code ended}) is
 * what makes every start idempotent across threads, processes and crashes without a lock. Thread-safe.
 */
public final class FileRunScheduler implements RunScheduler {
    /** How long the name of an ended run is kept: 90 days, as AWS Step Functions keeps it. */
    public static final Duration ENDED_RETENTION = Duration.ofDays(90);

    private static final Duration TEMPORARY_RETENTION = Duration.ofHours(1);
    private static final String SUFFIX = ".json";
    private static final JsonMapper MAPPER = new JsonMapper();

    private final Path stateFolder;
    private final Path pending;
    private final Path ended;
    private final Path unreadable;
    private final Path temporary;
    private final InstantSource clock;
    private final DurableFiles files;
    private final Object starting = new Object();

    /** Makes the folders when the first run is started. */
    public FileRunScheduler(Path stateFolder) {
        this(stateFolder, Clock.systemUTC());
    }

    /**
     * The same with a clock of one's own.
     *
     * @param clock dates the ends of runs
     */
    public FileRunScheduler(Path stateFolder, InstantSource clock) {
        this(stateFolder, clock, new DurableFiles());
    }

    /** Not API: lets a test stop the writes between two steps. */
    public FileRunScheduler(Path stateFolder, InstantSource clock, DurableFiles files) {
        this.stateFolder = stateFolder;
        this.pending = stateFolder.resolve("runs").resolve("pending");
        this.ended = stateFolder.resolve("runs").resolve("ended");
        this.unreadable = stateFolder.resolve("runs").resolve("unreadable");
        this.temporary = stateFolder.resolve("runs").resolve("tmp");
        this.clock = clock;
        this.files = files;
    }

    /** The folder that holds everything. */
    public Path stateFolder() {
        return stateFolder;
    }

    @Override
    public Started start(ScheduledRun run) {
        String name = run.executionName();
        // One at a time: whoever is told ALREADY may rely on the other's sync having been done.
        synchronized (starting) {
            try {
                // Looking into what isn't a folder finds nothing on some versions of Java, and fails on others.
                files.createFolders(ended);
                if (exists(ended, name) || exists(pending, name)) {
                    return Started.ALREADY;
                }
                return create(name, ExecutionInputJson.write(run)) ? Started.NEW : Started.ALREADY;
            } catch (IOException failed) {
                throw failed("run " + name + " couldn't be started", failed);
            }
        }
    }

    private boolean create(String name, String json) throws IOException {
        files.createFolders(pending);
        if (!publish(pending, name, json)) {
            return false;
        }
        if (exists(ended, name)) {
            // It ended between the first look and the creation.
            files.delete(file(pending, name));
            return false;
        }
        return true;
    }

    /**
     * The runs that wait, earliest first. A file that is no run is moved to {@code runs/unreadable}, so that it is
     * reported once and stops nothing; the next scan starts its run anew.
     *
     * @throws AutoDumpException {@code SCHEDULER_FAILED} if the folder can't be read
     */
    public PendingRuns pending() {
        List<PendingRun> runs = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        try {
            for (Path file : jsonFiles(pending)) {
                read(file, runs, problems);
            }
        } catch (IOException failed) {
            throw failed("the waiting runs couldn't be read", failed);
        }
        runs.sort(
                Comparator.comparing((PendingRun pendingRun) -> pendingRun.run().when())
                        .thenComparing(PendingRun::name));
        return new PendingRuns(runs, problems);
    }

    private static String secretName(SecretId id) {
        return SecretArn.parse(id.value())
                .filter(SecretArn::isComplete)
                .map(SecretArn::name)
                .orElse(id.value());
    }

    private void read(Path file, List<PendingRun> runs, List<Problem> problems) throws IOException {
        String name = name(file);
        if (exists(ended, name)) {
            // Left behind by a crash between the two steps of an end.
            files.delete(file);
            return;
        }
        try {
            String json = Files.readString(file);
            runs.add(new PendingRun(name, ExecutionInputJson.parse("run " + name, json, FileRunScheduler::secretName)));
        } catch (NoSuchFileException endedMeanwhile) {
            // It doesn't wait any more.
        } catch (CharacterCodingException notText) {
            moveAside(file, "isn't UTF-8 text", problems);
        } catch (AutoDumpException wrong) {
            moveAside(file, wrong.description(), problems);
        } catch (IOException failed) {
            if (!Files.isDirectory(file)) {
                throw failed;
            }
            moveAside(file, "is a folder", problems);
        }
    }

    private void moveAside(Path file, String what, List<Problem> problems) throws IOException {
        files.createFolders(unreadable);
        Path aside = unreadable.resolve(UUID.randomUUID() + SUFFIX);
        files.replace(file, aside);
        problems.add(new Problem(file.toString(), what + "; moved to " + aside));
    }

    /**
     * Ends a run: from here on it doesn't wait any more, and its name is taken for {@link #ENDED_RETENTION}. Ending it
     * again changes nothing.
     *
     * @throws AutoDumpException {@code SCHEDULER_FAILED}; the run still waits then
     */
    public void end(PendingRun run, RunEnd end) {
        try {
            files.createFolders(ended);
            publish(ended, run.name(), describe(run, end));
            files.delete(file(pending, run.name()));
        } catch (IOException failed) {
            throw failed("the end of run " + run.name() + " couldn't be recorded", failed);
        }
    }

    /** How a run ended; empty if it hasn't, or if that was too long ago. */
    public Optional<RunEnd> ended(String name) {
        try {
            ObjectNode node = (ObjectNode) MAPPER.readTree(Files.readString(file(ended, name)));
            return Optional.of(new RunEnd(
                    RunEnd.Status.valueOf(node.path("status").asText()),
                    Stream.of(ErrorCode.values())
                            .filter(code -> code.id().equals(node.path("code").asText()))
                            .findFirst(),
                    node.path("detail").asText()));
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        } catch (IOException | ClassCastException | IllegalArgumentException wrong) {
            throw failed("the end of run " + name + " couldn't be read", wrong);
        }
    }

    /** The names of all runs that have ended and aren't forgotten yet. */
    public List<String> endedNames() {
        try {
            return jsonFiles(ended).stream()
                    .map(FileRunScheduler::name)
                    .sorted()
                    .toList();
        } catch (IOException failed) {
            throw failed("the ended runs couldn't be read", failed);
        }
    }

    /** Forgets runs that ended more than {@link #ENDED_RETENTION} ago, and what crashed writers left behind. */
    public void forgetOld() {
        try {
            deleteOlder(ended, ENDED_RETENTION);
            deleteOlder(temporary, TEMPORARY_RETENTION);
        } catch (IOException failed) {
            throw failed("old runs couldn't be removed", failed);
        }
    }

    private void deleteOlder(Path folder, Duration age) throws IOException {
        Instant limit = clock.instant().minus(age);
        for (Path file : entries(folder)) {
            try {
                if (Files.getLastModifiedTime(file).toInstant().isBefore(limit)) {
                    files.delete(file);
                }
            } catch (NoSuchFileException removedMeanwhile) {
                // So much the better.
            }
        }
    }

    /**
     * Writes the whole text elsewhere first, so that the name never stands for half of it.
     *
     * @return whether the name was free
     */
    private boolean publish(Path folder, String name, String text) throws IOException {
        files.createFolders(temporary);
        Path written = temporary.resolve(UUID.randomUUID().toString());
        try {
            files.writeNew(written, text.getBytes(StandardCharsets.UTF_8));
            // By our clock, which is also the one by which it is forgotten.
            Files.setLastModifiedTime(written, FileTime.from(clock.instant()));
            boolean published = files.publishNew(written, file(folder, name));
            // Also for somebody else's: whoever is told that it is there relies on it.
            files.syncFolder(folder);
            return published;
        } finally {
            Files.deleteIfExists(written);
        }
    }

    private String describe(PendingRun run, RunEnd end) {
        try {
            ObjectNode node = (ObjectNode) MAPPER.readTree(ExecutionInputJson.write(run.run()));
            node.put("status", end.status().name());
            end.code().ifPresent(code -> node.put("code", code.id()));
            node.put("detail", end.detail());
            node.put("endedAt", clock.instant().toString());
            return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(node) + "\n";
        } catch (JsonProcessingException impossible) {
            throw new AssertionError("our own JSON can be read and written", impossible);
        }
    }

    private static List<Path> jsonFiles(Path folder) throws IOException {
        return entries(folder).stream()
                .filter(file -> file.getFileName().toString().endsWith(SUFFIX))
                .toList();
    }

    private static List<Path> entries(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.toList();
        } catch (NoSuchFileException noneYet) {
            return List.of();
        } catch (UncheckedIOException brokenOff) {
            throw brokenOff.getCause();
        }
    }

    /** Unlike {@code Files.exists} this takes "can't tell" for a failure: the answer decides whether a run is made. */
    private static boolean exists(Path folder, String name) throws IOException {
        try {
            Files.readAttributes(file(folder, name), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return true;
        } catch (NoSuchFileException absent) {
            return false;
        }
    }

    private static Path file(Path folder, String name) {
        return folder.resolve(name + SUFFIX);
    }

    private static String name(Path file) {
        String fileName = file.getFileName().toString();
        return fileName.substring(0, fileName.length() - SUFFIX.length());
    }

    private AutoDumpException failed(String what, Exception cause) {
        return new AutoDumpException(
                ErrorCode.SCHEDULER_FAILED,
                what + ": " + IoReason.of(cause) + "; nothing was dumped",
                "the state folder " + stateFolder + " must be writable by the user who runs AutoDump",
                cause);
    }
}

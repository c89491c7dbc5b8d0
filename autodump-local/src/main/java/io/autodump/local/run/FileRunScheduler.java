package io.autodump.local.run;

import io.autodump.core.contract.SecretArn;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.error.Problem;
import io.autodump.core.internal.IoReason;
import io.autodump.core.plan.ScheduledRun;
import io.autodump.core.port.RunScheduler;
import io.autodump.core.secret.SecretId;
import io.autodump.core.wire.ExecutionInputJson;
import io.autodump.local.file.DurableFiles;
import io.autodump.local.file.FolderPath;
import io.autodump.local.file.RegularFile;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Waiting runs as files in a state folder. {@code runs/pending/NAME.json} waits; {@code runs/ended/NAME.json} has ended
 * and says how. A run has ended as soon as the second file exists, even if the first one still does.
 *
 * <p>A name is created exclusively in {@code pending}, and leaves it only after it is durable in {@code ended}. So
 * starting a run is idempotent across threads, processes and crashes, without a lock. Thread-safe.
 */
public final class FileRunScheduler implements RunScheduler {
    /** How long the name of an ended run is kept: 90 days, as in AWS Step Functions. */
    public static final Duration ENDED_RETENTION = Duration.ofDays(90);

    private final Path stateFolder;
    private final InstantSource clock;
    private final RunFiles files;
    private final Object starting = new Object();

    /** Runs in this folder, which is created when the first run is. */
    public FileRunScheduler(Path stateFolder) {
        this(stateFolder, Clock.systemUTC());
    }

    /**
     * Runs in this folder, which is created when the first run is.
     *
     * @param clock dates the ends of runs
     */
    public FileRunScheduler(Path stateFolder, InstantSource clock) {
        this(stateFolder, clock, new DurableFiles());
    }

    /** Not API: lets a test stop the writes between two steps. */
    @SuppressWarnings("exports")
    public FileRunScheduler(Path stateFolder, InstantSource clock, DurableFiles files) {
        this.stateFolder = stateFolder;
        this.clock = clock;
        this.files = new RunFiles(stateFolder, clock, files);
    }

    /** The folder that holds the runs. */
    public Path stateFolder() {
        return stateFolder;
    }

    @Override
    public Started start(ScheduledRun run) {
        String name = run.executionName();
        // One at a time: a caller that gets ALREADY relies on the other caller having made the run durable.
        synchronized (starting) {
            try {
                return files.create(name, ExecutionInputJson.write(run)) ? Started.NEW : Started.ALREADY;
            } catch (IOException failed) {
                throw failed("run " + name + " couldn't be started", failed);
            }
        }
    }

    /**
     * The waiting runs, earliest first. A file that isn't a run is moved to {@code runs/unreadable}, so that it is
     * reported once and stops nothing. The next scan starts its run again.
     *
     * @throws AutoDumpException {@code SCHEDULER_FAILED} if the folder can't be read
     */
    public PendingRuns pending() {
        List<PendingRun> runs = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        try {
            for (String name : files.pendingNames()) {
                read(name, runs, problems);
            }
        } catch (IOException failed) {
            throw failed("the waiting runs couldn't be read", failed);
        }
        runs.sort(
                Comparator.comparing((PendingRun pendingRun) -> pendingRun.run().when())
                        .thenComparing(PendingRun::name));
        return new PendingRuns(runs, problems);
    }

    private void read(String name, List<PendingRun> runs, List<Problem> problems) throws IOException {
        if (files.hasEnded(name)) {
            // A crash between the two steps of an end left it behind.
            files.deletePending(name);
            return;
        }
        Path file = files.pendingFile(name);
        try {
            String json = RegularFile.read(file, 1);
            runs.add(new PendingRun(name, ExecutionInputJson.parse("run " + name, json, FileRunScheduler::secretName)));
        } catch (NoSuchFileException endedMeanwhile) {
            // It doesn't wait any more.
        } catch (CharacterCodingException notText) {
            moveAside(name, "isn't UTF-8 text", problems);
        } catch (AutoDumpException wrong) {
            moveAside(name, wrong.description(), problems);
        } catch (IOException failed) {
            if (Files.isRegularFile(file) && !(failed instanceof RegularFile.TooLargeException)) {
                throw failed;
            }
            moveAside(name, "is no file of a run", problems);
        }
    }

    /** The name in the ARN of a secret; any other id is the name itself. */
    private static String secretName(SecretId id) {
        return SecretArn.parse(id.value())
                .filter(SecretArn::isComplete)
                .map(SecretArn::name)
                .orElse(id.value());
    }

    private void moveAside(String name, String what, List<Problem> problems) throws IOException {
        Path aside = files.moveAside(name);
        problems.add(new Problem(files.pendingFile(name).toString(), what + "; moved to " + aside));
    }

    /**
     * Ends a run. It no longer waits, and its name stays taken for {@link #ENDED_RETENTION}. Ending a run again
     * changes nothing.
     *
     * @throws AutoDumpException {@code SCHEDULER_FAILED}; the run still waits then
     */
    public void end(PendingRun run, RunEnd end) {
        try {
            files.end(run.name(), RunEndJson.write(run.run(), end, clock.instant()));
        } catch (IOException failed) {
            throw failed("the end of run " + run.name() + " couldn't be recorded", failed);
        }
    }

    /**
     * How a run ended; empty if it hasn't, or if its end was deleted after {@link #ENDED_RETENTION}.
     *
     * @throws AutoDumpException {@code SCHEDULER_FAILED} if the file can't be read
     */
    public Optional<RunEnd> ended(String name) {
        try {
            return Optional.of(RunEndJson.parse(RegularFile.read(files.endedFile(name), 1)));
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        } catch (IOException wrong) {
            throw failed("the end of run " + name + " couldn't be read", wrong);
        }
    }

    /**
     * The names of the ended runs that are still kept, in alphabetical order.
     *
     * @throws AutoDumpException {@code SCHEDULER_FAILED} if the folder can't be read
     */
    public List<String> endedNames() {
        try {
            return files.endedNames().stream().sorted().toList();
        } catch (IOException failed) {
            throw failed("the ended runs couldn't be read", failed);
        }
    }

    /**
     * Deletes runs that ended more than {@link #ENDED_RETENTION} ago, and files that crashed writers left behind.
     *
     * @throws AutoDumpException {@code SCHEDULER_FAILED} if a file can't be deleted
     */
    public void forgetOld() {
        try {
            files.deleteOld(ENDED_RETENTION);
        } catch (IOException failed) {
            throw failed("old runs couldn't be removed", failed);
        }
    }

    private AutoDumpException failed(String what, Exception cause) {
        return new AutoDumpException(
                ErrorCode.SCHEDULER_FAILED,
                what + ": " + IoReason.of(cause) + "; nothing was dumped",
                FolderPath.remedy(stateFolder)
                        .orElse("the state folder " + stateFolder + " must be writable by the user who runs AutoDump"),
                cause);
    }
}

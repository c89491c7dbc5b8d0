package io.autodump.local.scheduler;

import com.google.common.util.concurrent.MoreExecutors;
import io.autodump.core.contract.TagNames;
import io.autodump.core.dump.DumpEvent;
import io.autodump.core.dump.DumpKey;
import io.autodump.core.port.DumpSource;
import io.autodump.core.testing.FakeDumpSource;
import io.autodump.core.testing.InMemoryDumpStore;
import io.autodump.core.testing.RecordingDumpEvents;
import io.autodump.local.run.FileRunScheduler;
import io.autodump.local.run.PendingRun;
import io.autodump.local.secret.FolderSecrets;
import io.autodump.local.secret.SecretFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;

/** Everything around a scheduler: folders that outlive it, a clock that the test moves, a source that the test sets. */
final class World {
    static final byte[] DUMP = "a dump, whole from end to end".getBytes(StandardCharsets.UTF_8);

    final Path secretsFolder;
    final Path stateFolder;
    final ManualClock clock;
    final FolderSecrets secrets;
    final FileRunScheduler runs;
    final InMemoryDumpStore store = new InMemoryDumpStore();
    final RecordingDumpEvents events = new RecordingDumpEvents();
    final List<LogEntry> log = new CopyOnWriteArrayList<>();
    volatile DumpSource source = FakeDumpSource.printing(DUMP);
    private LocalScheduler daemon;

    World(Path folder, String now) {
        secretsFolder = folder.resolve("secrets");
        stateFolder = folder.resolve("state");
        clock = new ManualClock(now);
        secrets = new FolderSecrets(secretsFolder);
        runs = new FileRunScheduler(stateFolder, clock);
        try {
            Files.createDirectories(secretsFolder);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        daemon = newDaemon().build();
    }

    LocalSchedulerBuilder newDaemon() {
        return newDaemon(MoreExecutors.newDirectExecutorService());
    }

    LocalSchedulerBuilder newDaemon(ExecutorService workers) {
        return withOwnThreads().workers(workers);
    }

    LocalSchedulerBuilder withOwnThreads() {
        return LocalScheduler.builder()
                .secrets(secrets)
                .dumpSource((database, settings) -> source.prepare(database, settings))
                .dumpStore(store)
                .runs(runs)
                .events(events)
                .clock(clock)
                .log(log::add);
    }

    /** As if the process had died and been started again. */
    void restart(LocalScheduler anew) {
        daemon = anew;
    }

    void restart() {
        restart(newDaemon().build());
    }

    /** A secret that is as old as the clock says. */
    void secret(String name, String cron, String... more) {
        Map<String, String> tags = new HashMap<>(Map.of(TagNames.START_SCHEDULE, cron));
        for (int i = 0; i < more.length; i += 2) {
            tags.put(more[i], more[i + 1]);
        }
        dateNow(SecretFiles.write(secretsFolder, name, tags));
    }

    void brokenSecret(String name) {
        dateNow(SecretFiles.write(
                secretsFolder, name, "{\"name\": \"" + name + "\", \"value\": {\"password\": \"geheim\""));
    }

    void deleteSecret(String name) {
        try {
            Files.delete(secretsFolder.resolve(name + ".json"));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private void dateNow(Path file) {
        try {
            Files.setLastModifiedTime(file, FileTime.from(clock.instant()));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Sets the clock and lets the scheduler look. */
    void tickAt(String instant) {
        clock.set(instant);
        daemon.tick();
    }

    void tick() {
        daemon.tick();
    }

    /** The instants of the dumps that exist, as in their keys. */
    List<String> dumps() {
        return store.list().map(DumpKey::value).sorted().toList();
    }

    /** The instants of the runs that wait. */
    List<String> waiting() {
        return runs.pending().runs().stream()
                .map(run -> run.run().when().toString())
                .toList();
    }

    List<String> waitingNames() {
        return runs.pending().runs().stream().map(PendingRun::name).toList();
    }

    /** How runs ended, without their names. */
    List<String> ends() {
        return runs.endedNames().stream()
                .map(name -> runs.ended(name).orElseThrow().status().name())
                .sorted()
                .toList();
    }

    List<String> eventKinds() {
        return events.events().stream()
                .map(event -> event.getClass().getSimpleName() + " " + event.scheduledAt())
                .toList();
    }

    List<String> logged(String event) {
        return log.stream()
                .filter(entry -> entry.event().equals(event))
                .map(LogEntry::text)
                .toList();
    }

    static String failedAt(String instant) {
        return DumpEvent.Failed.class.getSimpleName() + " " + instant;
    }
}

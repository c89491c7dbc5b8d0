package io.autodump.e2e;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.autodump.core.AutoDump;
import io.autodump.core.plan.TagsHash;
import io.autodump.local.run.RefusingRuns;
import io.autodump.local.scheduler.LocalScheduler;
import io.autodump.local.scheduler.LogEntry;
import io.autodump.local.scheduler.Ticks;
import io.autodump.local.secret.FolderSecrets;
import io.autodump.local.store.DirectoryDumpStore;
import io.autodump.postgres.PostgresEngine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** The scheduler of {@code autodump run}, with folders for everything and the real {@code pg_dump}. */
final class OnOneMachine implements Deployment {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final PostgresEngine ENGINE = PostgresEngine.create();

    private final Path secretsFolder;
    private final Path storeFolder;
    private final Path stateFolder;
    private final ManualClock clock;
    private final RefusingRuns refusing;
    private final Ticks scheduler;
    private final AutoDump store;
    private final List<LogEntry> log = new CopyOnWriteArrayList<>();
    private Map<String, String> tags = Map.of();
    private int troubles;

    OnOneMachine(Path folder, Instant now) {
        secretsFolder = made(folder.resolve("secrets"));
        storeFolder = made(folder.resolve("dumps"));
        stateFolder = folder.resolve("state");
        clock = new ManualClock(now);
        refusing = new RefusingRuns(stateFolder, clock);
        DirectoryDumpStore dumps = new DirectoryDumpStore(storeFolder);
        scheduler = new Ticks(LocalScheduler.builder()
                .secrets(new FolderSecrets(secretsFolder))
                .engine(ENGINE)
                .dumpStore(dumps)
                .runs(refusing.runs())
                .clock(clock)
                .log(log::add));
        store = AutoDump.builder().dumpStore(dumps).engine(ENGINE).build();
    }

    @Override
    public void secret(Map<String, String> newTags, String database) {
        tags = newTags;
        ObjectNode secret = MAPPER.createObjectNode().put("name", "orders");
        newTags.forEach(secret.putObject("tags")::put);
        secret.set("value", TestDatabases.secretValue(database));
        Path file = secretsFolder.resolve("orders.json");
        try {
            Files.writeString(file, secret.toString());
            Files.setLastModifiedTime(file, FileTime.from(clock.instant()));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public void deleteSecret() {
        try {
            Files.delete(secretsFolder.resolve("orders.json"));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public void scan() {
        clock.set(clock.instant().plus(Duration.ofMinutes(1)));
        scheduler.tick();
    }

    @Override
    public void runOfTheOriginal(Instant when) {
        ObjectNode run = MAPPER.createObjectNode()
                .put("resourceId", "orders")
                .put("tagsHash", TagsHash.v1(tags).value())
                .put("when", when.toString());
        try {
            Path pending = made(stateFolder.resolve("runs").resolve("pending"));
            Files.writeString(pending.resolve("of-the-original.json"), run.toString());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Nothing throttles here; what comes next to it is a folder that can't be read. */
    @Override
    public void troubleTwice() {
        troubles = 2;
    }

    @Override
    public void refuseStarts() {
        // One by the scan that comes first, and one when the run is due.
        refusing.refuse(2);
    }

    @Override
    public void timePassesUntil(Instant instant) {
        clock.set(instant);
        Path away = secretsFolder.resolveSibling("away");
        for (; troubles > 0; troubles--) {
            move(secretsFolder, away);
            scheduler.tick();
            move(away, secretsFolder);
        }
        scheduler.tick();
    }

    @Override
    public void anHourLater() {
        Instant end = clock.instant().plus(Duration.ofHours(1));
        while (clock.instant().isBefore(end)) {
            clock.set(clock.instant().plus(Duration.ofMinutes(5)));
            scheduler.tick();
        }
    }

    @Override
    public List<String> dumps() {
        return Verified.dumps(store);
    }

    @Override
    public List<String> leftovers() {
        Set<Path> expected = new HashSet<>();
        store.list(Optional.empty()).dumps().forEach(dump -> {
            expected.add(storeFolder.resolve(dump.key().value()));
            expected.add(storeFolder.resolve(dump.key().manifestKey()));
        });
        try (Stream<Path> files = Files.walk(storeFolder)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !expected.contains(file))
                    // The record of a failed run, which isn't a part of a dump.
                    .filter(file -> !file.getFileName().toString().endsWith(".failed.json"))
                    .filter(file -> !file.getFileName().toString().equals("lock"))
                    .map(Path::toString)
                    .toList();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public List<Instant> waiting() {
        return refusing.runs().pending().runs().stream()
                .map(run -> run.run().when())
                .toList();
    }

    @Override
    public List<End> ends() {
        return refusing.runs().endedNames().stream()
                .map(name -> refusing.runs().ended(name).orElseThrow().status())
                .map(status -> switch (status) {
                    case SUCCEEDED -> End.DUMPED;
                    case SUPERSEDED -> End.SUPERSEDED;
                    case FAILED, MISSED -> End.NOT_DUMPED;
                })
                .toList();
    }

    /** Every error but those of a run about which nothing has been decided yet. */
    @Override
    public List<String> told() {
        return log.stream()
                .filter(entry -> entry.level() == LogEntry.Level.ERROR)
                .map(LogEntry::text)
                .filter(text -> !text.contains("couldn't be listed") && !text.contains(" keeps waiting: "))
                .toList();
    }

    @Override
    public void close() {}

    private static Path made(Path folder) {
        try {
            return Files.createDirectories(folder);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static void move(Path from, Path to) {
        try {
            Files.move(from, to);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}

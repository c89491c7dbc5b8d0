package io.autodump.core.usecase.dump;

import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.internal.ToolVersion;
import io.autodump.core.plan.SecretTags;
import io.autodump.core.port.DumpRecords;
import io.autodump.core.port.DumpStore;
import io.autodump.core.port.DumpStores;
import io.autodump.core.record.FailedRun;
import io.autodump.core.record.RecordKey;
import io.autodump.core.record.RunPlace;
import io.autodump.core.secret.TaggedSecret;
import io.autodump.core.usecase.Ports;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/**
 * Writes the records of runs that made no dump. A record that the store doesn't take waits for {@link #writeDelayed},
 * if there is a place for it; otherwise it is left out: the failure itself is reported by other means. Thread-safe.
 */
public final class FailureRecords {
    private final Ports ports;
    private final DumpStores stores;
    private final InstantSource clock;
    private final RunPlace place;

    FailureRecords(Ports ports) {
        this.ports = ports;
        this.stores = ports.stores();
        this.clock = ports.clock();
        this.place = ports.runPlace();
    }

    /** Not API: {@link io.autodump.core.Monitoring#recordMissed} is. */
    public static FailureRecords of(Ports ports) {
        return new FailureRecords(ports);
    }

    /**
     * Records runs of which no attempt was made.
     *
     * @param secret its value is read once, to find the place of the records
     * @param reason why, in a few words
     */
    public void missed(TaggedSecret secret, Collection<Instant> scheduledAt, String reason) {
        Optional<DatabaseSecret> connection = connection(secret);
        scheduledAt.forEach(instant -> missed(secret, connection, instant.truncatedTo(ChronoUnit.SECONDS), reason));
    }

    private void missed(TaggedSecret secret, Optional<DatabaseSecret> connection, Instant instant, String reason) {
        write(
                secret.name(),
                connection,
                instant,
                (earlier, now) -> FailedRun.builder()
                        .outcome(FailedRun.Outcome.MISSED)
                        .message(reason)
                        .firstFailedAt(now));
    }

    /**
     * Records a run whose attempts couldn't leave a record themselves, because no program ran, or it was killed. Puts
     * the record where the database isn't known, in place of an earlier record of that kind.
     *
     * @param attempts how many attempts there were; 0 or more
     * @param message what happened, for a person
     * @throws AutoDumpException {@code STORE_FAILED}
     * @throws IllegalArgumentException if the key would be too long
     */
    public void neverRan(String secretName, Instant scheduledAt, int attempts, String message) {
        Instant now = clock.instant();
        FailedRun run = FailedRun.builder()
                .key(RecordKey.ofRun(Optional.empty(), secretName, Optional.empty(), scheduledAt))
                .secretName(secretName)
                .scheduledAt(scheduledAt)
                .message(message)
                .attempts(attempts)
                .firstFailedAt(now)
                .failedAt(now)
                .place(place)
                .toolVersion(ToolVersion.current())
                .build();
        stores.ofUnknown().ifPresent(store -> store.records().write(run));
    }

    /** Records a failed attempt, after those that were recorded before. */
    void failed(String secretName, Optional<DatabaseSecret> database, Instant scheduledAt, AutoDumpException failure) {
        write(
                secretName,
                database,
                scheduledAt,
                (earlier, now) -> FailedRun.builder()
                        .code(failure.code().id())
                        .message(failure.description())
                        .hint(failure.hint())
                        .attempts(earlier.map(FailedRun::attempts).orElse(0) + 1)
                        .firstFailedAt(earlier.map(FailedRun::firstFailedAt).orElse(now)));
    }

    /** Writes the record that {@code content} begins, given the earlier record of the run and the current time. */
    private void write(
            String secretName,
            Optional<DatabaseSecret> database,
            Instant scheduledAt,
            BiFunction<Optional<FailedRun>, Instant, FailedRun.Builder> content) {
        try {
            RecordKey key = RecordKey.ofRun(
                    database.flatMap(DatabaseSecret::prefix),
                    secretName,
                    database.map(DatabaseSecret::database),
                    scheduledAt);
            store(database).map(DumpStore::records).ifPresent(records -> {
                Instant now = clock.instant();
                write(
                        records,
                        content.apply(earlier(records, key), now)
                                .key(key)
                                .secretName(secretName)
                                .database(database.map(DatabaseSecret::database))
                                .scheduledAt(scheduledAt)
                                .failedAt(now)
                                .place(place)
                                .toolVersion(ToolVersion.current())
                                .build());
            });
        } catch (AutoDumpException | IllegalArgumentException unwritable) {
            // The store may be what failed. A key may be too long.
            return;
        }
    }

    private void write(DumpRecords records, FailedRun record) {
        try {
            records.write(record);
        } catch (AutoDumpException refused) {
            ports.delayedRecords().ifPresent(waiting -> waiting.write(record));
        }
    }

    /** Writes the records that the store didn't take before. Leaves those that it doesn't take now. */
    public void writeDelayed() {
        try {
            ports.delayedRecords()
                    .ifPresent(waiting ->
                            stores.ofUnknown().map(DumpStore::records).ifPresent(records -> move(waiting, records)));
        } catch (RuntimeException stillRefused) {
            // A dump that was made must not fail because of it, and the next call tries again.
            return;
        }
    }

    private static void move(DumpRecords waiting, DumpRecords records) {
        List<RecordKey> keys;
        try (Stream<RecordKey> listed = waiting.list("")) {
            keys = listed.toList();
        }
        for (RecordKey key : keys) {
            if (records.find(key).isEmpty()) {
                waiting.find(key).ifPresent(records::write);
            }
            waiting.delete(key);
        }
    }

    private Optional<DumpStore> store(Optional<DatabaseSecret> database) {
        try {
            return database.map(stores::of).or(stores::ofUnknown);
        } catch (AutoDumpException notAllowed) {
            return stores.ofUnknown();
        }
    }

    private Optional<FailedRun> earlier(DumpRecords records, RecordKey key) {
        return find(records, key).or(() -> ports.delayedRecords().flatMap(waiting -> find(waiting, key)));
    }

    private static Optional<FailedRun> find(DumpRecords records, RecordKey key) {
        try {
            return records.find(key).filter(FailedRun.class::isInstance).map(FailedRun.class::cast);
        } catch (AutoDumpException unreadable) {
            return Optional.empty();
        }
    }

    /** Empty for a secret with several databases: the run's record is in the folder of the secret. */
    private Optional<DatabaseSecret> connection(TaggedSecret secret) {
        if (SecretTags.read(secret.tags()).databases().isPresent()) {
            return Optional.empty();
        }
        try {
            return Optional.of(ReadConnection.of(ports).read(secret));
        } catch (AutoDumpException unreadable) {
            return Optional.empty();
        }
    }
}

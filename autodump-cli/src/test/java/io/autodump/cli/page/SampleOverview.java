package io.autodump.cli.page;

import io.autodump.core.database.TlsMode;
import io.autodump.core.dump.Checksum;
import io.autodump.core.dump.Compression;
import io.autodump.core.dump.DumpFileType;
import io.autodump.core.dump.DumpFormat;
import io.autodump.core.dump.DumpKey;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.dump.DumpSettings;
import io.autodump.core.record.FailedRun;
import io.autodump.core.record.RecordKey;
import io.autodump.core.usecase.status.DatabaseOverview;
import io.autodump.core.usecase.status.DatabaseStatus;
import io.autodump.core.usecase.status.DatabaseStatus.State;
import io.autodump.core.usecase.status.HistoryEntry.Outcome;
import io.autodump.core.usecase.status.OverviewReport;
import io.autodump.core.usecase.status.RunMark;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Databases with a history of sixty days. */
final class SampleOverview {
    static final Instant NOW = Instant.parse("2026-11-26T09:12:00Z");
    private static final long MIB = 1024 * 1024;
    private static final int DAYS = 60;

    private SampleOverview() {}

    static OverviewReport of(List<DatabaseOverview> databases) {
        return new OverviewReport(NOW, databases, List.of());
    }

    /** One database in each state. */
    static OverviewReport everyState() {
        return of(List.of(
                database("accounts", State.FRESH, 4200 * MIB, 2),
                database("billing", State.OVERDUE, 880 * MIB, 0),
                database("catalog", State.FRESH, 12 * MIB, 1),
                database("events", State.LATE, 61_000 * MIB, 9),
                database("legacy-crm", State.PAUSED, 310 * MIB, 0),
                database("orders", State.FAILING, 1300 * MIB, 7),
                database("search", State.FRESH, 9_700 * MIB, 0),
                database("stock", State.SUSPICIOUS, 540 * MIB, 30)));
    }

    /** A database; of its dumps, one in {@code provenEvery} is proven, none for 0. */
    static DatabaseOverview database(String name, State state, long bytes, int provenEvery) {
        List<DumpManifest> dumps = new ArrayList<>();
        List<RunMark> runs = new ArrayList<>();
        for (int day = 0; day < DAYS; day++) {
            Instant at = Instant.parse("2026-11-26T01:30:00Z").minus(Duration.ofDays(day));
            Outcome outcome = outcome(state, name.hashCode(), day, provenEvery);
            runs.add(new RunMark(at, outcome));
            if (outcome != Outcome.FAILED && outcome != Outcome.MISSED) {
                dumps.add(dump(name, at, size(bytes, day, outcome)));
            }
        }
        return new DatabaseOverview(status(name, state, dumps, provenEvery), dumps, runs);
    }

    private static long size(long bytes, int day, Outcome outcome) {
        double growth = 1 - day * 0.004 + Math.sin(day * 1.7) * 0.02;
        return (long) (bytes * growth * (outcome == Outcome.SUSPICIOUS ? 0.28 : 1));
    }

    private static Outcome outcome(State state, int seed, int day, int provenEvery) {
        if ((state == State.FAILING && day < 2) || Math.floorMod(seed + day * 31, 47) == 5) {
            return Outcome.FAILED;
        }
        if ((state == State.OVERDUE && day < 3) || Math.floorMod(seed + day * 17, 59) == 3) {
            return Outcome.MISSED;
        }
        if (state == State.SUSPICIOUS && day == 0) {
            return Outcome.SUSPICIOUS;
        }
        return provenEvery > 0 && day % provenEvery == 0 ? Outcome.PROVEN : Outcome.MADE;
    }

    private static DatabaseStatus status(String name, State state, List<DumpManifest> dumps, int provenEvery) {
        DatabaseStatus.Builder status = DatabaseStatus.builder()
                .secretName(name)
                .state(state)
                .needsOperator(state == State.FAILING || state == State.OVERDUE || state == State.SUSPICIOUS)
                .newestDumps(dumps.subList(0, 10))
                .lastGood(dumps.stream()
                        .filter(dump -> dump.suspicions().isEmpty())
                        .findFirst())
                .due(NOW.minus(Duration.ofHours(8)));
        if (state != State.PAUSED) {
            status.nextRun(Instant.parse("2026-11-27T01:30:00Z"));
        }
        if (provenEvery > 0) {
            status.lastProven(dumps.get(Math.min(provenEvery, 9)));
        }
        if (state == State.FAILING) {
            status.lastFailure(failure(name));
        }
        return status.build();
    }

    private static FailedRun failure(String name) {
        return FailedRun.builder()
                .key(RecordKey.ofRun(Optional.empty(), name, Optional.of("shop"), NOW))
                .secretName(name)
                .scheduledAt(Instant.parse("2026-11-26T01:30:00Z"))
                .code("AD-3002")
                .message("the server refused the user or the password; nothing was published")
                .hint("correct username and password in the secret, and see that pg_hba.conf admits the user")
                .attempts(3)
                .firstFailedAt(Instant.parse("2026-11-26T01:30:02Z"))
                .failedAt(Instant.parse("2026-11-26T01:50:09Z"))
                .toolVersion("test")
                .build();
    }

    private static DumpManifest dump(String name, Instant at, long bytes) {
        return DumpManifest.builder()
                .key(DumpKey.of(Optional.empty(), name, "shop", at, ".dump.zst"))
                .secretName(name)
                .database("shop")
                .engine("postgres")
                .scheduledAt(at)
                .startedAt(at.plusSeconds(2))
                .finishedAt(at.plusSeconds(2 + bytes / MIB / 30))
                .serverVersion("15.18")
                .clientVersion("15.18")
                .tls(TlsMode.VERIFY_FULL)
                .replica(false)
                .fileType(new DumpFileType(DumpFormat.CUSTOM, Compression.DEFAULT))
                .settings(DumpSettings.defaults())
                .sourceBytes(bytes * 4)
                .storedBytes(bytes)
                .checksum(Checksum.ofSha256(new byte[32]))
                .archiveEntries(42)
                .suspicions(
                        name.equals("stock") && at.equals(Instant.parse("2026-11-26T01:30:00Z"))
                                ? List.of("151 MiB, the last 10 had 502 MiB to 548 MiB")
                                : List.of())
                .toolVersion("test")
                .build();
    }
}

package io.autodump.local.notify;

import io.autodump.core.dump.DumpEvent;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.internal.ByteCount;
import io.autodump.core.internal.ControlCharacters;
import io.autodump.core.usecase.status.DatabaseStatus;
import io.autodump.core.usecase.status.DatabaseStatus.State;
import io.autodump.core.wire.DumpEventJson;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes notices for people and programs. Immutable. */
final class Notices {
    /** The secret of a test. */
    static final String TEST_SECRET = "autodump-test";

    private static final int MOST_CHARACTERS = 1500;
    private static final int MOST_WARNINGS = 10;

    private final Optional<String> host;

    /**
     * Notices from a machine.
     *
     * @param host its name; empty if it isn't known
     */
    Notices(Optional<String> host) {
        this.host = host;
    }

    Notice started(String secretName, Instant scheduledAt) {
        return new Notice(NoticeType.STARTED, secretName, scheduledAt, false, secretName + ": dump started", "", "{}");
    }

    Notice test(String secretName, String channel, Instant now) {
        String json = StateFiles.object()
                .put("schemaVersion", DumpEventJson.SCHEMA_VERSION)
                .put("type", NoticeType.TEST.text())
                .put("secretName", secretName)
                .put("scheduledAt", now.toString())
                .toPrettyString();
        String text = "The channel " + channel + " works. No dump failed." + machine();
        return new Notice(NoticeType.TEST, secretName, now, false, "A test by AutoDump", text, json);
    }

    /** A notice of an event of this type. */
    Notice of(DumpEvent event, NoticeType type, boolean repeated) {
        return new Notice(
                type,
                event.secretName(),
                event.scheduledAt(),
                repeated,
                line(subject(event) + ": " + title(event, type)),
                shortened(ControlCharacters.escaped(text(event), "\n")),
                DumpEventJson.write(event));
    }

    /** One of several databases of a secret has a name of its own, as in {@code autodump status}. */
    private static String subject(DumpEvent event) {
        Optional<String> database = Optional.empty();
        if (event instanceof DumpEvent.Failed failed) {
            database = failed.database();
        } else if (event instanceof DumpEvent.Overdue overdue) {
            database = overdue.database();
        } else if (event instanceof DumpEvent.Succeeded made) {
            database = database(made.manifest());
        } else if (event instanceof DumpEvent.Recovered recovered) {
            database = database(recovered.manifest());
        }
        return DatabaseStatus.displayName(event.secretName(), database);
    }

    /** The database of a dump, if its secret asks for several. */
    static Optional<String> database(DumpManifest dump) {
        return dump.serverDatabases().map(several -> dump.database());
    }

    /**
     * Says that databases of one secret are overdue.
     *
     * @param databases at least one
     * @param days how many days they have been overdue
     */
    static DumpEvent overdue(List<DatabaseStatus> databases, int days, Instant now) {
        DatabaseStatus first = databases.get(0);
        Optional<Instant> newest = databases.stream()
                .flatMap(each -> each.newestDumps().stream().findFirst().stream())
                .map(DumpManifest::scheduledAt)
                .max(Comparator.naturalOrder());
        return new DumpEvent.Overdue(
                first.secretName(),
                first.due().orElse(now),
                days,
                newest,
                databases.stream().map(Notices::reason).collect(Collectors.joining("\n")),
                databases.size() == 1 ? first.database() : Optional.empty());
    }

    private static String reason(DatabaseStatus database) {
        if (database.state() == State.UNPROTECTED && !database.problems().isEmpty()) {
            return database.problems().stream()
                    .map(problem -> "the tag " + problem)
                    .collect(Collectors.joining("\n", "Its tags stop all dumps: ", ""));
        }
        String dump = "There is no dump"
                + database.database().map(name -> " of " + name).orElse("");
        String run = database.due()
                .map(due -> dump + (database.database().isPresent() ? " in" : " of") + " the run of " + due + ".")
                .orElse(dump + ", and none is scheduled.");
        return database.lastFailure()
                .filter(failure -> database.due().stream().noneMatch(failure.scheduledAt()::isBefore))
                .map(failure ->
                        run + "\n" + failure.code().map(code -> code + " ").orElse("") + failure.message())
                .orElse(run);
    }

    private static String title(DumpEvent event, NoticeType type) {
        if (event instanceof DumpEvent.Failed failed) {
            return "the dump failed (" + failed.code().id() + ")";
        } else if (event instanceof DumpEvent.DrillFailed failed) {
            return "a restore drill failed (" + failed.code().id() + ")";
        } else if (event instanceof DumpEvent.CopyFailed failed) {
            return "the copy to " + failed.store() + " failed (" + failed.code().id() + ")";
        } else if (event instanceof DumpEvent.Missed missed) {
            return missed.later() == 0 ? "a run was missed" : missed.later() + 1 + " runs were missed";
        } else if (event instanceof DumpEvent.Overdue overdue) {
            return overdue.days() == 0
                    ? "the dump is overdue"
                    : "the dump has been overdue for " + overdue.days() + (overdue.days() == 1 ? " day" : " days");
        } else if (event instanceof DumpEvent.Recovered) {
            return "there is a dump again";
        } else if (event instanceof DumpEvent.Succeeded made
                && !made.manifest().suspicions().isEmpty()) {
            return "the dump is suspicious";
        }
        return type == NoticeType.WARNED ? "the dump was made, with warnings" : "the dump was made";
    }

    private String text(DumpEvent event) {
        if (event instanceof DumpEvent.Failed failed) {
            return shortened(failed.report().strip()) + "\nThe run of " + instant(failed.scheduledAt()) + "."
                    + machine();
        } else if (event instanceof DumpEvent.DrillFailed failed) {
            return shortened(failed.report().strip()) + "\nThe dump " + failed.dump() + " wasn't proven." + machine();
        } else if (event instanceof DumpEvent.CopyFailed failed) {
            return shortened(failed.report().strip()) + "\nThe dump " + failed.dump() + " is there; its copy in "
                    + failed.store() + " is missing." + machine();
        } else if (event instanceof DumpEvent.Overdue overdue) {
            String last = overdue.lastDump()
                    .map(at -> "The newest dump is that of " + instant(at) + ".")
                    .orElse("There is no dump at all.");
            return overdue.reason() + "\n" + last + machine();
        } else if (event instanceof DumpEvent.Succeeded made) {
            return made(made.manifest());
        } else if (event instanceof DumpEvent.Recovered recovered) {
            return made(recovered.manifest());
        } else if (event instanceof DumpEvent.Missed missed && missed.later() > 0) {
            return "There is no dump of the run of " + instant(missed.scheduledAt()) + " and of " + missed.later()
                    + " after it, and their catch-up windows are over." + machine();
        }
        return "There is no dump of the run of " + instant(event.scheduledAt()) + ", and its catch-up window is over."
                + machine();
    }

    private String made(DumpManifest dump) {
        List<String> lines = new ArrayList<>();
        lines.add(ByteCount.text(dump.storedBytes()) + " in "
                + Duration.between(dump.startedAt(), dump.finishedAt()).toSeconds() + " s: " + dump.key());
        Stream.concat(dump.suspicions().stream(), dump.warnings().stream())
                .limit(MOST_WARNINGS)
                .forEach(lines::add);
        int left = dump.suspicions().size() + dump.warnings().size() - MOST_WARNINGS;
        if (left > 0) {
            lines.add("and " + left + " more");
        }
        return String.join("\n", lines);
    }

    private String machine() {
        return host.map(name -> " Machine: " + name).orElse("");
    }

    private static String instant(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS).toString().replace('T', ' ');
    }

    private static String line(String text) {
        return ControlCharacters.escaped(text).replace('\n', ' ');
    }

    private static String shortened(String text) {
        return text.length() <= MOST_CHARACTERS ? text : text.substring(0, MOST_CHARACTERS) + "…";
    }
}

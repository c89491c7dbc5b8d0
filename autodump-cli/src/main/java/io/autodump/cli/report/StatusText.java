package io.autodump.cli.report;

import io.autodump.cli.terminal.Style;
import io.autodump.cli.terminal.Table;
import io.autodump.cli.terminal.Terminal;
import io.autodump.cli.terminal.Text;
import io.autodump.core.copy.CopyStatus;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.record.FailedRun;
import io.autodump.core.usecase.status.DatabaseStatus;
import io.autodump.core.usecase.status.DatabaseStatus.State;
import io.autodump.core.usecase.status.StatusReport;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Prints the status of databases for a person: a table, and what to do. Not thread-safe. */
public final class StatusText {
    private static final String NONE = "-";
    private static final double WHOLE = 100.0;
    private static final int MOST_CHANGE = 999;

    private final Terminal terminal;
    private final Style style;
    private final Instant now;

    /** Prints to this terminal, and shows how old dumps are at {@code now}. */
    public StatusText(Terminal terminal, Instant now) {
        this.terminal = terminal;
        this.style = terminal.style();
        this.now = now;
    }

    /**
     * The databases of one place.
     *
     * @param place the cells of the leading columns
     */
    public record Section(List<String> place, StatusReport report) {}

    /** Prints a table with one database per line, then what is wrong with some of them. */
    public void print(StatusReport report) {
        print(List.of(), List.of(new Section(List.of(), report)));
    }

    /**
     * Prints one table for several places, then what is wrong with some of their databases.
     *
     * @param headings of the leading columns
     */
    public void print(List<String> headings, List<Section> sections) {
        List<DatabaseStatus> all = sections.stream()
                .flatMap(section -> section.report().databases().stream())
                .toList();
        if (all.isEmpty()) {
            terminal.print("0 databases");
            return;
        }
        Table table = Table.create();
        headings.forEach(table::left);
        table.left("SECRET")
                .left("STATUS")
                .left("LAST GOOD DUMP")
                .right("AGE")
                .right("SIZE")
                .right("TREND")
                .left("PROVEN")
                .left("NEXT RUN");
        sections.forEach(section -> section.report()
                .databases()
                .forEach(database -> table.row(
                        Stream.concat(section.place().stream(), cells(database)).toArray(String[]::new))));
        terminal.print(String.join(System.lineSeparator(), table.lines(style)));
        for (Section section : sections) {
            String where = section.place().stream().map(cell -> cell + " ").collect(Collectors.joining());
            section.report().databases().forEach(database -> explain(where, database));
            section.report().databases().forEach(database -> explainDrill(where, database));
            section.report().databases().forEach(database -> explainCopies(where, database));
        }
        terminal.print("");
        terminal.print(summary(all));
    }

    private Stream<String> cells(DatabaseStatus database) {
        Optional<DumpManifest> good = database.lastGood();
        return Stream.of(
                database.displayName(),
                database.state().text(),
                good.map(dump -> DumpText.instant(dump.scheduledAt())).orElse("none"),
                good.map(dump -> Text.duration(Duration.between(dump.finishedAt(), now)))
                        .orElse(NONE),
                good.map(dump -> Text.bytes(dump.storedBytes())).orElse(NONE),
                trend(database),
                database.lastProven()
                        .map(dump -> DumpText.instant(dump.scheduledAt()))
                        .orElse("never"),
                database.nextRun().map(DumpText::instant).orElse(NONE));
    }

    /** The last good dump, compared with the mean of the others. */
    private static String trend(DatabaseStatus database) {
        List<Long> others = database.newestDumps().stream()
                .filter(dump -> !Optional.of(dump).equals(database.lastGood()))
                .map(DumpManifest::storedBytes)
                .toList();
        if (database.lastGood().isEmpty() || others.isEmpty()) {
            return NONE;
        }
        double mean = others.stream().mapToLong(Long::longValue).average().orElseThrow();
        double change = (database.lastGood().get().storedBytes() - mean) / mean * WHOLE;
        return change > MOST_CHANGE ? ">+" + MOST_CHANGE + "%" : String.format(Locale.ROOT, "%+.0f%%", change);
    }

    private void explain(String where, DatabaseStatus database) {
        List<String> lines = new ArrayList<>();
        switch (database.state()) {
            case FAILING -> database.lastFailure().ifPresent(run -> lines.addAll(failure(run)));
            case OVERDUE -> {
                database.due().ifPresent(due -> lines.add("there is no dump of the run of " + DumpText.instant(due)));
                database.lastFailure()
                        .filter(run -> database.due().stream().noneMatch(run.scheduledAt()::isBefore))
                        .ifPresent(run -> lines.addAll(failure(run)));
            }
            case SUSPICIOUS -> lines.addAll(suspicious(database.newestDumps().get(0)));
            case UNPROTECTED -> {
                database.problems().forEach(problem -> lines.add(problem.toString()));
                if (database.problems().isEmpty()) {
                    lines.add("there is no dump" + (database.nextRun().isPresent() ? " yet" : " and no schedule"));
                }
            }
            case LATE -> lines.add("a run is due and has no dump yet");
            case PAUSED, FRESH -> lines.clear();
        }
        print(where, database, lines);
    }

    private void explainDrill(String where, DatabaseStatus database) {
        database.failedDrill().ifPresent(drill -> {
            terminal.print("");
            terminal.print(style.bold(where + Text.line(database.displayName())) + ": "
                    + style.bad("the last restore drill failed") + " at " + DumpText.instant(drill.at()) + ": "
                    + drill.code() + " " + Text.line(drill.message()));
            drill.hint().ifPresent(hint -> terminal.print("  HINT: " + Text.line(CommandHints.WORDS.in(hint))));
        });
    }

    private void explainCopies(String where, DatabaseStatus database) {
        for (CopyStatus copies : database.copies()) {
            if (!copies.missing().isEmpty()) {
                DumpManifest newest = copies.missing().get(0);
                terminal.print("");
                terminal.print(style.bold(where + Text.line(database.displayName())) + ": "
                        + style.bad(Text.count(copies.missing().size(), "cop", "y is", "ies are") + " missing in "
                                + copies.store())
                        + ", the newest of the dump of " + DumpText.instant(newest.scheduledAt()));
                terminal.print("  HINT: copy now: autodump copy " + Text.line(database.secretName()));
            } else if (!copies.late().isEmpty()) {
                terminal.print("");
                terminal.print(style.bold(where + Text.line(database.displayName())) + ": the copy in " + copies.store()
                        + " of the dump of "
                        + DumpText.instant(copies.late().get(0).scheduledAt())
                        + " isn't there yet");
            }
        }
    }

    private void print(String where, DatabaseStatus database, List<String> lines) {
        if (lines.isEmpty()) {
            return;
        }
        terminal.print("");
        terminal.print(style.bold(where + Text.line(database.displayName())) + " is " + word(database) + ": "
                + Text.line(lines.get(0)));
        lines.stream().skip(1).forEach(line -> terminal.print("  " + Text.line(line)));
    }

    private String word(DatabaseStatus database) {
        String word = database.state().text();
        return database.needsOperator() ? style.bad(word) : style.warning(word);
    }

    private static List<String> failure(FailedRun run) {
        List<String> lines = new ArrayList<>();
        lines.add(run.code().map(code -> code + " ").orElse("") + run.message());
        run.hint().ifPresent(hint -> lines.add("HINT: " + CommandHints.WORDS.in(hint)));
        if (run.attempts() > 0) {
            lines.add(Text.count(run.attempts(), "attempt") + " at the run of " + DumpText.instant(run.scheduledAt())
                    + ", the last at " + DumpText.instant(run.failedAt()));
        }
        return lines;
    }

    private static List<String> suspicious(DumpManifest dump) {
        List<String> lines = new ArrayList<>(dump.suspicions());
        lines.add("HINT: if that is right: autodump acknowledge " + dump.key());
        return lines;
    }

    private static String summary(List<DatabaseStatus> databases) {
        List<String> words = new ArrayList<>();
        for (State state : State.values()) {
            long number = databases.stream()
                    .filter(database -> database.state() == state)
                    .count();
            if (number > 0) {
                words.add(number + " " + state.text());
            }
        }
        return Text.count(databases.size(), "database") + ": " + String.join(", ", words);
    }
}

package io.autodump.cli.report;

import io.autodump.cli.terminal.Table;
import io.autodump.cli.terminal.Terminal;
import io.autodump.cli.terminal.Text;
import io.autodump.core.record.FailedRun;
import io.autodump.core.usecase.status.HistoryEntry;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Prints the history of a database for a person. Not thread-safe. */
public final class HistoryText {
    private static final String NONE = "-";

    private final Terminal terminal;

    /** Prints to this terminal. */
    public HistoryText(Terminal terminal) {
        this.terminal = terminal;
    }

    /** Prints a table with one run per line; with the database, if there are several. */
    public void print(List<HistoryEntry> runs) {
        boolean several = runs.stream().anyMatch(run -> run.database(runs).isPresent());
        Table table = Table.create().left("RUN");
        if (several) {
            table.left("DATABASE");
        }
        table.left("OUTCOME")
                .right("SIZE")
                .right("TOOK")
                .right("FAILED ATTEMPTS")
                .left("DETAIL");
        for (HistoryEntry run : runs) {
            Stream<String> database = several ? Stream.of(run.database(runs).orElse(NONE)) : Stream.empty();
            table.row(Stream.of(Stream.of(DumpText.instant(run.scheduledAt())), database, cells(run))
                    .flatMap(cells -> cells)
                    .toArray(String[]::new));
        }
        terminal.print(String.join(System.lineSeparator(), table.lines(terminal.style())));
    }

    private static Stream<String> cells(HistoryEntry run) {
        return Stream.of(
                run.outcome().text(),
                run.dump().map(dump -> Text.bytes(dump.storedBytes())).orElse(NONE),
                run.dump()
                        .map(dump -> Text.duration(Duration.between(dump.startedAt(), dump.finishedAt())))
                        .orElse(NONE),
                run.failure().map(FailedRun::attempts).map(String::valueOf).orElse(NONE),
                detail(run));
    }

    private static String detail(HistoryEntry run) {
        return run.dump()
                .map(dump -> dump.suspicions().isEmpty() ? dump.key().value() : String.join("; ", dump.suspicions()))
                .or(() -> run.failure()
                        .map(failure -> failure.code().map(code -> code + " ").orElse("") + failure.message()))
                .orElse(NONE);
    }
}

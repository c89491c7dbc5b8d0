package io.autodump.cli.report;

import io.autodump.cli.terminal.Style;
import io.autodump.cli.terminal.Table;
import io.autodump.cli.terminal.Terminal;
import io.autodump.cli.terminal.Text;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.usecase.status.DumpListing;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Prints finished dumps as a table of at most 80 columns, and their total. Not thread-safe. */
public final class ListText {
    private static final int NARROW = 80;
    /** What the other columns and the gaps take. */
    private static final int OTHERS = 63;

    private static final int SHORTEST_NAME = 6;

    private final Terminal terminal;
    private final Style style;
    private final Instant now;

    /** Prints to this terminal, with ages at {@code now}. */
    public ListText(Terminal terminal, Instant now) {
        this.terminal = terminal;
        this.style = terminal.style();
        this.now = now;
    }

    /** Prints a line for each dump, in their order, and a total. */
    public void print(DumpListing listing) {
        List<DumpManifest> dumps = listing.dumps();
        boolean databases = dumps.stream().anyMatch(dump -> !dump.database().equals(dump.secretName()));
        int room = (Math.max(NARROW, terminal.width()) - OTHERS) / (databases ? 2 : 1);
        Table table = Table.create().left("ID").left("SECRET");
        if (databases) {
            table.left("DATABASE");
        }
        table.left("SCHEDULED").right("AGE").right("SIZE").left("STATE");
        for (DumpManifest dump : dumps) {
            table.row(cells(dump, state(dump, listing), databases, Math.max(SHORTEST_NAME, room)));
        }
        // In one piece: a line at a time costs two system calls each.
        terminal.print(String.join(System.lineSeparator(), table.lines(style)));
        long bytes = dumps.stream().mapToLong(DumpManifest::storedBytes).sum();
        terminal.print(style.faint(Text.count(dumps.size(), "dump") + ", " + Text.bytes(bytes)));
    }

    private String[] cells(DumpManifest dump, String state, boolean databases, int room) {
        String id = DumpId.of(dump.key());
        String secret = shortened(dump.secretName(), room);
        String scheduled = DumpText.instant(dump.scheduledAt());
        String age = Text.age(Duration.between(dump.scheduledAt(), now));
        String size = Text.bytes(dump.storedBytes());
        return databases
                ? new String[] {id, secret, shortened(dump.database(), room), scheduled, age, size, state}
                : new String[] {id, secret, scheduled, age, size, state};
    }

    private static String state(DumpManifest dump, DumpListing listing) {
        if (!dump.suspicions().isEmpty()) {
            return "suspicious";
        }
        if (dump.hasWarnings()) {
            return "warnings";
        }
        return listing.proven().contains(dump.key()) ? "proven" : "ok";
    }

    /** The end of a long name distinguishes it more often than its beginning. */
    private static String shortened(String name, int room) {
        return name.length() <= room ? name : "…" + name.substring(name.length() - room + 1);
    }
}

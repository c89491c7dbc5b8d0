package io.autodump.cli.report;

import io.autodump.cli.terminal.Style;
import io.autodump.cli.terminal.Table;
import io.autodump.cli.terminal.Terminal;
import io.autodump.cli.terminal.Text;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.dump.DumpOutcome;
import io.autodump.core.dump.TableRows;
import io.autodump.core.usecase.status.DumpListing;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Dumps for a person: one in full, or a table of many. */
public final class DumpText {
    private static final DateTimeFormatter SECOND =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private static final int MOST_NOT_INCLUDED = 20;

    private final Terminal terminal;
    private final Style style;

    public DumpText(Terminal terminal) {
        this.terminal = terminal;
        this.style = terminal.style();
    }

    public void print(DumpOutcome outcome) {
        DumpManifest manifest = outcome.manifest();
        String deed = outcome.alreadyThere() ? "was there already: " : "dumped ";
        String ending = manifest.hasWarnings() ? style.warning(", with warnings") : "";
        terminal.print(style.good(deed + Text.printable(manifest.database())) + " of secret "
                + Text.printable(manifest.secretName()) + ending);
        print(manifest);
        field("took", Text.duration(Duration.between(manifest.startedAt(), manifest.finishedAt())));
    }

    /** What somebody should look at, on the error stream, so that it is seen beside a JSON document too. */
    public void warn(DumpManifest manifest) {
        manifest.warnings().forEach(terminal::warn);
        manifest.notIncluded().stream()
                .limit(MOST_NOT_INCLUDED)
                .forEach(thing -> terminal.warn("not in the dump: " + thing + "; " + thing.remedy()));
        int more = manifest.notIncluded().size() - MOST_NOT_INCLUDED;
        if (more > 0) {
            terminal.warn(
                    "not in the dump: " + more + " more; " + manifest.key().manifestKey() + " lists them all");
        }
    }

    /** The facts of one dump. */
    public void print(DumpManifest manifest) {
        field("key", manifest.key().value());
        field("size", Text.bytes(manifest.storedBytes()) + " (" + Text.exactBytes(manifest.storedBytes()) + ")");
        field("sha256", manifest.checksum().sha256());
        field("tables", tables(manifest));
        field(
                "server",
                manifest.serverVersion() + ", pg_dump " + manifest.clientVersion() + ", TLS "
                        + manifest.tls().text() + (manifest.replica() ? ", a replica" : ""));
    }

    public void print(DumpListing listing) {
        Table table = Table.create()
                .left("SECRET")
                .left("DATABASE")
                .left("SCHEDULED")
                .right("SIZE")
                .right("TABLES")
                .right("WARNINGS")
                .right("TOOK")
                .left("KEY");
        for (DumpManifest dump : listing.dumps()) {
            table.row(
                    dump.secretName(),
                    dump.database(),
                    instant(dump.scheduledAt()),
                    Text.bytes(dump.storedBytes()),
                    dump.tables().isEmpty() ? "-" : String.valueOf(dump.tables().size()),
                    warnings(dump),
                    Text.duration(Duration.between(dump.startedAt(), dump.finishedAt())),
                    dump.key().value());
        }
        table.lines(style).forEach(terminal::print);
    }

    private static String instant(Instant instant) {
        return SECOND.format(instant);
    }

    private static String warnings(DumpManifest dump) {
        return dump.hasWarnings()
                ? String.valueOf(dump.warnings().size() + dump.notIncluded().size())
                : "-";
    }

    private static String tables(DumpManifest manifest) {
        String entries = manifest.archiveEntries()
                .map(number -> String.format(Locale.ROOT, "%,d archive %s", number, number == 1 ? "entry" : "entries"))
                .orElse("a plain script");
        if (manifest.tables().isEmpty()) {
            return entries;
        }
        long rows = manifest.tables().stream().mapToLong(TableRows::rows).sum();
        return manifest.tables().size() + " with " + Text.count(rows, "row") + "; " + entries;
    }

    private void field(String name, String value) {
        terminal.print("  " + style.faint(String.format(Locale.ROOT, "%-7s", name)) + " " + Text.printable(value));
    }
}

package io.autodump.cli.report;

import io.autodump.cli.terminal.Style;
import io.autodump.cli.terminal.Table;
import io.autodump.cli.terminal.Terminal;
import io.autodump.cli.terminal.Text;
import io.autodump.core.dump.DumpKey;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.dump.DumpOutcome;
import io.autodump.core.dump.TableRows;
import io.autodump.core.encryption.Recipient;
import io.autodump.core.internal.ReadableText;
import io.autodump.core.usecase.status.DumpListing;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.stream.Collectors;

/** Prints dumps for a person: one with its details, or many as a table. Not thread-safe. */
public final class DumpText {
    private static final int MOST_NOT_INCLUDED = 20;

    private final Terminal terminal;
    private final Style style;

    /** Prints to this terminal. */
    public DumpText(Terminal terminal) {
        this.terminal = terminal;
        this.style = terminal.style();
    }

    /** Prints the dump that a command made. */
    public void print(DumpOutcome outcome) {
        DumpManifest manifest = outcome.manifest();
        String done = outcome.alreadyThere() ? "already dumped: " : "dumped ";
        String ending = manifest.hasWarnings() ? style.warning(", with warnings") : "";
        terminal.print(style.good(done + Text.line(manifest.database())) + " of secret "
                + Text.line(manifest.secretName()) + ending);
        print(manifest);
        field("took", Text.duration(Duration.between(manifest.startedAt(), manifest.finishedAt())));
    }

    /** Prints what a dump would be, after everything was checked that a dump checks first. */
    public void dryRun(String secret, String database, DumpKey key, long databaseBytes) {
        terminal.print(style.good("would dump " + Text.line(database)) + " of secret " + Text.line(secret)
                + "; nothing was dumped");
        field("key", key.value());
        field("size", Text.bytes(databaseBytes) + " on the server's disk");
    }

    /** Prints warnings to the error stream, so that they are also seen beside a JSON document. */
    public void warn(DumpManifest manifest) {
        manifest.warnings().forEach(terminal::warn);
        manifest.suspicions()
                .forEach(suspicion -> terminal.warn(
                        "suspicious: " + suspicion + "; if that is right: autodump acknowledge " + manifest.key()));
        manifest.notIncluded().stream()
                .limit(MOST_NOT_INCLUDED)
                .forEach(thing -> terminal.warn("not in the dump: " + thing + "; " + thing.remedy()));
        int more = manifest.notIncluded().size() - MOST_NOT_INCLUDED;
        if (more > 0) {
            terminal.warn(
                    "not in the dump: " + more + " more; " + manifest.key().manifestKey() + " lists them all");
        }
    }

    /** Prints the details of one dump. */
    public void print(DumpManifest manifest) {
        field("key", manifest.key().value());
        field("size", size(manifest) + " (" + Text.exactBytes(manifest.storedBytes()) + ")");
        field("sha256", manifest.checksum().sha256());
        field(manifest.tables().isEmpty() ? "holds" : "tables", tables(manifest));
        if (manifest.settings().isEncrypted()) {
            field("for", recipients(manifest));
        }
        field(
                "server",
                manifest.serverVersion() + ", pg_dump " + manifest.clientVersion() + ", TLS "
                        + manifest.tls().text() + (manifest.replica() ? ", a replica" : ""));
    }

    /** Prints a table with one dump per line. */
    public void print(DumpListing listing) {
        Table table = Table.create()
                .left("SECRET")
                .left("DATABASE")
                .left("SCHEDULED")
                .right("SIZE")
                .right("TABLES")
                .right("WARNINGS")
                .right("TOOK")
                .left("PROVEN")
                .left("KEY");
        for (DumpManifest dump : listing.dumps()) {
            table.row(
                    dump.secretName(),
                    dump.database(),
                    instant(dump.scheduledAt()),
                    size(dump),
                    dump.tables().isEmpty() ? "-" : String.valueOf(dump.tables().size()),
                    warnings(dump),
                    Text.duration(Duration.between(dump.startedAt(), dump.finishedAt())),
                    listing.proven().contains(dump.key()) ? "yes" : "-",
                    dump.key().value());
        }
        // In one piece: a line at a time costs two system calls each.
        terminal.print(String.join(System.lineSeparator(), table.lines(style)));
    }

    /** Returns the size of all files, and their number if there are several. */
    private static String size(DumpManifest manifest) {
        int parts = manifest.parts().all().size();
        return Text.bytes(manifest.storedBytes()) + (parts == 0 ? "" : " in " + Text.count(parts, "part"));
    }

    public static String instant(Instant instant) {
        return ReadableText.instant(instant);
    }

    private static String warnings(DumpManifest dump) {
        return dump.hasWarnings()
                ? String.valueOf(dump.warnings().size()
                        + dump.notIncluded().size()
                        + dump.suspicions().size())
                : "-";
    }

    private static String recipients(DumpManifest manifest) {
        return manifest.settings().encryptTo().stream().map(Recipient::text).collect(Collectors.joining(" "))
                + " (encrypted)";
    }

    private static String tables(DumpManifest manifest) {
        String entries = manifest.archiveEntries()
                .map(inArchive -> entries(inArchive, manifest.parts().tables()))
                .orElse("a plain script");
        if (manifest.tables().isEmpty()) {
            return entries;
        }
        long rows = manifest.tables().stream().mapToLong(TableRows::rows).sum();
        return manifest.tables().size() + " with " + Text.count(rows, "row") + "; " + entries;
    }

    private static String entries(int inArchive, int tablesInParts) {
        return tablesInParts == 0
                ? Text.count(inArchive, "archive entr", "y", "ies")
                : inArchive + tablesInParts + " entries, " + inArchive + " in the archive";
    }

    private void field(String name, String value) {
        terminal.print("  " + style.faint(String.format(Locale.ROOT, "%-7s", name)) + " " + Text.line(value));
    }
}

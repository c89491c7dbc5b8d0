package io.autodump.cli.report;

import io.autodump.cli.terminal.Style;
import io.autodump.cli.terminal.Terminal;
import io.autodump.cli.terminal.Text;
import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.dump.RestoreOptions;
import io.autodump.core.dump.RestoreReport;
import io.autodump.core.dump.TableRows;
import io.autodump.core.restore.RestorePlan;
import io.autodump.core.restore.RestoredPart;
import java.time.Duration;
import java.util.stream.Collectors;

/** Prints for a person what a restore would do, and what it has done. Not thread-safe. */
public final class RestoreText {
    /** A restore also builds indexes and checks constraints. */
    private static final int LONGEST_FACTOR = 4;

    private final Terminal terminal;
    private final Style style;

    /** Prints to this terminal. */
    public RestoreText(Terminal terminal) {
        this.terminal = terminal;
        this.style = terminal.style();
    }

    /** Prints what a restore would do. */
    public void print(DumpManifest manifest, DatabaseSecret target, RestorePlan plan) {
        String verdict = plan.isPossible() ? style.good("would restore") : style.bad("can't restore");
        terminal.print(verdict + " " + Text.line(manifest.key().value()));
        field("into", place(target, plan.serverVersion()) + state(plan));
        if (!plan.createdRoles().isEmpty()) {
            field("roles", "created first: " + String.join(", ", plan.createdRoles()));
        }
        if (!plan.contents().isEmpty()) {
            field(
                    "makes",
                    plan.contents().stream()
                            .map(count -> count.kind() + " " + count.count())
                            .collect(Collectors.joining(", ")));
        }
        field("size", Text.bytes(manifest.storedBytes()) + " to read; the whole dump has " + rows(manifest));
        field("time", time(manifest));
        plan.leftOut().forEach(sentence -> field("left out", sentence));
        plan.remarks().forEach(sentence -> field("note", sentence));
        plan.obstacles().forEach(obstacle -> {
            terminal.print("  " + style.bad("fails") + "     " + Text.line(obstacle.toString()));
            terminal.print("            " + style.bold("HINT:") + " "
                    + obstacle.skip()
                            .map(kind -> "--skip " + kind.text() + "; or ")
                            .orElse("")
                    + Text.line(CommandHints.WORDS.in(obstacle.remedy())));
        });
        terminal.print("nothing was changed");
    }

    private static String state(RestorePlan plan) {
        if (plan.dropsDatabase()) {
            return "; the database is dropped and created anew";
        }
        return plan.createsDatabase() ? "; the database is created" : "";
    }

    private static String rows(DumpManifest manifest) {
        long rows = manifest.tables().stream().mapToLong(TableRows::rows).sum();
        return manifest.tables().isEmpty()
                ? "rows that weren't counted"
                : Text.count(rows, "row") + " in "
                        + Text.count(manifest.tables().size(), "table");
    }

    private static String time(DumpManifest manifest) {
        Duration dump = Duration.between(manifest.startedAt(), manifest.finishedAt());
        return "estimated " + Text.duration(dump) + " to " + Text.duration(dump.multipliedBy(LONGEST_FACTOR))
                + " for the whole dump: one to " + LONGEST_FACTOR + " times as long as dumping took";
    }

    private static String place(DatabaseSecret target, String serverVersion) {
        String server = target.database() + " on " + target.host() + ":" + target.port();
        return serverVersion.isEmpty() ? server : server + ", PostgreSQL " + serverVersion;
    }

    /** Prints what a restore has done. */
    public void print(DumpManifest manifest, DatabaseSecret target, RestoreOptions options, RestoreReport report) {
        terminal.print(style.good("restored") + " " + Text.line(manifest.key().value()));
        terminal.print("  into    " + Text.line(place(target, report.serverVersion())));
        if (!report.tables().isEmpty()) {
            long rows = report.tables().stream().mapToLong(TableRows::rows).sum();
            terminal.print("  tables  " + report.tables().size() + " with " + Text.count(rows, "row"));
        }
        terminal.print("  check   " + check(manifest, options, report));
        report.notes().forEach(note -> terminal.print("  note    " + Text.line(note)));
        report.warnings().forEach(warning -> terminal.print(style.warning("warning") + "   " + Text.line(warning)));
    }

    private static String check(DumpManifest manifest, RestoreOptions options, RestoreReport report) {
        int compared = compared(manifest, report);
        if (compared > 0) {
            return "the rows of " + Text.count(compared, "table") + " are those of the dump's snapshot";
        }
        return "pg_restore reported no error" + counted(manifest, options);
    }

    private static String counted(DumpManifest manifest, RestoreOptions options) {
        if (options.part() == RestoredPart.SCHEMA) {
            return "; no rows were restored";
        }
        if (manifest.parts().isEmpty()) {
            return "; the dump has no row counts to compare (autodump:verify=restore)";
        }
        return ", and each part " + (options.choosesContents() ? "that was restored " : "")
                + "had as many rows as the manifest says";
    }

    /** How many tables were compared with the manifest. */
    static int compared(DumpManifest manifest, RestoreReport report) {
        return manifest.tables().size() - report.notCompared().size();
    }

    private void field(String name, String value) {
        terminal.print("  " + name + " ".repeat(Math.max(1, 10 - name.length())) + Text.line(value));
    }
}

package io.autodump.core.page;

import io.autodump.core.dump.DumpManifest;
import io.autodump.core.internal.ReadableText;
import io.autodump.core.usecase.status.DatabaseOverview;
import io.autodump.core.usecase.status.DatabaseStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** One row of the table. On a phone, the row is a card, and each cell shows the name of its column. */
final class DatabaseRow {
    private static final String NONE = "–";

    private final DatabaseOverview database;
    private final Instant now;

    DatabaseRow(DatabaseOverview database, Instant now) {
        this.database = database;
        this.now = now;
    }

    Html html() {
        DatabaseStatus status = database.status();
        Optional<DumpManifest> good = status.lastGood();
        Html row = new Html()
                .add("<tr role=\"row\"><th role=\"rowheader\" scope=\"row\">{}</th>", status.displayName())
                .add(cell("Status"))
                .add(
                        "<span class=\"word {}\">{}</span></td>",
                        status.state().text(),
                        status.state().text())
                .add(cell("Last good dump"));
        good.ifPresentOrElse(
                dump -> row.add(
                        "<span title=\"{}\">{} ago</span></td>",
                        ReadableText.instant(dump.scheduledAt()),
                        age(dump.finishedAt())),
                () -> row.add("never</td>"));
        row.add(cell("Last 60 days"))
                .add(new DayStrip(database.runs(), now).html())
                .add("</td>");
        row.add(cell("Size"))
                .add(new SizeChart(database.dumps()).html())
                .add(
                        "<span class=\"figure\">{}</span></td>",
                        good.map(dump -> ReadableText.bytes(dump.storedBytes())).orElse(NONE));
        row.add(cell("Took"))
                .add(
                        "{}</td>",
                        good.map(dump -> ReadableText.duration(Duration.between(dump.startedAt(), dump.finishedAt())))
                                .orElse(NONE));
        row.add(cell("Proven"))
                .add(
                        "{}</td>",
                        status.lastProven()
                                .map(dump -> age(dump.finishedAt()) + " ago")
                                .orElse("never"));
        return row.add(cell("Next run"))
                .add(
                        "{}</td></tr>\n",
                        status.nextRun().map(DatabaseRow::minutes).orElse(NONE));
    }

    private static Html cell(String column) {
        return new Html().add("<td role=\"cell\" data-label=\"{}\">", column);
    }

    /** The largest unit is enough to read at a glance. */
    private String age(Instant then) {
        Duration age = Duration.between(then, now);
        if (age.toDays() >= 2) {
            return age.toDays() + " d";
        }
        return age.toHours() >= 1 ? age.toHours() + " h" : Math.max(0, age.toMinutes()) + " min";
    }

    /** {@code 2026-11-27 01:30}. */
    private static String minutes(Instant at) {
        return ReadableText.instant(at).substring(0, "2026-11-27 01:30".length());
    }
}

package io.autodump.core.page;

import io.autodump.core.error.HintWords;
import io.autodump.core.internal.ReadableText;
import io.autodump.core.internal.ToolVersion;
import io.autodump.core.record.FailedRun;
import io.autodump.core.usecase.status.DatabaseOverview;
import io.autodump.core.usecase.status.DatabaseStatus;
import io.autodump.core.usecase.status.OverviewReport;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;

/** The page about all databases: one HTML file that needs no network and no script. Immutable. */
public final class ReportPage {
    private static final String STYLE = resource("report.css");
    private static final int MOST_FAILURES = 20;

    /** So that an account with many databases costs no more than a few thousand reads. */
    private static final int MOST_FILES = 6000;

    private static final int FEWEST_OF_A_DATABASE = 10;
    private static final int MOST_OF_A_DATABASE = 60;

    private final OverviewReport report;
    private final StatusCounts counts;
    private final String place;
    private final HintWords words;

    /**
     * A page.
     *
     * @param place where the dumps are, for its reader
     * @param words the words of the program for hints
     */
    public ReportPage(OverviewReport report, String place, HintWords words) {
        this.report = report;
        this.counts = StatusCounts.of(report.status());
        this.place = place;
        this.words = words;
    }

    /** Returns how many manifests are read of each database. */
    public static int files(int databases) {
        return Math.max(FEWEST_OF_A_DATABASE, Math.min(MOST_OF_A_DATABASE, MOST_FILES / Math.max(1, databases)));
    }

    /** Returns the page. */
    public String html() {
        Html page = new Html()
                .add("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
                .add("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
                .add("<meta name=\"color-scheme\" content=\"light dark\">\n")
                .add("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src")
                .add(" 'unsafe-inline'\">\n<title>{} - AutoDump</title>\n<style>\n", counts.headline())
                .add(STYLE)
                .add("</style>\n</head>\n<body>\n<a class=\"skip\" href=\"#databases\">Skip to the databases</a>\n");
        return page.add(head())
                .add("<main>\n")
                .add(attention())
                .add(table())
                .add(failures())
                .add("</main>\n")
                .add(foot())
                .add("</body>\n</html>\n")
                .toString();
    }

    private static String resource(String name) {
        try (InputStream in = ReportPage.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new AssertionError("missing in the jar: " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private Html head() {
        String mood = counts.all() == 0 ? "idle" : counts.trouble() > 0 ? "bad" : "good";
        Html head = new Html()
                .add(
                        "<header class=\"{}\">\n<p class=\"eyebrow\">Database backups</p>\n<h1>{}</h1>\n",
                        mood,
                        counts.headline())
                .add(
                        "<p class=\"where\">{} · checked <time datetime=\"{}\">{} UTC</time></p>\n",
                        place,
                        report.checkedAt(),
                        ReadableText.instant(report.checkedAt()).replace("Z", ""));
        head.add("<ul class=\"tiles\">\n")
                .add(tile(counts.fine(), "protected", "good"))
                .add(tile(counts.overdue(), "without the dump that was due", counts.overdue() > 0 ? "bad" : ""))
                .add(tile(counts.trouble(), "to look at", counts.trouble() > 0 ? "bad" : ""))
                .add(tile(counts.unproven(), "unproven by a restore", counts.unproven() > 0 ? "warn" : ""));
        if (counts.paused() > 0) {
            head.add(tile(counts.paused(), "paused", ""));
        }
        return head.add("</ul>\n</header>\n");
    }

    private static Html tile(long number, String label, String mood) {
        return new Html().add("<li class=\"{}\"><b>{}</b> <span>{}</span></li>\n", mood, number, label);
    }

    /** What an operator must do, first. */
    private Html attention() {
        Html html = new Html();
        report.failures().forEach(failure -> html.add("<p class=\"incomplete\" role=\"alert\">{}</p>\n", failure));
        List<DatabaseStatus> trouble = report.status().trouble();
        if (trouble.isEmpty()) {
            return html;
        }
        html.add("<section aria-labelledby=\"todo\">\n<h2 id=\"todo\">What to look at</h2>\n<ul class=\"cards\">\n");
        trouble.forEach(database -> html.add(card(database)));
        return html.add("</ul>\n</section>\n");
    }

    private Html card(DatabaseStatus database) {
        Html card = new Html()
                .add(
                        "<li><h3>{} <span class=\"word {}\">{}</span></h3>\n",
                        database.displayName(),
                        database.state().text(),
                        database.state().text());
        List<String> lines = new Explanation(words).of(database);
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            boolean hint = line.startsWith(Explanation.HINT);
            card.add(
                    hint ? "<p class=\"hint\"><b>What to do:</b> {}</p>\n" : "<p>{}</p>\n",
                    hint ? line.substring(Explanation.HINT.length()) : line);
        }
        return card.add("</li>\n");
    }

    private Html table() {
        Html html = new Html()
                .add("<section aria-labelledby=\"databases\">\n<h2 id=\"databases\" tabindex=\"-1\">Databases</h2>\n");
        if (report.databases().isEmpty()) {
            return html.add("<p class=\"empty\">No secret has an <code>autodump:</code> tag yet.</p>\n</section>\n");
        }
        html.add("<p class=\"legend\" aria-hidden=\"true\"><span class=\"made\">made</span>")
                .add("<span class=\"proven\">proven by a restore</span><span class=\"suspicious\">suspicious</span>")
                .add("<span class=\"missed\">missed</span><span class=\"failed\">failed</span>")
                .add("<span class=\"none\">no run</span></p>\n")
                .add(
                        "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-labelledby=\"databases\"><table role=\"table\">\n<caption class=\"unseen\">All databases, those that")
                .add(" need you first. Days are in UTC.</caption>\n")
                .add("<thead role=\"rowgroup\"><tr role=\"row\">");
        for (String column :
                List.of("Database", "Status", "Last good dump", "Last 60 days", "Size", "Took", "Proven", "Next run")) {
            html.add("<th role=\"columnheader\" scope=\"col\">{}</th>", column);
        }
        html.add("</tr></thead>\n<tbody role=\"rowgroup\">\n");
        report.databases().stream()
                .sorted(Comparator.comparing(
                        (DatabaseOverview each) -> !each.status().needsOperator()))
                .map(each -> new DatabaseRow(each, report.checkedAt()).html())
                .forEach(html::add);
        return html.add("</tbody>\n</table></div>\n</section>\n");
    }

    private Html failures() {
        List<FailedRun> last = report.databases().stream()
                .flatMap(each -> each.status().lastFailure().stream())
                .distinct()
                .sorted(Comparator.comparing(FailedRun::failedAt).reversed())
                .limit(MOST_FAILURES)
                .toList();
        Html html = new Html();
        if (last.isEmpty()) {
            return html;
        }
        html.add("<section aria-labelledby=\"failures\">\n<h2 id=\"failures\">The last failure of each database</h2>\n")
                .add("<ol class=\"failures\">\n");
        for (FailedRun run : last) {
            html.add(
                    "<li><p><b>{}</b> · run of {}{}</p>\n<p>{}{}</p>\n",
                    name(run),
                    ReadableText.instant(run.scheduledAt()),
                    run.attempts() > 1 ? " · " + ReadableText.count(run.attempts(), "attempt") : "",
                    run.code()
                            .map(code -> code + " ")
                            .orElse(run.outcome() == FailedRun.Outcome.MISSED ? "missed: " : ""),
                    run.message());
            run.hint().ifPresent(hint -> html.add("<p class=\"hint\"><b>What to do:</b> {}</p>\n", words.in(hint)));
            html.add("</li>\n");
        }
        return html.add("</ol>\n</section>\n");
    }

    /** One of several databases of a secret is called as in the table. */
    private String name(FailedRun run) {
        return report.databases().stream()
                .map(DatabaseOverview::status)
                .filter(each -> each.secretName().equals(run.secretName())
                        && each.database().isPresent())
                .filter(each -> each.database().equals(run.database()))
                .findFirst()
                .map(DatabaseStatus::displayName)
                .orElse(run.secretName());
    }

    private static Html foot() {
        return new Html().add("<footer><p>AutoDump {}</p></footer>\n", ToolVersion.current());
    }
}

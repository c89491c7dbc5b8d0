package io.autodump.cli.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.autodump.cli.report.CommandHints;
import io.autodump.core.copy.CopyStatus;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.error.Problem;
import io.autodump.core.page.ReportPage;
import io.autodump.core.record.FailedDrill;
import io.autodump.core.record.RunPlace;
import io.autodump.core.usecase.status.DatabaseOverview;
import io.autodump.core.usecase.status.DatabaseStatus;
import io.autodump.core.usecase.status.DatabaseStatus.State;
import io.autodump.core.usecase.status.OverviewReport;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class ReportPageTest {
    private static String page(OverviewReport report) {
        return new ReportPage(report, "Dumps in /srv/dumps", CommandHints.WORDS).html();
    }

    /** The page is well-formed XML too, but for the doctype and a few elements without an end. */
    private static Document parsed(String page) throws Exception {
        String xml = page.replace("<!DOCTYPE html>", "").replaceAll("<meta ([^>]*)>", "<meta $1/>");
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
    }

    @Test
    void saysInOneLineWhetherAllIsWell() {
        assertThat(page(SampleOverview.everyState())).contains("<h1>3 of 8 databases need you</h1>");
        assertThat(page(SampleOverview.of(List.of(SampleOverview.database("a", State.FRESH, 1000, 0)))))
                .contains("<h1>The database is protected</h1>");
        assertThat(page(SampleOverview.of(List.of()))).contains("<h1>No database is backed up yet</h1>");
    }

    @Test
    void isWellFormedAndNeedsNoNetwork() throws Exception {
        String page = page(SampleOverview.everyState());

        assertThat(parsed(page).getElementsByTagName("tr").getLength()).isEqualTo(9);
        assertThat(page).doesNotContainPattern("(src|href)=\"(?!#)").doesNotContain("url(", "<script", "@import");
    }

    @Test
    void showsTroubleFirstWithWhatToDo() {
        String page = page(SampleOverview.everyState());

        assertThat(page.indexOf("scope=\"row\">billing")).isLessThan(page.indexOf("scope=\"row\">accounts"));
        assertThat(page)
                .contains(
                        "AD-3002 the server refused the user or the password; nothing was published",
                        "<b>What to do:</b> correct username and password in the secret",
                        "There is no dump of the run of 2026-11-26 01:12:00Z.",
                        "151 MiB, the last 10 had 502 MiB to 548 MiB");
    }

    @Test
    void showsCopiesThatAreMissingAndADrillThatFailed() {
        DatabaseOverview good = SampleOverview.database("orders", State.FRESH, 1000, 0);
        DatabaseStatus.Builder status =
                DatabaseStatus.builder().from(good.status()).needsOperator(true);
        DumpManifest newest = good.status().newestDumps().get(0);
        FailedDrill drill = new FailedDrill(
                newest.key(),
                SampleOverview.NOW,
                "AD-3032",
                "a restored database differs",
                Optional.of("make a new dump"),
                RunPlace.UNKNOWN,
                "test");

        String copies = page(SampleOverview.of(List.of(new DatabaseOverview(
                status.addCopies(new CopyStatus(
                                "offsite", good.status().newestDumps().subList(0, 2), List.of()))
                        .build(),
                good.dumps(),
                good.runs()))));
        String both = page(SampleOverview.of(
                List.of(new DatabaseOverview(status.failedDrill(drill).build(), good.dumps(), good.runs()))));

        assertThat(copies)
                .contains(
                        "<p>2 copies are missing in offsite, the newest of the dump of ",
                        "<b>What to do:</b> copy now: autodump copy orders</p>")
                .doesNotContain("There is no dump");
        assertThat(both)
                .contains(": AD-3032 a restored database differs</p>", "<b>What to do:</b> make a new dump</p>");
    }

    @Test
    void describesPicturesInWords() {
        assertThat(page(SampleOverview.everyState()))
                .containsPattern("aria-label=\"Last 60 days: [^\"]*56 days made[^\"]*\"")
                .containsPattern("aria-label=\"Size of the last \\d+ dumps: [^\"]+ to [^\"]+\"")
                .contains("scope=\"col\">Next run</th>", "lang=\"en\"", "<main>");
    }

    @Test
    void saysWhyAFreshDatabaseNeedsAnOperator() {
        DatabaseOverview fresh = SampleOverview.database("orders", State.FRESH, 1000, 0);
        DumpManifest dump = fresh.dumps().get(0);
        DatabaseStatus status = DatabaseStatus.builder()
                .from(fresh.status())
                .needsOperator(true)
                .failedDrill(new FailedDrill(
                        dump.key(),
                        SampleOverview.NOW,
                        "AD-3032",
                        "rows differ",
                        Optional.of("use an older dump"),
                        RunPlace.UNKNOWN,
                        "test"))
                .addCopies(new CopyStatus("disk", List.of(dump), List.of()))
                .build();

        String page = page(SampleOverview.of(List.of(new DatabaseOverview(status, fresh.dumps(), fresh.runs()))));

        assertThat(page)
                .contains("The last restore drill failed at 2026-11-26 09:12:00Z: AD-3032 rows differ")
                .contains("1 copy is missing in disk, the newest of the dump of 2026-11-26 01:30:00Z.")
                .doesNotContain("There is no dump, and none is scheduled.");
    }

    /** Two databases of one secret are two rows and two metrics; Prometheus refuses a page with a value twice. */
    @Test
    void knowsTheDatabasesOfASecretApart() {
        List<DatabaseOverview> several = Stream.of("crm", "hr")
                .map(name -> {
                    DatabaseOverview erp = SampleOverview.database("erp", State.FRESH, 1000, 0);
                    return new DatabaseOverview(
                            DatabaseStatus.builder()
                                    .from(erp.status())
                                    .database(name)
                                    .build(),
                            erp.dumps(),
                            erp.runs());
                })
                .toList();

        assertThat(page(SampleOverview.of(several))).contains("scope=\"row\">erp/crm<", "scope=\"row\">erp/hr<");
        assertThat(Metrics.of(SampleOverview.of(several), List.of())
                        .lines()
                        .filter(line -> !line.startsWith("#"))
                        .map(line -> line.replaceFirst(" [^ ]+$", "")))
                .doesNotHaveDuplicates()
                .contains("autodump_overdue{database=\"erp/crm\"}");
    }

    @Test
    void escapesEveryValue() throws Exception {
        String evil = "<script>alert('1')</script>\"&\u202e\u0007";
        DatabaseStatus status = DatabaseStatus.builder()
                .secretName(evil)
                .state(State.UNPROTECTED)
                .needsOperator(true)
                .problems(List.of(new Problem(evil, evil)))
                .build();
        OverviewReport report = new OverviewReport(
                SampleOverview.NOW, List.of(new DatabaseOverview(status, List.of(), List.of())), List.of(evil));

        String page = new ReportPage(report, evil, CommandHints.WORDS).html();

        assertThat(page).doesNotContain("<script", "\u202e", "\u0007");
        assertThat(parsed(page).getElementsByTagName("script").getLength()).isZero();
    }

    @Test
    void staysSmallForManyDatabases() throws Exception {
        List<DatabaseOverview> many = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            many.add(SampleOverview.database("database-" + i, State.FRESH, 1_000_000L * (i + 1), i % 4));
        }

        String page = page(SampleOverview.of(many));

        assertThat(page.length()).isLessThan(3_000_000);
        assertThat(parsed(page).getElementsByTagName("tr").getLength()).isEqualTo(501);
    }

    @Test
    void writesMetricsThatPrometheusReads() {
        String metrics = Metrics.of(SampleOverview.everyState(), List.of());

        Pattern sample = Pattern.compile("[a-z_]+(\\{[a-z]+=\"[^\"]*\"(,[a-z]+=\"[^\"]*\")*\\})? -?[0-9.]+");
        assertThat(metrics.lines())
                .allMatch(line -> line.startsWith("# ") || sample.matcher(line).matches());
        assertThat(metrics)
                .contains(
                        "autodump_last_good_dump_timestamp_seconds{database=\"accounts\"} 1795656",
                        "autodump_overdue{database=\"billing\"} 1\n",
                        "autodump_overdue{database=\"accounts\"} 0\n",
                        "autodump_state{database=\"orders\",state=\"failing\"} 1\n",
                        "autodump_failed_runs{database=\"orders\"} 1\n",
                        "autodump_status_success 1\n");
    }
}

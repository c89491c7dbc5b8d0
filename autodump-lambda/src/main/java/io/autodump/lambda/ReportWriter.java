package io.autodump.lambda;

import io.autodump.aws.page.S3Page;
import io.autodump.core.AutoDump;
import io.autodump.core.Monitoring;
import io.autodump.core.error.HintWords;
import io.autodump.core.page.ReportPage;
import io.autodump.core.usecase.status.OverviewReport;
import java.util.Map;

/** Writes the page about all databases into the first bucket. */
final class ReportWriter {
    private static final HintWords AS_THEY_ARE = HintWords.of(Map.of());

    private ReportWriter() {}

    /**
     * Lists all buckets, and reads at most about 6,000 manifests and as many records.
     *
     * @return the answer of the function
     */
    static String write(Functions functions, FunctionLog log) {
        S3Page page = functions.page();
        AutoDump autoDump =
                functions.withTags().dumpStore(functions.allBuckets()).build();
        OverviewReport report = Monitoring.of(autoDump, functions.freshnessMargin())
                .overview(ReportPage.files(functions.taggedSecrets()));
        String place = "Dumps in " + String.join(", ", functions.buckets());
        page.write(new ReportPage(report, place, AS_THEY_ARE).html());
        report.failures().forEach(log::error);
        log.info("wrote " + page.uri() + " about " + report.databases().size() + " databases");
        return Message.MAPPER
                .createObjectNode()
                .put("report", page.uri())
                .put("databases", report.databases().size())
                .put("failures", report.failures().size())
                .toString();
    }
}

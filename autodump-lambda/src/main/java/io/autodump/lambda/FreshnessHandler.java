package io.autodump.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.autodump.core.usecase.status.FreshnessReport;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * Reports the databases that lack a dump that is due, as metrics and log lines. If secrets or a bucket can't be read,
 * it reports what it knows and then fails. Writes the page about all databases instead if its event asks for it.
 * Ignores everything else in its event.
 */
public final class FreshnessHandler implements RequestStreamHandler {
    private final Functions functions;

    /** For Lambda: reads the environment, and rehearses the work. */
    public FreshnessHandler() {
        this(Functions.shared());
        Rehearsal.freshness();
    }

    FreshnessHandler(Functions functions) {
        this.functions = functions;
    }

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        Invocation.answer(
                functions.log("freshness", context),
                input,
                output,
                (text, log) -> Message.asksForReport(text) ? ReportWriter.write(functions, log) : check(log));
    }

    private String check(FunctionLog log) {
        FreshnessReport report =
                functions.status().freshness(functions.settings().freshnessMargin());
        report.secrets().forEach(log::freshness);
        FreshnessMetrics.write(report, log, functions.settings().secretMetrics());
        if (!report.isComplete()) {
            throw new InvocationFailed(FreshnessJson.summary(report));
        }
        return FreshnessJson.write(report);
    }
}

package io.autodump.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.autodump.core.usecase.status.FreshnessReport;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * Tells which databases don't have the dump that they should have by now, as metrics and as lines of the log. Changes
 * nothing. Fails, after all the rest was told, if secrets or a bucket couldn't be read. Whatever event it gets will do.
 */
public final class FreshnessHandler implements RequestStreamHandler {
    private final Functions functions;

    /** As Lambda makes it: configured by the environment, and rehearsed. */
    public FreshnessHandler() {
        this(Functions.shared());
        Rehearsal.freshness();
    }

    FreshnessHandler(Functions functions) {
        this.functions = functions;
    }

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        Invocation.answer(functions.log("freshness", context), input, output, (text, log) -> {
            FreshnessReport report = functions.findOverdueDumps().find();
            report.secrets().forEach(log::freshness);
            FreshnessMetrics.write(report, log);
            if (!report.isComplete()) {
                throw new InvocationFailed(FreshnessJson.summary(report));
            }
            return FreshnessJson.write(report);
        });
    }
}

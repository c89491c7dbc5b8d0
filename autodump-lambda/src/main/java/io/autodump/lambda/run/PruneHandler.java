package io.autodump.lambda.run;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.autodump.core.AutoDump;
import io.autodump.core.Monitoring;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.usecase.retain.PruneItem;
import io.autodump.core.usecase.retain.PruneReport;
import io.autodump.lambda.FunctionLog;
import io.autodump.lambda.Functions;
import io.autodump.lambda.Invocation;
import io.autodump.lambda.store.ManifestStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Deletes the dumps of one secret that its {@code autodump:retention} doesn't keep, in all buckets. Logs each deletion
 * with its reason. Does nothing without that tag. A retry continues where the last one ended.
 */
public final class PruneHandler implements RequestStreamHandler {
    private final Functions functions;

    /** For Lambda: reads the environment. */
    public PruneHandler() {
        this(Functions.shared());
    }

    /** With functions of a test. */
    public PruneHandler(Functions functions) {
        this.functions = functions;
    }

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        Invocation.answer(functions.log("prune", context), input, output, (text, log) -> {
            RunEvent run = RunEvent.parse(text);
            int deleted = 0;
            List<String> problems = new ArrayList<>();
            for (String bucket : functions.buckets()) {
                PruneReport report = prune(bucket, run);
                deleted += log(bucket, report, log);
                problems.addAll(report.problems());
                throwIfFailed(report);
            }
            problems.forEach(log::error);
            return answer(deleted, problems);
        });
    }

    private PruneReport prune(String bucket, RunEvent run) {
        AutoDump dumps = functions
                .withTags()
                .dumpStore(new ManifestStore(functions.manifests(bucket), functions.store(bucket)))
                .build();
        return Monitoring.of(dumps, functions.freshnessMargin()).pruneSecret(run.secret());
    }

    private static int log(String bucket, PruneReport report, FunctionLog log) {
        List<PruneItem> deleted =
                report.items().stream().filter(PruneItem::deleted).toList();
        deleted.forEach(item -> log.info("deleted s3://" + bucket + "/" + item.key() + ": " + item.reason()));
        return deleted.size();
    }

    private static void throwIfFailed(PruneReport report) {
        Optional<AutoDumpException> failure = report.failure();
        if (failure.isPresent()) {
            throw failure.get();
        }
    }

    private static String answer(int deleted, List<String> problems) {
        String note = problems.isEmpty()
                ? "Retention deleted " + deleted + (deleted == 1 ? " object." : " objects.")
                : "Retention deleted nothing: " + String.join("; ", problems) + ".";
        return RunEvent.MAPPER
                .createObjectNode()
                .put("deleted", deleted)
                .put("note", note)
                .toString();
    }
}

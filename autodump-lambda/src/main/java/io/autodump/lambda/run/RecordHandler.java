package io.autodump.lambda.run;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.autodump.core.AutoDump;
import io.autodump.core.Monitoring;
import io.autodump.lambda.Functions;
import io.autodump.lambda.Invocation;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * Leaves a record of a run that made no dump and whose job could leave none: it never started, or was killed. Reads
 * nothing, and writes only keys that end in {@code .failed.json}. A retry writes the same record again.
 */
public final class RecordHandler implements RequestStreamHandler {
    private final Functions functions;

    /** For Lambda: reads the environment. */
    public RecordHandler() {
        this(Functions.shared());
    }

    /** With functions of a test. */
    public RecordHandler(Functions functions) {
        this.functions = functions;
    }

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        Invocation.answer(functions.log("record", context), input, output, (text, log) -> {
            RunEvent run = RunEvent.parse(text);
            AutoDump records = AutoDump.builder()
                    .dumpStore(functions.store(functions.buckets().get(0)))
                    .runPlace(run.place())
                    .build();
            Monitoring.of(records).recordNeverRan(run.secretName(), run.scheduledAt(), run.attempts(), run.reason());
            log.info("recorded the failed run of " + run.secretName() + " at " + run.scheduledAt());
            return "{\"recorded\":true}";
        });
    }
}

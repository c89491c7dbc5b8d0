package io.autodump.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.autodump.core.contract.MetricNames;
import io.autodump.core.secret.SecretId;
import io.autodump.core.usecase.schedule.ScanResult;
import io.autodump.core.usecase.schedule.SecretOutcome;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Schedules the next run of every tagged secret, or on a tag event of that one secret. It does all the work that it
 * can, and fails at the end if something failed that a retry may fix. Problems of tags are metrics and log lines: only
 * the secret's owner can fix them. A retry is harmless. It begins no work in the last quarter of its time, or in the
 * last 75 seconds if that is less. Secrets that it didn't reach fail the invocation too; the next one continues.
 */
public final class ScannerHandler implements RequestStreamHandler {
    /** Time for two calls with their timeouts, and for the response. */
    private static final Duration LONGEST_MARGIN = Duration.ofSeconds(75);

    private final Functions functions;

    /** For Lambda: reads the environment, and rehearses the work. */
    public ScannerHandler() {
        this(Functions.shared());
        Rehearsal.scan();
    }

    ScannerHandler(Functions functions) {
        this.functions = functions;
    }

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        Invocation.answer(functions.log("scanner", context), input, output, (text, log) -> {
            ScannerEvent event = ScannerEvent.parse(text);
            if (!event.matters()) {
                log.info("the call of the event failed or changed no tags; nothing to do");
                return ScanResultJson.write(new ScanResult(List.of(), Optional.empty()));
            }
            ScanResult result = event.secretId()
                    .map(id -> scanOne(event, id))
                    .orElseGet(
                            () -> functions.scheduling(event.stateMachineArn()).scan(deadline(context)));
            report(result, log);
            if (event.secretId().isEmpty()) {
                ScanMetrics.write(
                        result,
                        functions.clock().instant(),
                        functions.settings().scanInterval(),
                        log);
            }
            if (!result.isComplete()) {
                throw new InvocationFailed(ScanResultJson.summary(result));
            }
            return ScanResultJson.write(result);
        });
    }

    private ScanResult scanOne(ScannerEvent event, SecretId id) {
        SecretOutcome outcome = functions.scheduling(event.stateMachineArn()).reschedule(id);
        return new ScanResult(List.of(outcome), Optional.empty());
    }

    private Instant deadline(Context context) {
        Duration left = Duration.ofMillis(context.getRemainingTimeInMillis());
        Duration quarter = left.dividedBy(4);
        Duration margin = quarter.compareTo(LONGEST_MARGIN) < 0 ? quarter : LONGEST_MARGIN;
        return functions.clock().instant().plus(left).minus(margin);
    }

    private static void report(ScanResult result, FunctionLog log) {
        result.outcomes().forEach(log::outcome);
        log.metrics(Map.of(MetricNames.FUNCTION, "scanner"), "Count", ScanResultJson.counts(result));
    }
}

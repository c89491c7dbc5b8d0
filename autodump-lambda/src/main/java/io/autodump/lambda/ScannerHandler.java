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
 * Sees to it that the next run of every tagged secret waits; on a tag event, of that one secret. Does all that can be
 * done, and fails afterwards if anything couldn't be. May be repeated without harm. Begins no work in the last quarter,
 * or in the last 75 seconds, of its time: what wasn't reached fails the invocation too, and the next one goes on there.
 */
public final class ScannerHandler implements RequestStreamHandler {
    /** Two calls with their timeouts, and time to answer. */
    private static final Duration LONGEST_MARGIN = Duration.ofSeconds(75);

    private final Functions functions;

    /** As Lambda makes it: configured by the environment, and rehearsed. */
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
                    .orElseGet(() -> functions.scan(event.stateMachineArn()).scan(deadline(context)));
            report(result, log);
            return ScanResultJson.write(result);
        });
    }

    private ScanResult scanOne(ScannerEvent event, SecretId id) {
        SecretOutcome outcome = functions.reschedule(event.stateMachineArn()).reschedule(id);
        return new ScanResult(List.of(outcome), Optional.empty());
    }

    private Instant deadline(Context context) {
        Duration left = Duration.ofMillis(context.getRemainingTimeInMillis());
        Duration quarter = left.dividedBy(4);
        Duration margin = quarter.compareTo(LONGEST_MARGIN) < 0 ? quarter : LONGEST_MARGIN;
        return functions.clock().instant().plus(left).minus(margin);
    }

    private static void report(ScanResult result, JsonLog log) {
        result.outcomes().forEach(log::outcome);
        log.metrics(Map.of(MetricNames.FUNCTION, "scanner"), "Count", ScanResultJson.counts(result));
        if (!result.isClean()) {
            throw new InvocationFailed(ScanResultJson.summary(result));
        }
    }
}

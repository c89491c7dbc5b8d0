package io.autodump.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.autodump.core.secret.SecretId;
import io.autodump.core.usecase.schedule.ScanResult;
import io.autodump.core.usecase.schedule.SecretOutcome;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;

/**
 * Starts the next run of one secret whose current run is due or obsolete. A retry is harmless. Fails if the run
 * couldn't be started. Invalid tags are a result, not a failure: a retry wouldn't help, and the scan reports them.
 */
public final class RescheduleHandler implements RequestStreamHandler {
    private final Functions functions;

    /** For Lambda: reads the environment, and rehearses the work. */
    public RescheduleHandler() {
        this(Functions.shared());
        Rehearsal.reschedule();
    }

    RescheduleHandler(Functions functions) {
        this.functions = functions;
    }

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        Invocation.answer(functions.log("reschedule", context), input, output, (text, log) -> {
            SecretId id = RescheduleJson.secretId(text);
            SecretOutcome outcome =
                    functions.scheduling(RescheduleJson.stateMachineArn(text)).reschedule(id);
            ScanResult result = new ScanResult(List.of(outcome), Optional.empty());
            log.outcome(outcome);
            if (outcome.status() == SecretOutcome.Status.FAILED) {
                throw new InvocationFailed(ScanResultJson.summary(result));
            }
            return ScanResultJson.write(outcome);
        });
    }
}

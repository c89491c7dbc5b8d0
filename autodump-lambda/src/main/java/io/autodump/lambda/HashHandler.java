package io.autodump.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.autodump.core.job.FargateJob;
import io.autodump.core.usecase.schedule.RunDecision;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Decides whether a due run is made. Changes nothing, so a retry is harmless. See {@code DecideRun}. */
public final class HashHandler implements RequestStreamHandler {
    private final Functions functions;

    /** For Lambda: reads the environment, and rehearses the work. */
    public HashHandler() {
        this(Functions.shared());
        Rehearsal.check();
    }

    HashHandler(Functions functions) {
        this.functions = functions;
    }

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        Invocation.answer(functions.log("hash", context), input, output, (text, log) -> {
            HashCheckJson.Request request = HashCheckJson.parse(text);
            FargateJob size = functions.settings().jobSize();
            RunDecision decision = functions.tags().decide(request.secretId(), request.hash());
            log.decision(decision);
            return HashCheckJson.write(decision, size);
        });
    }
}

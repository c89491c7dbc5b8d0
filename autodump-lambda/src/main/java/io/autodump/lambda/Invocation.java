package io.autodump.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.autodump.core.error.AutoDumpException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** What all functions share: they turn a text into a text, and log each failure with its remedy. */
public final class Invocation {
    private Invocation() {}

    /** Turns the request into the response. */
    @FunctionalInterface
    public interface Work {
        /** Answers the text of an event. */
        String answer(String input, FunctionLog log);
    }

    /** Reads the event, does the work, and writes its answer. A failure is logged with its remedy, and thrown. */
    public static void answer(FunctionLog log, InputStream input, OutputStream output, Work work) throws IOException {
        String text = new String(input.readAllBytes(), UTF_8);
        try {
            String answer = Message.keepsWarm(text) ? "{\"warm\":true}" : work.answer(text, log);
            output.write(answer.getBytes(UTF_8));
        } catch (AutoDumpException failed) {
            log.error(failed.report());
            throw new InvocationFailed(failed.report(), failed);
        } catch (RuntimeException failed) {
            log.error(String.valueOf(failed.getMessage()));
            throw failed;
        }
    }
}

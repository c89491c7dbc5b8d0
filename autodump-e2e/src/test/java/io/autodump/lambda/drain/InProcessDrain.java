package io.autodump.lambda.drain;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.autodump.aws.AwsClients;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.function.Supplier;

/** The handler that ends all runs, wired as Lambda wires it but for the clients, and without its pauses. */
public final class InProcessDrain {
    private InProcessDrain() {}

    public static RequestStreamHandler handler(Supplier<AwsClients> clients) {
        return new DrainHandler(
                clients, Duration.ofMillis(1), new PrintStream(OutputStream.nullOutputStream(), true, UTF_8));
    }
}

package io.autodump.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.autodump.aws.AwsClients;
import io.autodump.core.contract.LambdaNames;
import io.autodump.lambda.drain.InProcessDrain;
import io.autodump.lambda.run.PruneHandler;
import io.autodump.lambda.run.RecordHandler;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.reflect.Proxy;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Supplier;

/** The real handlers, wired as Lambda wires them but for the clock and the clients. */
public final class InProcessFunctions implements AutoCloseable {
    private static final int A_MINUTE = 60_000;

    private final Functions functions;
    private final Supplier<AwsClients> clients;

    public InProcessFunctions(Map<String, String> environment, Supplier<AwsClients> clients, InstantSource clock) {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), true, UTF_8);
        this.clients = clients;
        functions = new Functions(new Settings(environment), clients, clock, nowhere);
    }

    /** Calls the handler with this name, as the infrastructure names it. */
    public String invoke(String handler, String event) throws IOException {
        return invoke(
                switch (handler) {
                    case LambdaNames.SCANNER_HANDLER -> new ScannerHandler(functions);
                    case LambdaNames.HASH_HANDLER -> new HashHandler(functions);
                    case LambdaNames.RESCHEDULE_HANDLER -> new RescheduleHandler(functions);
                    case LambdaNames.FRESHNESS_HANDLER -> new FreshnessHandler(functions);
                    case LambdaNames.RECORD_HANDLER -> new RecordHandler(functions);
                    case LambdaNames.PRUNE_HANDLER -> new PruneHandler(functions);
                    case LambdaNames.DRAIN_HANDLER -> InProcessDrain.handler(clients);
                    default -> throw new IllegalArgumentException("no handler " + handler);
                },
                event);
    }

    public String scan(String event) throws IOException {
        return invoke(new ScannerHandler(functions), event);
    }

    public String checkHash(String event) throws IOException {
        return invoke(new HashHandler(functions), event);
    }

    public String reschedule(String event) throws IOException {
        return invoke(new RescheduleHandler(functions), event);
    }

    public String record(String event) throws IOException {
        return invoke(new RecordHandler(functions), event);
    }

    public String prune(String event) throws IOException {
        return invoke(new PruneHandler(functions), event);
    }

    @Override
    public void close() {
        functions.reset();
    }

    private static String invoke(RequestStreamHandler handler, String event) throws IOException {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        handler.handleRequest(new ByteArrayInputStream(event.getBytes(UTF_8)), output, context());
        return output.toString(UTF_8);
    }

    private static Context context() {
        return (Context) Proxy.newProxyInstance(
                Context.class.getClassLoader(), new Class<?>[] {Context.class}, (proxy, method, arguments) -> {
                    return switch (method.getName()) {
                        case "getAwsRequestId" -> "request-1";
                        case "getRemainingTimeInMillis" -> A_MINUTE;
                        default -> throw new UnsupportedOperationException(method.getName());
                    };
                });
    }
}

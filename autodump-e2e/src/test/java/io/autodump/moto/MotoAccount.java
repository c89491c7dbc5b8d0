package io.autodump.moto;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.autodump.aws.AwsClients;
import io.autodump.infra.app.AutoDumpApp;
import io.autodump.lambda.InProcessFunctions;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** An account in moto with the synthesized stack in it. Its functions are the real handlers, in this JVM. */
final class MotoAccount implements AutoCloseable {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final Path FOLDER = Path.of("target", "moto").toAbsolutePath();
    private static final Path SCRIPT =
            Path.of("src/test/python/moto-account.py").toAbsolutePath();
    /** That of the example settings. */
    private static final String REGION = "eu-central-1";

    private static final int SECONDS_TO_END = 20;

    private final URI endpoint;
    private final Process process;
    private final MotoHook hook;
    private final JsonNode stack;
    private final AwsClients clients;
    private final Map<Map<String, String>, InProcessFunctions> functions = new ConcurrentHashMap<>();

    private MotoAccount(int port) throws IOException {
        endpoint = URI.create("http://127.0.0.1:" + port);
        hook = new MotoHook(this::invoke);
        process = new ProcessBuilder(
                        "python3",
                        SCRIPT.toString(),
                        String.valueOf(port),
                        hook.uri().toString(),
                        template().toString())
                .redirectError(FOLDER.resolve("moto.log").toFile())
                .start();
        BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
        String line = lines.readLine();
        if (line == null) {
            throw new IOException("moto ended; see " + FOLDER.resolve("moto.log"));
        }
        stack = MAPPER.readTree(line);
        clients = newClients();
    }

    /** Returns why these tests can't run here; empty if they can. */
    static Optional<String> missing() {
        try {
            Process python = new ProcessBuilder(
                            "python3", "-c", "import boto3, moto.server, moto.stepfunctions.parser.models, moto.batch")
                    .redirectErrorStream(true)
                    .start();
            String said = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return python.waitFor() == 0
                    ? Optional.empty()
                    : Optional.of("Python's moto isn't there (pip install 'moto[all,server]>=5.2'): " + said);
        } catch (IOException noPython) {
            return Optional.of("python3 isn't there");
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    static MotoAccount start() throws IOException {
        return new MotoAccount(freePort());
    }

    String status() {
        return stack.path("status").asText();
    }

    /** Which types of resources moto's CloudFormation doesn't know. */
    Set<String> lacking() {
        Set<String> types = new TreeSet<>();
        stack.path("lacking").forEach(type -> types.add(type.asText()));
        return types;
    }

    /** An output of the stack. */
    String output(String name) {
        return stack.path("outputs").path(name).asText();
    }

    AwsClients clients() {
        return clients;
    }

    MotoHook hook() {
        return hook;
    }

    private AwsClients newClients() {
        return AwsClients.builder()
                .region(REGION)
                .credentials("test", "test")
                .endpoint(endpoint)
                .s3PathStyle(true)
                .build();
    }

    /** Before the stack is there, only the custom resource is called, which needs no clients. */
    private String invoke(String handler, Map<String, String> environment, String event) throws IOException {
        return functions
                .computeIfAbsent(
                        environment, settings -> new InProcessFunctions(settings, this::newClients, Clock.systemUTC()))
                .invoke(handler, event);
    }

    /**
     * Calls a deployed function through moto's Lambda, with the environment that it has there.
     *
     * @param function its id in the construct, such as {@code FunctionsScanner}
     */
    String call(String function, String event) throws IOException {
        String name = stack.path("resources").properties().stream()
                .filter(resource -> resource.getKey().matches("AutoDump" + function + "[0-9A-F]{8}"))
                .map(resource -> resource.getValue().asText())
                .findFirst()
                .orElseThrow(() -> new AssertionError("no function " + function + " in " + stack));
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(endpoint + "/2015-03-31/functions/" + name + "/invocations"))
                // moto finds the region here.
                .header(
                        "Authorization",
                        "AWS4-HMAC-SHA256 Credential=test/20260101/"
                                + REGION
                                + "/lambda/aws4_request, SignedHeaders=host, Signature=none")
                .POST(HttpRequest.BodyPublishers.ofString(event))
                .build();
        try {
            return HttpClient.newHttpClient()
                    .send(request, HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** As {@code make synth} writes it. */
    private static Path template() throws IOException {
        Files.createDirectories(FOLDER);
        Path jar = Files.writeString(FOLDER.resolve("functions.jar"), "stands for the functions");
        AutoDumpApp.main(new String[] {
            "--context-file",
            Path.of("..", "autodump-infra", "example-context.json").toString(),
            "--context",
            "functions=" + jar,
            "--context",
            "report=autodump.html",
            "--output",
            FOLDER.resolve("cdk.out").toString()
        });
        return FOLDER.resolve("cdk.out").resolve("AutoDump.template.json");
    }

    @Override
    public void close() throws IOException {
        functions.values().forEach(InProcessFunctions::close);
        clients.close();
        process.getOutputStream().close();
        try {
            if (!process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException stopped) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        hook.close();
    }
}

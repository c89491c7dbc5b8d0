package io.autodump.lambda;

import io.autodump.core.contract.LambdaNames;
import io.autodump.testkit.aws.FakeAws;
import io.autodump.testkit.aws.FakeExecutions;
import io.autodump.testkit.aws.S3Server;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * AWS's own Runtime Interface Client in a process of its own, as the managed runtime starts it: the unpacked jar is the
 * task root, and nothing of it is on the class path.
 */
final class FunctionProcess implements AutoCloseable {
    private static final String RUNTIME = "com.amazonaws.services.lambda.runtime.api.client.AWSLambda";

    private final Process process;
    private final Path log;

    FunctionProcess(String handler, Path taskRoot, RuntimeApi api, FakeAws aws, Map<String, String> more)
            throws IOException {
        log = Files.createTempFile("function", ".log");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+TieredCompilation",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx400m",
                "-Dorg.crac.Core.Compat=com.amazonaws.services.lambda.crac",
                "-cp",
                runtimeClassPath(),
                RUNTIME,
                handler));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(taskRoot.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        Map<String, String> environment = builder.environment();
        environment.put("AWS_LAMBDA_RUNTIME_API", api.address());
        environment.put("LAMBDA_TASK_ROOT", taskRoot.toString());
        environment.put("AWS_LAMBDA_FUNCTION_NAME", "autodump");
        environment.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "512");
        environment.put("AWS_REGION", FakeAws.REGION);
        environment.put("AWS_ACCESS_KEY_ID", S3Server.ACCESS_KEY_ID);
        environment.put("AWS_SECRET_ACCESS_KEY", S3Server.SECRET_ACCESS_KEY);
        environment.put("AWS_ENDPOINT_URL", aws.endpoint().toString());
        environment.put("AWS_ENDPOINT_URL_S3", S3Server.endpoint().toString());
        environment.put(LambdaNames.STATE_MACHINE_ARN, FakeExecutions.STATE_MACHINE);
        environment.putAll(more);
        process = builder.start();
    }

    /** Of all processors together, since the process was started. */
    Duration cpuTime() {
        return process.info().totalCpuDuration().orElseThrow();
    }

    String log() throws IOException {
        return Files.readString(log);
    }

    /** Unpacks the jar as Lambda does. */
    static Path unpack(Path jar, Path into) throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            for (ZipEntry entry : zip.stream().toList()) {
                Path file = into.resolve(entry.getName());
                if (entry.isDirectory()) {
                    Files.createDirectories(file);
                } else {
                    Files.createDirectories(file.getParent());
                    Files.copy(zip.getInputStream(entry), file);
                }
            }
        }
        return into;
    }

    private static String runtimeClassPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(path -> path.contains("aws-lambda-java-") || path.contains("utils-lite"))
                .collect(Collectors.joining(File.pathSeparator));
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor(10, TimeUnit.SECONDS);
            Files.deleteIfExists(log);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (IOException left) {
            // A file in the folder for temporary files.
        }
    }
}

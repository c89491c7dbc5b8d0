package io.autodump.e2e;

import io.autodump.program.JavaProgram;
import io.autodump.testkit.aws.FakeAws;
import io.autodump.testkit.aws.S3Server;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The dumper as its image runs it: a process of its own that knows nothing but its environment. */
final class DumperContainer implements LocalBatch.Container {
    private static final int LONGEST_MINUTES = 3;

    private final DeployedTemplate template;
    private final URI endpoint;
    private final String bucket;
    private final String definition;

    /** Runs dumps. */
    DumperContainer(DeployedTemplate template, URI endpoint, String bucket) {
        this(template, endpoint, bucket, "AutoDumpJobs");
    }

    /**
     * Nothing runs yet.
     *
     * @param bucket stands for the deployment's
     * @param definition the beginning of the job definition's logical id
     */
    DumperContainer(DeployedTemplate template, URI endpoint, String bucket, String definition) {
        this.template = template;
        this.endpoint = endpoint;
        this.bucket = bucket;
        this.definition = definition;
    }

    /** What Batch gives the container: the variables of the job definition, and these. */
    Map<String, String> environment(Map<String, String> overrides) {
        Map<String, String> environment = new HashMap<>(Map.of("AWS_REGION", FakeAws.REGION));
        template.containerEnvironment(definition)
                .forEach(
                        (name, value) -> environment.put(name, value.equals(DeployedTemplate.BUCKET) ? bucket : value));
        environment.putAll(overrides);
        return environment;
    }

    @Override
    public int run(Map<String, String> overrides) {
        List<String> command = JavaProgram.CONTAINER.words(List.of());
        command.addAll(template.containerArguments(definition));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        Path.of("target", "dumper.log").toFile()));
        Map<String, String> environment = builder.environment();
        String path = environment.getOrDefault("PATH", "/usr/bin:/bin");
        environment.clear();
        environment.put("PATH", path);
        environment.put("HOME", Path.of("target").toAbsolutePath().toString());
        environment.put("AWS_ACCESS_KEY_ID", S3Server.ACCESS_KEY_ID);
        environment.put("AWS_SECRET_ACCESS_KEY", S3Server.SECRET_ACCESS_KEY);
        environment.put("AWS_ENDPOINT_URL", endpoint.toString());
        environment.put("AWS_ENDPOINT_URL_S3", S3Server.endpoint().toString());
        environment.putAll(environment(overrides));
        try {
            Process process = builder.start();
            if (!process.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
                throw new AssertionError("the dumper runs for more than " + LONGEST_MINUTES + " minutes");
            }
            return process.exitValue();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }
}

package io.autodump.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** The app as {@code make synth} runs it: a process without an account, with the functions' jar that was built. */
class SynthIT {
    private static final Path ROOT =
            Path.of(System.getProperty("autodump.root", "..")).toAbsolutePath().normalize();

    private static final boolean FULL = Boolean.getBoolean("autodump.test.full");

    @TempDir
    private Path folder;

    /** The CDK's validator looks at the template in the long form alone: CloudFormationIT validates templates too. */
    @Test
    void writesATemplateWithoutAnAccount() throws Exception {
        Path out = folder.resolve("cdk.out");
        Result result = app(
                Map.of("CDK_VALIDATION", String.valueOf(FULL)),
                "--context-file",
                ROOT.resolve("autodump-infra/example-context.json").toString(),
                "--output",
                out.toString());

        assertThat(result.exit()).as(result.text()).isZero();
        JsonNode template = new ObjectMapper()
                .readTree(out.resolve("AutoDump.template.json").toFile());
        assertThat(template.path("Outputs").fieldNames())
                .toIterable()
                .contains("Bucket", "Topic", "StateMachine", "JobRole", "SecurityGroup", "Version");
        if (FULL) {
            assertThat(Files.readString(out.resolve("validation-report.json"))).doesNotContain("ruleName");
        }
        try (var files = Files.list(out)) {
            assertThat(files.filter(file -> file.toString().endsWith(".jar")))
                    .as("the functions' jar is an asset")
                    .singleElement()
                    .satisfies(jar -> assertThat(Files.size(jar)).isGreaterThan(1_000_000));
        }
    }

    /** AutoDumpSettingsTest has the messages; here they reach a person, and the settings the app. */
    @Test
    @EnabledIfSystemProperty(named = "autodump.test.full", matches = "true", disabledReason = "make test-all runs it")
    void takesSettingsFromTheCdksCommandAndSaysAllThatIsWrongAtOnce() throws Exception {
        Result result = app(
                Map.of("CDK_CONTEXT_JSON", "{\"vpc\": \"vpc-1\", \"zones\": [\"eu-central-1a\"]}"),
                "--context",
                "spot=true",
                "--output",
                folder.resolve("cdk.out").toString());

        assertThat(result.exit()).isEqualTo(2);
        assertThat(result.text())
                .contains(
                        "vpc \"vpc-1\"",
                        "zones [eu-central-1a]",
                        "image isn't set",
                        "spot with",
                        "HINT: docs/deploy.md")
                .doesNotContain("Exception");
    }

    private record Result(int exit, String text) {}

    private Result app(Map<String, String> environment, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                "io.autodump.infra.app.AutoDumpApp"));
        command.addAll(List.of(arguments));
        Path output = folder.resolve("output.txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(ROOT.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("AWS_") || name.startsWith("CDK_"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        boolean ended = process.waitFor(5, TimeUnit.MINUTES);
        if (!ended) {
            process.destroyForcibly();
        }
        assertThat(ended).as(Files.readString(output)).isTrue();
        return new Result(process.exitValue(), Files.readString(output));
    }
}

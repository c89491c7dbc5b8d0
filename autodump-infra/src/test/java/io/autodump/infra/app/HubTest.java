package io.autodump.infra.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many accounts and regions from one app, and the template that needs no CDK. */
class HubTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path MODULE = Path.of("..", "deploy", "terraform");

    private static JsonNode standalone;

    @TempDir
    private Path folder;

    @BeforeAll
    static void synthesizeStandalone(@TempDir Path place) throws IOException {
        synthesize(place, "{\"standalone\": true, \"report\": \"autodump.html\"}");
        standalone = template(place, "AutoDump");
        assertThat(Files.size(place.resolve("cdk.out/AutoDump.template.json")))
                .as("the limit of CloudFormation, for a template in S3")
                .isLessThan(1_000_000);
    }

    @Test
    void eachTargetIsAStackWithItsOwnAndTheSharedSettings() throws IOException {
        synthesize(folder, """
                {"functions": "%s", "maxConcurrentDumps": 7, "centralEventBus":
                   "arn:aws:events:us-east-1:111111111111:event-bus/hub",
                 "targets": [
                   {"account": "222222222222", "region": "eu-central-1", "vpc": "vpc-0123456789abcdef0",
                    "subnets": ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"],
                    "zones": ["eu-central-1a", "eu-central-1b"], "image": "%s"},
                   {"account": "333333333333", "region": "us-east-1", "vpc": "vpc-0123456789abcdef2",
                    "subnets": ["subnet-0123456789abcdef2", "subnet-0123456789abcdef3"],
                    "zones": ["us-east-1a", "us-east-1b"], "image": "%s", "maxConcurrentDumps": 20}]}
                """.formatted(jar(), image("eu-central-1"), image("us-east-1")));

        JsonNode first = template(folder, "AutoDump-222222222222-eu-central-1");
        JsonNode second = template(folder, "AutoDump-333333333333-us-east-1");
        assertThat(maxVcpus(first)).isEqualTo(7);
        assertThat(maxVcpus(second)).isEqualTo(20);
        assertThat(first.toString()).contains("vpc-0123456789abcdef0").contains("event-bus/hub");
        assertThat(second.toString()).contains("vpc-0123456789abcdef2").contains("event-bus/hub");
        JsonNode stack = JSON.readTree(folder.resolve("cdk.out/manifest.json").toFile())
                .path("artifacts")
                .path("AutoDump-222222222222-eu-central-1");
        assertThat(stack.path("environment").asText()).isEqualTo("aws://222222222222/eu-central-1");
        assertThat(stack.path("properties").path("stackName").asText()).isEqualTo("AutoDump");
    }

    @Test
    void everyProblemOfTheTargetsIsNamed() {
        Map<String, Object> context = Map.of(
                "targets",
                List.of(
                        Map.of("account", "222222222222", "region", "eu-central-1", "maxConcurrentDump", 7),
                        Map.of("account", "222222222222", "region", "eu-central-1"),
                        Map.of("account", "333333333333")));

        assertThatThrownBy(() -> DeploymentTarget.all(context, Map.of()))
                .hasMessageContaining("targets[0] \"maxConcurrentDump\"; expected the name of a setting")
                .hasMessageContaining("targets[1] AutoDump-222222222222-eu-central-1 is there twice")
                .hasMessageContaining("targets[2] has no region");
        assertThatThrownBy(() -> DeploymentTarget.all(Map.of("targets", "eu-central-1"), Map.of()))
                .hasMessageContaining("targets; expected a JSON array");
    }

    @Test
    void withoutTargetsThereIsOneStack() {
        Map<String, Object> context = new HashMap<>(Map.of("stackName", "Mine"));

        assertThat(DeploymentTarget.all(context, Map.of("CDK_DEFAULT_REGION", "eu-central-1")))
                .singleElement()
                .satisfies(target -> {
                    assertThat(target.id()).isEqualTo("Mine");
                    assertThat(target.region()).contains("eu-central-1");
                });
    }

    @Test
    void theStandaloneTemplateNeedsNoCdk() {
        assertThat(names(standalone.path("Parameters")))
                .containsExactlyInAnyOrder("Vpc", "SubnetA", "SubnetB", "Image", "FunctionsBucket", "FunctionsKey");
        assertThat(standalone.path("Rules").isMissingNode())
                .as("no version of a bootstrap")
                .isTrue();
        assertThat(standalone.toString()).doesNotContain("cdk-hnb659fds", "aws:cdk:path");
        resources(standalone, "AWS::Lambda::Function").forEach(function -> {
            assertThat(function.at("/Code/S3Bucket/Ref").asText()).isEqualTo("FunctionsBucket");
            assertThat(function.at("/Code/S3Key/Ref").asText()).isEqualTo("FunctionsKey");
            assertThat(function.path("Description").asText()).endsWith("(" + Version.current() + ")");
        });
    }

    @Test
    void theJobOfTheStandaloneTemplateMayPullTheOneImage() {
        assertThat(resources(standalone, "AWS::IAM::Policy"))
                .anySatisfy(policy -> assertThat(policy.toString())
                        .contains("ecr:BatchGetImage", "\":repository/\"", "\"Ref\":\"Image\""));
        assertThat(resources(standalone, "AWS::Batch::ComputeEnvironment"))
                .isNotEmpty()
                .allSatisfy(environment -> assertThat(
                                environment.at("/ComputeResources/Subnets").toString())
                        .isEqualTo("[{\"Ref\":\"SubnetA\"},{\"Ref\":\"SubnetB\"}]"));
    }

    @Test
    void theTerraformModuleGivesEveryParameterAndAsksForOutputsThatExist() throws IOException {
        String main = Files.readString(MODULE.resolve("main.tf"));
        String block = main.substring(main.indexOf("parameters = {"), main.indexOf("timeouts"));
        assertThat(found("(?m)^    (\\w+) +=", block)).isEqualTo(names(standalone.path("Parameters")));
        assertThat(names(standalone.path("Outputs")))
                .containsAll(found("outputs\\[\"(\\w+)\"]", Files.readString(MODULE.resolve("outputs.tf"))));
    }

    private static void synthesize(Path folder, String context) throws IOException {
        Path file = Files.writeString(folder.resolve("context.json"), context);
        AutoDumpApp.main(new String[] {
            "--context-file",
            file.toString(),
            "--output",
            folder.resolve("cdk.out").toString()
        });
    }

    private Path jar() throws IOException {
        return Files.writeString(folder.resolve("functions.jar"), "not a jar");
    }

    private static String image(String region) {
        return "222222222222.dkr.ecr." + region + ".amazonaws.com/autodump-dumper:0.1.0";
    }

    private static JsonNode template(Path folder, String stack) throws IOException {
        return JSON.readTree(
                folder.resolve("cdk.out").resolve(stack + ".template.json").toFile());
    }

    private static List<JsonNode> resources(JsonNode template, String type) {
        return template.path("Resources").properties().stream()
                .map(Map.Entry::getValue)
                .filter(resource -> resource.path("Type").asText().equals(type))
                .map(resource -> resource.path("Properties"))
                .toList();
    }

    private static int maxVcpus(JsonNode template) {
        return resources(template, "AWS::Batch::ComputeEnvironment")
                .get(0)
                .at("/ComputeResources/MaxvCpus")
                .asInt();
    }

    private static Set<String> names(JsonNode object) {
        Set<String> names = new HashSet<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static Set<String> found(String pattern, String text) {
        Set<String> found = new HashSet<>();
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        return found;
    }
}

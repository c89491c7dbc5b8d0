package io.autodump.examples.infrastructure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awscdk.App;
import software.amazon.awscdk.assertions.Match;
import software.amazon.awscdk.assertions.Template;

class OrdersStackTest {
    @TempDir
    private Path folder;

    @Test
    void theDatabaseIsTaggedAndLetsAutoDumpInAndNobodyElse() throws IOException {
        Path jar = Files.writeString(folder.resolve("autodump-lambda-0.1.0-function.jar"), "not a jar");
        Template template = Template.fromStack(new OrdersStack(new App(), "Orders", jar));

        template.hasResourceProperties(
                "AWS::SecretsManager::Secret",
                Map.of(
                        "Tags",
                        Match.arrayWith(List.of(
                                Map.of("Key", "autodump:start-schedule", "Value", "30 2 - - -"),
                                Map.of("Key", "autodump:timezone", "Value", "Europe/Berlin")))));
        assertThat(template.findResources("AWS::EC2::SecurityGroupIngress").values())
                .singleElement()
                .satisfies(rule -> assertThat(rule.toString()).contains("AutoDumpJobsSecurityGroup"));
        template.resourceCountIs("AWS::StepFunctions::StateMachine", 3);
    }
}

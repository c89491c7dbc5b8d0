package io.autodump.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autodump.infra.app.AutoDumpApp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awscdk.App;
import software.amazon.awscdk.AppProps;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.ec2.CfnSecurityGroup;

/**
 * AWS's own offline validator of CloudFormation templates, which knows the schemas of all resources and shares no code
 * with the constructs; the CDK brings it along. It takes seconds for each stack, so that other tests switch it off.
 */
class CloudFormationIT {
    @TempDir
    private Path folder;

    @Test
    void acceptsWhatIsBuilt() throws IOException {
        assertAccepted(Synthesized.EVERYTHING);
    }

    /** Most of them is in the other stack too. */
    @Test
    @EnabledIfSystemProperty(named = "autodump.test.full", matches = "true", disabledReason = "make test-all runs it")
    void acceptsAStandardStackAndOneWithExistingBuckets() throws IOException {
        assertAccepted(Synthesized.STANDARD);
        assertAccepted(Synthesized.EXISTING);
    }

    private static void assertAccepted(Synthesized synthesized) throws IOException {
        Path written = synthesized.write();

        try (Stream<Path> files = Files.list(written)) {
            assertThat(files).anyMatch(file -> file.toString().endsWith(".template.json"));
        }
        assertThat(Files.readString(written.resolve("validation-report.json")))
                .contains("pluginReports")
                .doesNotContain("ruleName");
    }

    @Test
    void refusesWhatEc2WouldRefuse() {
        App app = new App(AppProps.builder()
                .outdir(folder.toString())
                .context(Map.of(AutoDumpApp.STRICT, true))
                .build());
        CfnSecurityGroup.Builder.create(new Stack(app, "Wrong"), "Group")
                .groupDescription("an apostrophe isn't allowed here")
                .build();

        assertThatThrownBy(app::synth).hasMessageContaining("alidation");
    }
}

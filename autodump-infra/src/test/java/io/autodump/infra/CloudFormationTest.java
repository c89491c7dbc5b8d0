package io.autodump.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autodump.infra.app.AutoDumpApp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awscdk.App;
import software.amazon.awscdk.AppProps;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.ec2.CfnSecurityGroup;

/**
 * AWS's own offline validator of CloudFormation templates, which knows the schemas of all resources and shares no code
 * with the constructs; the CDK brings it along.
 */
class CloudFormationTest {
    @TempDir
    private Path folder;

    @Test
    void acceptsWhatIsBuilt() throws IOException {
        assertThat(Synthesized.STANDARD.stack()).isNotNull();
        assertThat(Synthesized.EVERYTHING.stack()).isNotNull();
        assertThat(Synthesized.EXISTING.stack()).isNotNull();

        Path written = Synthesized.write();

        assertThat(written.resolve("Standard.template.json")).exists();
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

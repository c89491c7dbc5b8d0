package io.autodump.core.plan;

import static io.autodump.core.usecase.Fixtures.secret;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.autodump.core.contract.TagNames;
import io.autodump.core.secret.TaggedSecret;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DeploymentTest {
    private static final List<Deployment> DEPLOYMENTS =
            List.of(Deployment.UNNAMED, Deployment.named("blue"), Deployment.named("green"));

    @Test
    void exactlyOneDumpsEachDatabase() {
        for (Map<String, String> tags : List.of(
                Map.<String, String>of(), Map.of(TagNames.DEPLOYMENT, "blue"), Map.of(TagNames.DEPLOYMENT, "green"))) {
            assertThat(DEPLOYMENTS)
                    .filteredOn(deployment -> reason(deployment, tags).isEmpty())
                    .hasSize(1);
        }
        assertThat(DEPLOYMENTS)
                .as("another deployment's")
                .noneMatch(deployment ->
                        reason(deployment, Map.of(TagNames.DEPLOYMENT, "red")).isEmpty());
    }

    @Test
    void saysWhyASecretIsNotItsOwn() {
        assertThat(reason(Deployment.UNNAMED, Map.of(TagNames.DEPLOYMENT, "blue")))
                .isEqualTo("the secret belongs to the deployment blue (autodump:deployment), and this is the deployment"
                        + " without a name");
        assertThat(reason(Deployment.named("green"), Map.of()))
                .isEqualTo("the secret belongs to the deployment without a name: it has no autodump:deployment, and"
                        + " this is the deployment green");
    }

    @Test
    void aNameThatCanNotBeReadIsAProblemForAll() {
        Map<String, String> tags = Map.of(TagNames.DEPLOYMENT, "a b");

        assertThat(DEPLOYMENTS).allMatch(deployment -> reason(deployment, tags).isEmpty());
        assertThat(SecretTags.read(tags).problems().schedule()).hasSize(1);
    }

    @Test
    void aNameHasFewCharacters() {
        assertThatIllegalArgumentException().isThrownBy(() -> Deployment.named("-"));
        assertThatIllegalArgumentException().isThrownBy(() -> Deployment.named("x".repeat(65)));
    }

    private static String reason(Deployment deployment, Map<String, String> tags) {
        TaggedSecret secret = secret("orders", tags);
        return deployment.leavesOut(secret, SecretTags.read(tags)).orElse("");
    }
}

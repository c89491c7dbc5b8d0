package io.autodump.infra;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awscdk.CfnResource;
import software.constructs.IConstruct;

/**
 * Why a rule of cdk-nag doesn't apply to a resource, as metadata of that resource: cdk-nag reads it, in a stranger's app
 * too, and whoever reads the template sees it.
 */
final class NagReasons {
    private static final String WILDCARDS = "AwsSolutions-IAM5";
    private final List<Map<String, Object>> rules = new ArrayList<>();

    private NagReasons() {}

    static NagReasons reasons() {
        return new NagReasons();
    }

    NagReasons rule(String id, String reason) {
        rules.add(Map.of("id", id, "reason", reason));
        return this;
    }

    /**
     * About a wildcard in a policy.
     *
     * @param finding as cdk-nag names it, {@code Resource::*} for instance; no other wildcard is excused
     */
    NagReasons wildcard(String finding, String reason) {
        rules.add(Map.of("id", WILDCARDS, "reason", reason, "applies_to", List.of(finding)));
        return this;
    }

    /** About a wildcard whose finding holds names that CloudFormation makes. */
    NagReasons wildcardMatching(String regex, String reason) {
        rules.add(
                Map.of("id", WILDCARDS, "reason", reason, "applies_to", List.of(Map.of("regex", "/" + regex + "/g"))));
        return this;
    }

    /** Of a construct that stands for one resource. */
    void on(IConstruct construct) {
        IConstruct found = construct instanceof CfnResource
                ? construct
                : Optional.ofNullable(construct.getNode().getDefaultChild()).orElseThrow();
        ((CfnResource) found).addMetadata("cdk_nag", Map.of("rules_to_suppress", rules));
    }
}

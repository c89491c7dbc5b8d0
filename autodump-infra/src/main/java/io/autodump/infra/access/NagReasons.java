package io.autodump.infra.access;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awscdk.CfnResource;
import software.constructs.IConstruct;

/**
 * Reasons why rules of cdk-nag don't apply to a resource. They are metadata of the resource, so cdk-nag finds them in
 * any app, and a reader of the template sees them.
 */
public final class NagReasons {
    private static final String WILDCARDS = "AwsSolutions-IAM5";
    private final List<Map<String, Object>> rules = new ArrayList<>();

    private NagReasons() {}

    public static NagReasons reasons() {
        return new NagReasons();
    }

    public NagReasons rule(String id, String reason) {
        rules.add(Map.of("id", id, "reason", reason));
        return this;
    }

    /**
     * Justifies one wildcard in a policy, and no other.
     *
     * @param finding cdk-nag's name for the wildcard, such as {@code Resource::*}
     */
    public NagReasons wildcard(String finding, String reason) {
        rules.add(Map.of("id", WILDCARDS, "reason", reason, "applies_to", List.of(finding)));
        return this;
    }

    /** Justifies a wildcard whose finding contains names that CloudFormation makes. */
    public NagReasons wildcardMatching(String regex, String reason) {
        rules.add(
                Map.of("id", WILDCARDS, "reason", reason, "applies_to", List.of(Map.of("regex", "/" + regex + "/g"))));
        return this;
    }

    /** Adds the reasons to a construct with one resource. */
    public void on(IConstruct construct) {
        IConstruct found = construct instanceof CfnResource
                ? construct
                : Optional.ofNullable(construct.getNode().getDefaultChild()).orElseThrow();
        ((CfnResource) found).addMetadata("cdk_nag", Map.of("rules_to_suppress", rules));
    }
}

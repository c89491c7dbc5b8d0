package io.autodump.infra;

import io.autodump.core.contract.TagNames;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awscdk.ArnComponents;
import software.amazon.awscdk.ArnFormat;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.constructs.Construct;

/** The rights that more than one actor has, each with the reason for what is wide in it. */
final class Access {
    /** Secrets Manager's own condition key for the tag that makes a secret AutoDump's. */
    private static final String IS_TAGGED = "secretsmanager:ResourceTag/" + TagNames.START_SCHEDULE;

    static final String LISTS_ALL =
            "ListSecrets has no resource-level permissions and no condition keys; it returns names and tags, never a value";
    static final String ANY_TAGGED_SECRET =
            "which secrets are AutoDump's is said by their tag, which the statement's condition demands";

    private Access() {}

    /** Listing and describing; no value can be read with it. */
    static List<PolicyStatement> secretsByTag(Construct scope) {
        return List.of(
                listing(),
                PolicyStatement.Builder.create()
                        .sid("DescribeTaggedSecrets")
                        .actions(List.of("secretsmanager:DescribeSecret"))
                        // "secret:*" of this account and region: tags, not names, say which are AutoDump's. A secret
                        // that
                        // has lost its tag is denied; the catalogue then asks the list, and the run ends as superseded.
                        .resources(List.of(anySecret(scope)))
                        .conditions(isTagged())
                        .build());
    }

    static PolicyStatement listing() {
        return PolicyStatement.Builder.create()
                .sid("ListSecrets")
                .actions(List.of("secretsmanager:ListSecrets"))
                // "*": see LISTS_ALL. AWS's service authorization reference lists no resource type for it.
                .resources(List.of("*"))
                .build();
    }

    static NagReasons secretsByTag(NagReasons reasons) {
        return listing(reasons).wildcardMatching("^Resource::arn:.*:secretsmanager:.*:secret:\\*$", ANY_TAGGED_SECRET);
    }

    static NagReasons listing(NagReasons reasons) {
        return reasons.wildcard("Resource::*", LISTS_ALL);
    }

    static Map<String, Object> isTagged() {
        return Map.of("Null", Map.of(IS_TAGGED, "false"));
    }

    static String anySecret(Construct scope) {
        return arn(scope, "secretsmanager", "secret", "*", ArnFormat.COLON_RESOURCE_NAME);
    }

    /** For secrets or buckets in another account; empty without a role. */
    static List<PolicyStatement> assume(Optional<String> roleArn) {
        return roleArn
                .map(role -> PolicyStatement.Builder.create()
                        .actions(List.of("sts:AssumeRole"))
                        .resources(List.of(role))
                        .build())
                .stream()
                .toList();
    }

    /** In this stack's account, region and partition. */
    static String arn(Construct scope, String service, String resource, String name, ArnFormat format) {
        return Stack.of(scope)
                .formatArn(ArnComponents.builder()
                        .service(service)
                        .resource(resource)
                        .resourceName(name)
                        .arnFormat(format)
                        .build());
    }
}

package io.autodump.infra.access;

import io.autodump.core.contract.TagNames;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awscdk.ArnComponents;
import software.amazon.awscdk.ArnFormat;
import software.amazon.awscdk.Names;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.UniqueResourceNameOptions;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.constructs.Construct;

/** The permissions that several roles share, each with the reason for its wildcard, and the names that they need. */
public final class Access {
    /** The condition key of Secrets Manager for the tag that marks a secret for AutoDump. */
    private static final String IS_TAGGED = "secretsmanager:ResourceTag/" + TagNames.START_SCHEDULE;

    /** The condition key of Secrets Manager for the tag that names the deployment of a secret. */
    public static final String OF_DEPLOYMENT = "secretsmanager:ResourceTag/" + TagNames.DEPLOYMENT;

    public static final String LISTS_ALL =
            "ListSecrets has no resource-level permissions and no condition keys; it returns names and tags, never a value";
    public static final String ANY_TAGGED_SECRET =
            "a tag marks the secrets of AutoDump, and the statement's condition requires this tag";

    private Access() {}

    /** Lists and describes secrets. Doesn't allow to read a value. */
    public static List<PolicyStatement> secretsByTag(Construct scope) {
        return List.of(
                listing(),
                PolicyStatement.Builder.create()
                        .sid("DescribeTaggedSecrets")
                        .actions(List.of("secretsmanager:DescribeSecret"))
                        // "secret:*" of this account and region, because tags and not names mark the secrets. A secret
                        // that lost its tag is denied. The catalog then asks the list, and the run ends as superseded.
                        .resources(List.of(anySecret(scope)))
                        .conditions(isTagged())
                        .build());
    }

    public static PolicyStatement listing() {
        return PolicyStatement.Builder.create()
                .sid("ListSecrets")
                .actions(List.of("secretsmanager:ListSecrets"))
                // "*": see LISTS_ALL. The service authorization reference of AWS has no resource type for this action.
                .resources(List.of("*"))
                .build();
    }

    public static NagReasons secretsByTag(NagReasons reasons) {
        return listing(reasons).wildcardMatching("^Resource::arn:.*:secretsmanager:.*:secret:\\*$", ANY_TAGGED_SECRET);
    }

    public static NagReasons listing(NagReasons reasons) {
        return reasons.wildcard("Resource::*", LISTS_ALL);
    }

    public static Map<String, Object> isTagged() {
        return Map.of("Null", Map.of(IS_TAGGED, "false"));
    }

    /**
     * A condition: the secret has a schedule, and no other deployment dumps its database.
     *
     * @param deployment the name of this deployment, if it has one
     */
    public static Map<String, Object> isOwn(Optional<String> deployment) {
        return deployment
                .<Map<String, Object>>map(
                        name -> Map.of("Null", Map.of(IS_TAGGED, "false"), "StringEquals", Map.of(OF_DEPLOYMENT, name)))
                .orElseGet(() -> Map.of("Null", Map.of(IS_TAGGED, "false", OF_DEPLOYMENT, "true")));
    }

    public static String anySecret(Construct scope) {
        return arn(scope, "secretsmanager", "secret", "*", ArnFormat.COLON_RESOURCE_NAME);
    }

    /** Allows to assume a role, for secrets or buckets in another account. Empty without a role. */
    public static List<PolicyStatement> assume(Optional<String> roleArn) {
        return roleArn
                .map(role -> PolicyStatement.Builder.create()
                        .actions(List.of("sts:AssumeRole"))
                        .resources(List.of(role))
                        .build())
                .stream()
                .toList();
    }

    /** Returns a name of words with hyphens that no other resource of the stack has. */
    public static String uniqueName(Construct scope, int longest) {
        return Names.uniqueResourceName(
                scope,
                UniqueResourceNameOptions.builder()
                        .maxLength(longest)
                        .separator("-")
                        .build());
    }

    /** Returns an ARN in the account, region and partition of the stack. */
    public static String arn(Construct scope, String service, String resource, String name, ArnFormat format) {
        return Stack.of(scope)
                .formatArn(ArnComponents.builder()
                        .service(service)
                        .resource(resource)
                        .resourceName(name)
                        .arnFormat(format)
                        .build());
    }
}

package io.autodump.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.autodump.core.contract.DumperNames;
import io.autodump.core.contract.LambdaNames;
import io.autodump.infra.statemachine.DumpStateMachineDefinition;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.assertions.Match;
import software.amazon.awscdk.assertions.Template;

/** What is built, promise by promise. */
class DeploymentTest {
    private static final Template STANDARD = Synthesized.STANDARD.template();
    private static final Template EVERYTHING = Synthesized.EVERYTHING.template();
    private static final Template EXISTING = Synthesized.EXISTING.template();

    @Test
    void theDumpsBucketIsPrivateEncryptedAndLogged() {
        STANDARD.hasResourceProperties(
                "AWS::S3::Bucket",
                Map.of(
                        "BucketEncryption",
                        Match.objectLike(Map.of(
                                "ServerSideEncryptionConfiguration",
                                List.of(Match.objectLike(Map.of(
                                        "ServerSideEncryptionByDefault",
                                        Match.objectLike(Map.of("SSEAlgorithm", "aws:kms"))))))),
                        "PublicAccessBlockConfiguration",
                        Map.of(
                                "BlockPublicAcls", true,
                                "BlockPublicPolicy", true,
                                "IgnorePublicAcls", true,
                                "RestrictPublicBuckets", true),
                        "OwnershipControls",
                        Map.of("Rules", List.of(Map.of("ObjectOwnership", "BucketOwnerEnforced"))),
                        "LoggingConfiguration",
                        Match.objectLike(Map.of("LogFilePrefix", "dumps/"))));
    }

    @Test
    void everyBucketRefusesConnectionsWithoutTls() {
        STANDARD.resourceCountIs("AWS::S3::Bucket", 2);
        STANDARD.resourcePropertiesCountIs(
                "AWS::S3::BucketPolicy",
                Map.of(
                        "PolicyDocument",
                        Match.objectLike(Map.of(
                                "Statement",
                                Match.arrayWith(List.of(Match.objectLike(Map.of(
                                        "Effect", "Deny",
                                        "Action", "s3:*",
                                        "Condition", Map.of("Bool", Map.of("aws:SecureTransport", "false"))))))))),
                2);
    }

    @Test
    void uploadsOfAKilledJobAreRemovedAndNoneThatMayStillBeWritten() {
        STANDARD.hasResourceProperties(
                "AWS::S3::Bucket",
                Map.of(
                        "LifecycleConfiguration",
                        Match.objectLike(Map.of(
                                "Rules",
                                Match.arrayWith(List.of(Match.objectLike(Map.of(
                                        "AbortIncompleteMultipartUpload", Map.of("DaysAfterInitiation", 2)))))))));
    }

    @Test
    void dumpsAndTheirKeySurviveTheStack() {
        for (String type : List.of("AWS::S3::Bucket", "AWS::KMS::Key")) {
            STANDARD.allResources(
                    type, Map.of("DeletionPolicy", "RetainExceptOnCreate", "UpdateReplacePolicy", "Retain"));
        }
    }

    @Test
    void lockedDumpsAreVersionedAndExpireWhenAskedTo() {
        EVERYTHING.hasResourceProperties(
                "AWS::S3::Bucket",
                Map.of(
                        "ObjectLockEnabled",
                        true,
                        "ObjectLockConfiguration",
                        Match.objectLike(
                                Map.of("Rule", Map.of("DefaultRetention", Map.of("Days", 30, "Mode", "GOVERNANCE")))),
                        "VersioningConfiguration",
                        Map.of("Status", "Enabled"),
                        "LifecycleConfiguration",
                        Match.objectLike(Map.of(
                                "Rules",
                                Match.arrayWith(List.of(Match.objectLike(Map.of("ExpirationInDays", 400))))))));
    }

    @Test
    void existingBucketsAreUsedAndNoneIsMade() {
        EXISTING.resourceCountIs("AWS::S3::Bucket", 0);
        assertThat(environmentOfJob(Synthesized.EXISTING, DumperNames.BUCKETS)).contains("team-a-dumps,team-b-dumps");
        assertThat(environmentOfJob(Synthesized.EXISTING, DumperNames.BUCKET_OWNER))
                .contains("210987654321");
    }

    @Test
    void theJobIsNotRootAndCanWriteNowhere() {
        JsonNode container = job(Synthesized.STANDARD);

        assertThat(container.path("User").asText()).matches("[1-9]\\d*(:[1-9]\\d*)?");
        assertThat(container.path("ReadonlyRootFilesystem").asBoolean()).isTrue();
        assertThat(container.path("MountPoints")).isEmpty();
        assertThat(container.path("EphemeralStorage").isMissingNode())
                .as("Fargate's own 20 GiB, since nothing is staged")
                .isTrue();
        assertThat(container.at("/NetworkConfiguration/AssignPublicIp").asText())
                .isEqualTo("DISABLED");
    }

    @Test
    void jobsRunOnArmUnlessAskedOtherwise() {
        assertThat(job(Synthesized.STANDARD)
                        .at("/RuntimePlatform/CpuArchitecture")
                        .asText())
                .isEqualTo("ARM64");
        assertThat(job(Synthesized.EXISTING)
                        .at("/RuntimePlatform/CpuArchitecture")
                        .asText())
                .isEqualTo("X86_64");
    }

    @Test
    void theQueueHoldsAsManyDumpsAtATimeAsWereAllowed() {
        STANDARD.hasResourceProperties(
                "AWS::Batch::ComputeEnvironment",
                Map.of("ComputeResources", Match.objectLike(Map.of("Type", "FARGATE", "MaxvCpus", 10))));
        EVERYTHING.hasResourceProperties(
                "AWS::Batch::ComputeEnvironment", Map.of("ComputeResources", Match.objectLike(Map.of("MaxvCpus", 2))));
        EXISTING.hasResourceProperties(
                "AWS::Batch::ComputeEnvironment",
                Map.of("ComputeResources", Match.objectLike(Map.of("Type", "FARGATE_SPOT"))));
    }

    @Test
    void aJobThatIsTooLargeFailsAndDoesNotHoldUpTheOthers() {
        assertThat(Synthesized.STANDARD.resources("AWS::Batch::JobQueue"))
                .hasSize(3)
                .allSatisfy(queue -> assertThat(queue.path("JobStateTimeLimitActions"))
                        .hasSize(2)
                        .allSatisfy(action ->
                                assertThat(action.path("Action").asText()).isEqualTo("CANCEL")));
    }

    @Test
    void restoresAndDrillsHaveADiskForWhatTheyStageAndCanWriteNowhereElse() {
        assertThat(Synthesized.EXISTING
                        .resources("AWS::Batch::JobDefinition")
                        .map(definition -> definition.path("ContainerProperties"))
                        .filter(container -> container.has("Command")))
                .extracting(container -> container.path("Command").path(0).asText())
                .containsExactlyInAnyOrder(DumperNames.RESTORE, DumperNames.DRILL);
        assertThat(Synthesized.EXISTING
                        .resources("AWS::Batch::JobDefinition")
                        .map(definition -> definition.path("ContainerProperties"))
                        .filter(container -> container.has("Command")))
                .allSatisfy(container -> {
                    assertThat(container.path("User").asText()).isEqualTo(DumperNames.USER);
                    assertThat(container.path("ReadonlyRootFilesystem").asBoolean())
                            .isTrue();
                    assertThat(container.at("/MountPoints/0/ContainerPath").asText())
                            .isEqualTo(DumperNames.SCRATCH_FOLDER);
                    assertThat(container.at("/EphemeralStorage/SizeInGiB").asInt())
                            .isEqualTo(200);
                });
    }

    @Test
    void dumpsRunOnSpotAndRestoresAndDrillsDoNot() {
        assertThat(Synthesized.EXISTING.resources("AWS::Batch::ComputeEnvironment"))
                .extracting(
                        environment -> environment.at("/ComputeResources/Type").asText())
                .containsExactlyInAnyOrder("FARGATE_SPOT", "FARGATE", "FARGATE");
    }

    /** CloudFormation gives up the old revision of a job definition with every new image. */
    @Test
    void aRunThatHasWaitedSinceBeforeAnUpdateGetsTheNewestJobDefinition() {
        JsonNode definition = Synthesized.STANDARD
                .resources("AWS::Batch::JobDefinition")
                .findFirst()
                .orElseThrow();
        String used = Synthesized.STANDARD
                .resources("AWS::StepFunctions::StateMachine")
                .findFirst()
                .orElseThrow()
                .at("/DefinitionSubstitutions/JobDefinitionArn")
                .toString();

        assertThat(used)
                .as("a reference would hold the revision")
                .doesNotContain("\"Ref\":\"AutoDumpJobs")
                .contains(":job-definition/"
                        + definition.path("JobDefinitionName").asText() + "\"");
    }

    @Test
    void nobodyMayConnectToAJob() {
        assertThat(Synthesized.STANDARD.resources("AWS::EC2::SecurityGroup"))
                .singleElement()
                .satisfies(
                        group -> assertThat(group.has("SecurityGroupIngress")).isFalse());
        STANDARD.resourceCountIs("AWS::EC2::SecurityGroupIngress", 0);
    }

    @Test
    void subnetsWithoutNatGetEndpointsThatTheWholeVpcMayUse() {
        EVERYTHING.resourceCountIs("AWS::EC2::VPCEndpoint", 7);
        EVERYTHING.hasResourceProperties(
                "AWS::EC2::VPCEndpoint",
                Map.of(
                        "VpcEndpointType",
                        "Gateway",
                        "RouteTableIds",
                        List.of("rtb-0123456789abcdef0", "rtb-0123456789abcdef1")));
        EVERYTHING.resourceCountIs("AWS::EC2::SecurityGroupIngress", 1);
        assertThat(Synthesized.EVERYTHING.resources("AWS::EC2::SecurityGroup"))
                .filteredOn(group -> group.path("GroupDescription").asText().startsWith("Endpoints"))
                .singleElement()
                .satisfies(group -> assertThat(
                                group.path("SecurityGroupIngress").findValuesAsText("CidrIp"))
                        .containsExactlyInAnyOrder("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10"));
        STANDARD.resourceCountIs("AWS::EC2::VPCEndpoint", 0);
    }

    @Test
    void noTimeoutCoversTheWait() {
        STANDARD.hasResourceProperties("AWS::StepFunctions::StateMachine", Map.of("StateMachineType", "STANDARD"));
        JsonNode definition = Synthesized.STANDARD
                .resources("AWS::StepFunctions::StateMachine")
                .findFirst()
                .orElseThrow();

        assertThat(definition.path("DefinitionString").asText())
                .isEqualTo(DumpStateMachineDefinition.render())
                .doesNotContain("\n  \"TimeoutSeconds\"");
    }

    @Test
    void everyPlaceholderOfTheStateMachineIsFilled() {
        JsonNode stateMachine = Synthesized.STANDARD
                .resources("AWS::StepFunctions::StateMachine")
                .findFirst()
                .orElseThrow();

        assertThat(stateMachine.path("DefinitionSubstitutions").fieldNames())
                .toIterable()
                .containsExactlyInAnyOrderElementsOf(DumpStateMachineDefinition.SUBSTITUTIONS);
    }

    /** CloudFormation deletes what depends on a resource before the resource itself. */
    @Test
    void waitingRunsAreEndedBeforeTheStateMachineIsDeletedAndAfterEverythingThatStartsRuns() {
        JsonNode resources = Synthesized.STANDARD.json().path("Resources");
        String drain = resources.properties().stream()
                .filter(resource ->
                        resource.getValue().path("Type").asText().equals("AWS::CloudFormation::CustomResource"))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();

        assertThat(resources.path(drain).at("/Properties/StateMachineArn/Ref").asText())
                .contains("StateMachine");
        assertThat(resources.properties())
                .filteredOn(
                        resource -> resource.getValue().path("Type").asText().equals("AWS::Events::Rule")
                                || resource.getValue()
                                        .at("/Properties/Handler")
                                        .asText()
                                        .equals(LambdaNames.SCANNER_HANDLER))
                .hasSize(5)
                .allSatisfy(resource -> assertThat(
                                resource.getValue().path("DependsOn").toString())
                        .contains(drain));
    }

    @Test
    void runsAreLoggedAndTraced() {
        STANDARD.hasResourceProperties(
                "AWS::StepFunctions::StateMachine",
                Map.of(
                        "TracingConfiguration", Map.of("Enabled", true),
                        "LoggingConfiguration", Match.objectLike(Map.of("Level", "ALL"))));
    }

    @Test
    void theFunctionsAreThoseOfTheContract() {
        for (String handler : List.of(
                LambdaNames.SCANNER_HANDLER,
                LambdaNames.HASH_HANDLER,
                LambdaNames.RESCHEDULE_HANDLER,
                LambdaNames.FRESHNESS_HANDLER,
                LambdaNames.RECORD_HANDLER,
                LambdaNames.PRUNE_HANDLER,
                LambdaNames.DRAIN_HANDLER)) {
            STANDARD.resourcePropertiesCountIs("AWS::Lambda::Function", Map.of("Handler", handler), 1);
        }
    }

    @Test
    void theHashCheckKnowsTheDefaultsOfAJob() {
        EVERYTHING.hasResourceProperties(
                "AWS::Lambda::Function",
                Map.of(
                        "Handler",
                        LambdaNames.HASH_HANDLER,
                        "Environment",
                        Map.of(
                                "Variables",
                                Match.objectLike(Map.of(
                                        LambdaNames.JOB_VCPU, "0.25",
                                        LambdaNames.JOB_MEMORY, "1024",
                                        LambdaNames.JOB_TIMEOUT, "14400")))));
    }

    @Test
    void logsAreKeptAsLongAsWasAskedAndNotForEver() {
        assertThat(Synthesized.STANDARD.resources("AWS::Logs::LogGroup"))
                .hasSize(11)
                .allSatisfy(group ->
                        assertThat(group.path("RetentionInDays").asInt()).isEqualTo(90));
    }

    static JsonNode job(Synthesized stack) {
        return stack.resources("AWS::Batch::JobDefinition")
                .findFirst()
                .orElseThrow()
                .path("ContainerProperties");
    }

    private static String environmentOfJob(Synthesized stack, String name) {
        for (JsonNode variable : job(stack).path("Environment")) {
            if (variable.path("Name").asText().equals(name)) {
                return variable.path("Value").toString();
            }
        }
        return "";
    }
}

package io.autodump.infra;

import io.autodump.core.contract.LambdaNames;
import io.autodump.infra.access.Access;
import io.autodump.infra.access.NagReasons;
import io.autodump.infra.statemachine.DumpStateMachineDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.ArnFormat;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.CustomResource;
import software.amazon.awscdk.Names;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.PrincipalWithConditions;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.kms.IKey;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.sns.ITopic;
import software.amazon.awscdk.services.stepfunctions.DefinitionBody;
import software.amazon.awscdk.services.stepfunctions.LogLevel;
import software.amazon.awscdk.services.stepfunctions.LogOptions;
import software.amazon.awscdk.services.stepfunctions.StateMachine;
import software.amazon.awscdk.services.stepfunctions.StateMachineType;
import software.constructs.Construct;
import software.constructs.IConstruct;

/** The state machine. Each execution is one run. */
final class RunStateMachine extends Construct {
    private final LambdaFunctions functions;
    private final OutcomeFunctions outcomes;
    private final DumpJobs jobs;
    private final ITopic topic;
    private final StateMachine stateMachine;

    RunStateMachine(
            Construct scope,
            AutoDumpProps props,
            String name,
            LambdaFunctions functions,
            OutcomeFunctions outcomes,
            DumpJobs jobs,
            Notifications notifications,
            IKey topicKey) {
        super(scope, "Runs");
        this.functions = functions;
        this.outcomes = outcomes;
        this.jobs = jobs;
        this.topic = notifications.topic();
        Role role = Role.Builder.create(this, "Role")
                .assumedBy(executions(this, name))
                .description("AutoDump: waits, checks, dumps by way of Batch, and tells people of failures")
                .build();
        statements(props, topicKey).forEach(role::addToPrincipalPolicy);
        stateMachine = machine(this, name, role, props)
                .definitionBody(DefinitionBody.fromString(DumpStateMachineDefinition.render()))
                .definitionSubstitutions(substitutions())
                .build();
        stateMachine.getNode().addDependency(jobs.definition());
        reasons().on(role.getNode().findChild("DefaultPolicy"));
    }

    /** Begins a state machine with a log of its own. The definition is to be set. */
    static StateMachine.Builder machine(Construct scope, String name, Role role, AutoDumpProps props) {
        return StateMachine.Builder.create(scope, "StateMachine")
                .stateMachineName(name)
                .stateMachineType(StateMachineType.STANDARD)
                .role(role)
                .tracingEnabled(true)
                .logs(LogOptions.builder()
                        .destination(logs(scope, props))
                        .level(LogLevel.ALL)
                        // ARNs, keys, hashes, instants and options. No secret value passes through an execution.
                        .includeExecutionData(true)
                        .build());
    }

    /**
     * Ends all executions when the stack is deleted, because AWS deletes a state machine only then. What could
     * start one depends on this resource, and so is deleted before it.
     */
    void drain(IConstruct... starters) {
        drain(this, functions, stateMachine, starters);
    }

    /** As {@link #drain(IConstruct...)}, for any state machine. */
    static void drain(Construct scope, LambdaFunctions functions, StateMachine drained, IConstruct... starters) {
        CustomResource drain = CustomResource.Builder.create(scope, "Drain")
                .serviceToken(functions.drain().getFunctionArn())
                .properties(Map.of(LambdaNames.DRAINED_STATE_MACHINE, drained.getStateMachineArn()))
                .build();
        for (IConstruct starter : starters) {
            starter.getNode().addDependency(drain);
        }
    }

    StateMachine stateMachine() {
        return stateMachine;
    }

    static PrincipalWithConditions executions(Construct scope, String name) {
        return new PrincipalWithConditions(
                new ServicePrincipal("states.amazonaws.com"),
                Map.of(
                        "ArnLike",
                        Map.of(
                                "aws:SourceArn",
                                Access.arn(scope, "states", "stateMachine", name, ArnFormat.COLON_RESOURCE_NAME)),
                        "StringEquals",
                        Map.of("aws:SourceAccount", Aws.ACCOUNT_ID)));
    }

    private Map<String, String> substitutions() {
        return Map.of(
                DumpStateMachineDefinition.PARTITION, Aws.PARTITION,
                DumpStateMachineDefinition.HASH_FUNCTION_ARN,
                        functions.hashAlias().getFunctionArn(),
                DumpStateMachineDefinition.RESCHEDULE_FUNCTION_ARN,
                        functions.rescheduleAlias().getFunctionArn(),
                DumpStateMachineDefinition.RECORD_FUNCTION_ARN,
                        outcomes.recordAlias().getFunctionArn(),
                DumpStateMachineDefinition.PRUNE_FUNCTION_ARN,
                        outcomes.pruneAlias().getFunctionArn(),
                DumpStateMachineDefinition.JOB_QUEUE_ARN, jobs.queue().getJobQueueArn(),
                DumpStateMachineDefinition.JOB_DEFINITION_ARN, jobs.definitionArn(),
                DumpStateMachineDefinition.LOG_GROUP_NAME, jobs.logs().getLogGroupName(),
                DumpStateMachineDefinition.TOPIC_ARN, topic.getTopicArn());
    }

    private List<PolicyStatement> statements(AutoDumpProps props, IKey topicKey) {
        List<PolicyStatement> statements = new ArrayList<>();
        statements.add(PolicyStatement.Builder.create()
                .sid("AskFunctions")
                .actions(List.of("lambda:InvokeFunction"))
                .resources(List.of(
                        functions.hashAlias().getFunctionArn(),
                        functions.rescheduleAlias().getFunctionArn(),
                        outcomes.recordAlias().getFunctionArn(),
                        outcomes.pruneAlias().getFunctionArn()))
                .build());
        statements.addAll(jobStatements(this, jobs.queue().getJobQueueArn(), jobs.definitionArn(), jobs.logs()));
        statements.addAll(tellPeople(this, props, topic, topicKey));
        return statements;
    }

    /** To publish to the topic, and to use its key. */
    static List<PolicyStatement> tellPeople(Construct scope, AutoDumpProps props, ITopic topic, IKey topicKey) {
        List<PolicyStatement> statements = new ArrayList<>();
        statements.add(PolicyStatement.Builder.create()
                .sid("TellPeople")
                .actions(List.of("sns:Publish"))
                .resources(List.of(topic.getTopicArn()))
                .build());
        if (props.notificationTopic().isEmpty()) {
            statements.add(PolicyStatement.Builder.create()
                    .sid("EncryptNotificationsThroughSns")
                    .actions(List.of("kms:Decrypt", "kms:GenerateDataKey"))
                    .resources(List.of(topicKey.getKeyArn()))
                    .conditions(DumpJobs.onlyThrough(scope, "sns"))
                    .build());
        }
        return statements;
    }

    /** To submit jobs, and to hear how they end. */
    static List<PolicyStatement> jobStatements(Construct scope, String queue, String definition, LogGroup jobLogs) {
        List<PolicyStatement> statements = new ArrayList<>();
        statements.add(PolicyStatement.Builder.create()
                .sid("SubmitDumps")
                .actions(List.of("batch:SubmitJob"))
                // ":*" are the revisions of this definition. A job gets the newest one.
                .resources(List.of(queue, definition, definition + ":*"))
                .build());
        statements.add(PolicyStatement.Builder.create()
                .sid("FollowDumps")
                .actions(List.of("batch:DescribeJobs", "batch:TerminateJob"))
                // "*": DescribeJobs has no resource-level permissions, and the id of a job is unknown before it is
                // submitted. AWS's own policy for ".sync" with Batch is the same.
                .resources(List.of("*"))
                .build());
        statements.add(PolicyStatement.Builder.create()
                .sid("ReadWhyDumpsFailed")
                .actions(List.of("logs:FilterLogEvents"))
                .resources(List.of(jobLogs.getLogGroupArn()))
                .build());
        statements.add(PolicyStatement.Builder.create()
                .sid("HearThatDumpsEnded")
                .actions(List.of("events:PutTargets", "events:PutRule", "events:DescribeRule"))
                .resources(List.of(Access.arn(
                        scope,
                        "events",
                        "rule",
                        "StepFunctionsGetEventsForBatchJobsRule",
                        ArnFormat.SLASH_RESOURCE_NAME)))
                .build());
        return statements;
    }

    /** With this prefix, CloudWatch needs no entry per log group in its resource policy, whose size is limited. */
    private static LogGroup logs(Construct scope, AutoDumpProps props) {
        return DumpJobs.logGroup(scope, "Logs", props)
                .logGroupName("/aws/vendedlogs/states/" + Names.nodeUniqueId(scope.getNode()))
                .build();
    }

    static NagReasons reasons() {
        return NagReasons.reasons()
                .wildcardMatching(
                        "^Resource::arn:.*:job-definition\\/.*:\\*$",
                        "all revisions of one job definition: a run that waits during an update gets the newest one")
                .wildcard(
                        "Resource::*",
                        "batch:DescribeJobs, the log delivery of Step Functions and xray:Put* have no resource-level"
                                + " permissions; batch:TerminateJob is for jobs whose ids aren't known beforehand");
    }
}

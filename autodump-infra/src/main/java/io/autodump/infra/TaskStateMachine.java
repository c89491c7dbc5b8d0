package io.autodump.infra;

import io.autodump.infra.access.Access;
import io.autodump.infra.statemachine.TaskKind;
import io.autodump.infra.statemachine.TaskStateMachineDefinition;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.kms.IKey;
import software.amazon.awscdk.services.sns.ITopic;
import software.amazon.awscdk.services.stepfunctions.DefinitionBody;
import software.amazon.awscdk.services.stepfunctions.StateMachine;
import software.constructs.Construct;
import software.constructs.IConstruct;

/** The jobs of one kind that aren't dumps, and their state machine. Each execution is one job. */
final class TaskStateMachine extends Construct {
    /** Limit of a state machine's name, less the longest ending (Step Functions, API reference, CreateStateMachine). */
    private static final int LONGEST_NAME = 72;

    private final TaskJobs jobs;
    private final StateMachine stateMachine;

    TaskStateMachine(
            Construct scope,
            String name,
            AutoDumpProps props,
            TaskJobs jobs,
            DumpJobs dumps,
            Notifications notifications,
            IKey topicKey) {
        super(scope, jobs.kind().id() + "Runs");
        this.jobs = jobs;
        Role role = Role.Builder.create(this, "Role")
                .assumedBy(RunStateMachine.executions(this, name))
                .description("AutoDump: makes a " + jobs.kind().argument() + " by way of Batch, and tells people if it"
                        + " fails")
                .build();
        statements(props, jobs, dumps, notifications.topic(), topicKey).forEach(role::addToPrincipalPolicy);
        stateMachine = RunStateMachine.machine(this, name, role, props)
                .definitionBody(DefinitionBody.fromString(TaskStateMachineDefinition.render()))
                .definitionSubstitutions(substitutions(jobs, dumps, notifications.topic()))
                .build();
        stateMachine.getNode().addDependency(jobs.definition());
        RunStateMachine.reasons().on(role.getNode().findChild("DefaultPolicy"));
    }

    /** The names of the state machines, which are known before they exist. */
    static Map<TaskKind, String> names(Construct scope) {
        String name = Access.uniqueName(scope, LONGEST_NAME);
        Map<TaskKind, String> names = new EnumMap<>(TaskKind.class);
        Arrays.stream(TaskKind.values()).forEach(kind -> names.put(kind, name + kind.ending()));
        return names;
    }

    StateMachine stateMachine() {
        return stateMachine;
    }

    Role role() {
        return jobs.role();
    }

    /** Ends all executions when the stack is deleted, after what could start one was deleted. */
    void drain(LambdaFunctions functions, IConstruct... starters) {
        RunStateMachine.drain(this, functions, stateMachine, starters);
    }

    private static Map<String, String> substitutions(TaskJobs jobs, DumpJobs dumps, ITopic topic) {
        Map<String, String> substitutions = new HashMap<>(jobs.kind().words());
        substitutions.put(TaskStateMachineDefinition.PARTITION, Aws.PARTITION);
        substitutions.put(TaskStateMachineDefinition.JOB_QUEUE_ARN, jobs.queue().getJobQueueArn());
        substitutions.put(TaskStateMachineDefinition.JOB_DEFINITION_ARN, jobs.definitionArn());
        substitutions.put(
                TaskStateMachineDefinition.LOG_GROUP_NAME, dumps.logs().getLogGroupName());
        substitutions.put(TaskStateMachineDefinition.TOPIC_ARN, topic.getTopicArn());
        return substitutions;
    }

    private List<PolicyStatement> statements(
            AutoDumpProps props, TaskJobs jobs, DumpJobs dumps, ITopic topic, IKey topicKey) {
        List<PolicyStatement> statements = new ArrayList<>();
        statements.addAll(
                RunStateMachine.jobStatements(this, jobs.queue().getJobQueueArn(), jobs.definitionArn(), dumps.logs()));
        statements.addAll(RunStateMachine.tellPeople(this, props, topic, topicKey));
        return statements;
    }
}

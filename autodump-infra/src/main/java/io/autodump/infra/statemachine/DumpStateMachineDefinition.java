package io.autodump.infra.statemachine;

import java.util.List;

/**
 * The state machine of one run, in the Amazon States Language with JSONPath. {@code docs/state-machine.md} has a
 * diagram. The text is in {@code dump-state-machine.asl.json} beside this class. It is a standard workflow for an
 * AWS::StepFunctions::StateMachine whose {@code DefinitionSubstitutions} set all {@link #SUBSTITUTIONS}.
 */
public final class DumpStateMachineDefinition {
    /** The partition of the account, {@code aws} for most: the value of the pseudo parameter {@code AWS::Partition}. */
    public static final String PARTITION = "Partition";

    /** The ARN of the function that checks a tags hash; an alias or a version for SnapStart. */
    public static final String HASH_FUNCTION_ARN = "HashFunctionArn";

    /** The ARN of the function that starts the next run of one secret. */
    public static final String RESCHEDULE_FUNCTION_ARN = "RescheduleFunctionArn";

    /** The ARN of the function that records a run whose job left no record. */
    public static final String RECORD_FUNCTION_ARN = "RecordFunctionArn";

    /** The ARN of the function that deletes what retention doesn't keep. */
    public static final String PRUNE_FUNCTION_ARN = "PruneFunctionArn";

    /** The ARN of the job queue. */
    public static final String JOB_QUEUE_ARN = "JobQueueArn";

    /** The ARN of the dumper's job definition. */
    public static final String JOB_DEFINITION_ARN = "JobDefinitionArn";

    /** The name of the log group of the jobs, in which a failed job says why. */
    public static final String LOG_GROUP_NAME = "LogGroupName";

    /** The ARN of the topic that receives failures. */
    public static final String TOPIC_ARN = "TopicArn";

    /** The names of all placeholders: {@code ${Name}} in the text. */
    public static final List<String> SUBSTITUTIONS = List.of(
            PARTITION,
            HASH_FUNCTION_ARN,
            RESCHEDULE_FUNCTION_ARN,
            RECORD_FUNCTION_ARN,
            PRUNE_FUNCTION_ARN,
            JOB_QUEUE_ARN,
            JOB_DEFINITION_ARN,
            LOG_GROUP_NAME,
            TOPIC_ARN);

    private static final String TEXT = StateMachineText.read("dump-state-machine.asl.json");

    private DumpStateMachineDefinition() {}

    /** Returns the definition, with a placeholder {@code ${Name}} for each of {@link #SUBSTITUTIONS}. */
    public static String render() {
        return TEXT;
    }
}

package io.autodump.infra.statemachine;

import java.util.List;

/**
 * The state machine of one job that isn't a dump: a restore, or a restore drill. {@code docs/state-machine.md}
 * describes it. The text is in {@code task-state-machine.asl.json} beside this class. It is a standard workflow for an
 * AWS::StepFunctions::StateMachine whose {@code DefinitionSubstitutions} set all {@link #SUBSTITUTIONS}.
 */
public final class TaskStateMachineDefinition {
    /** The partition of the account. */
    public static final String PARTITION = DumpStateMachineDefinition.PARTITION;

    /** The ARN of the job queue. */
    public static final String JOB_QUEUE_ARN = DumpStateMachineDefinition.JOB_QUEUE_ARN;

    /** The ARN of the job definition. */
    public static final String JOB_DEFINITION_ARN = DumpStateMachineDefinition.JOB_DEFINITION_ARN;

    /** The name of the log group of the jobs, in which a failed job says why. */
    public static final String LOG_GROUP_NAME = DumpStateMachineDefinition.LOG_GROUP_NAME;

    /** The ARN of the topic that receives failures. */
    public static final String TOPIC_ARN = DumpStateMachineDefinition.TOPIC_ARN;

    /** What the job is, in one word of lower-case letters: {@code restore} or {@code drill}. */
    public static final String WORD = "Word";

    /** What was done when it succeeds: {@code restored} or {@code drilled}. */
    public static final String OUTCOME = "Outcome";

    /** The subject of the message about a failure. */
    public static final String SUBJECT = "Subject";

    /** The error of an execution that fails. */
    public static final String ERROR = "Error";

    /** The names of all placeholders: {@code ${Name}} in the text. */
    public static final List<String> SUBSTITUTIONS = List.of(
            PARTITION, JOB_QUEUE_ARN, JOB_DEFINITION_ARN, LOG_GROUP_NAME, TOPIC_ARN, WORD, OUTCOME, SUBJECT, ERROR);

    private static final String TEXT = StateMachineText.read("task-state-machine.asl.json");

    private TaskStateMachineDefinition() {}

    /** Returns the definition, with a placeholder {@code ${Name}} for each of {@link #SUBSTITUTIONS}. */
    public static String render() {
        return TEXT;
    }
}

package io.autodump.aws.stepfunctions;

import io.autodump.core.contract.StateMachineNames;

/** What a state machine of a deployment does. */
public enum DeployedTask {
    /** It dumps. */
    DUMP("", "StateMachine"),
    /** It restores. */
    RESTORE(StateMachineNames.RESTORE, "RestoreStateMachine"),
    /** It makes restore drills. */
    DRILL(StateMachineNames.DRILL, "DrillStateMachine");

    private final String ending;
    private final String output;

    DeployedTask(String ending, String output) {
        this.ending = ending;
        this.output = output;
    }

    /** Returns the end of the name of such a state machine. */
    String ending() {
        return ending;
    }

    /** Returns the output of the stack that has the ARN of the state machine. */
    String output() {
        return output;
    }

    /** Returns whether a state machine does this, by the end of its name. */
    boolean isOf(String name) {
        return this == DUMP ? !RESTORE.isOf(name) && !DRILL.isOf(name) : name.endsWith(ending);
    }
}

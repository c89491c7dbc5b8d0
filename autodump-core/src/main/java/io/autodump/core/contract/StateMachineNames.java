package io.autodump.core.contract;

/**
 * How the names of a deployment's state machines end, so that they can be told apart. That of the dumps has no ending
 * of its own.
 */
public final class StateMachineNames {
    /** The ending of the state machine that restores. */
    public static final String RESTORE = "-restore";

    /** The ending of the state machine that makes restore drills. */
    public static final String DRILL = "-drill";

    private StateMachineNames() {}
}

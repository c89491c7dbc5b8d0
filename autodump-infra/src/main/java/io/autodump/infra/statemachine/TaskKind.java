package io.autodump.infra.statemachine;

import io.autodump.core.contract.DumperNames;
import io.autodump.core.contract.StateMachineNames;
import java.util.Map;

/** What a deployment does besides dumps. */
public enum TaskKind {
    /** Restores a dump into the database of another secret, when it is asked to. */
    RESTORE("Restores", DumperNames.RESTORE, StateMachineNames.RESTORE, 4, "restored", "Restore"),
    /** Proves the newest dump of a secret, when its tag says so. */
    DRILL("Drills", DumperNames.DRILL, StateMachineNames.DRILL, 2, "drilled", "Drill");

    private final String id;
    private final String argument;
    private final String ending;
    private final int mostAtATime;
    private final String outcome;
    private final String noun;

    TaskKind(String id, String argument, String ending, int mostAtATime, String outcome, String noun) {
        this.id = id;
        this.argument = argument;
        this.ending = ending;
        this.mostAtATime = mostAtATime;
        this.outcome = outcome;
        this.noun = noun;
    }

    /** Returns the id of the construct. */
    public String id() {
        return id;
    }

    /** Returns the argument of the container, which is also the word for it in messages. */
    public String argument() {
        return argument;
    }

    /** Returns the end of the name of the state machine. */
    public String ending() {
        return ending;
    }

    /** Returns how many jobs run at a time. Dumps have a queue of their own, and neither waits for the other. */
    public int mostAtATime() {
        return mostAtATime;
    }

    /** Returns the words in the state machine. */
    public Map<String, String> words() {
        return Map.of(
                TaskStateMachineDefinition.WORD,
                argument,
                TaskStateMachineDefinition.OUTCOME,
                outcome,
                TaskStateMachineDefinition.SUBJECT,
                "AutoDump " + noun + " Failed",
                TaskStateMachineDefinition.ERROR,
                "AutoDump." + noun + "Failed");
    }
}

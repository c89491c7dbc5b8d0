package io.autodump.lambda;

import org.crac.Context;
import org.crac.Core;
import org.crac.Resource;

/**
 * For Lambda's SnapStart: before the snapshot is taken, what mustn't be in it (connections, credentials) is given up.
 * Without SnapStart nobody calls it.
 */
final class Snapshot implements Resource {
    private final Functions functions;

    Snapshot(Functions functions) {
        this.functions = functions;
    }

    /** The context keeps a weak reference only, so whoever calls this keeps the answer. */
    static Snapshot register(Functions functions) {
        Snapshot snapshot = new Snapshot(functions);
        Core.getGlobalContext().register(snapshot);
        return snapshot;
    }

    @Override
    public void beforeCheckpoint(Context<? extends Resource> context) {
        functions.reset();
        functions.open();
    }

    @Override
    public void afterRestore(Context<? extends Resource> context) {
        // Nothing to do: clients connect, and ask for credentials, when they are first used.
    }
}

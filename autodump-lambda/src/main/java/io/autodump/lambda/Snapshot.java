package io.autodump.lambda;

import org.crac.Context;
import org.crac.Core;
import org.crac.Resource;

/**
 * For Lambda's SnapStart: closes connections and drops credentials before the snapshot is taken, because they must not
 * be part of it. Not called without SnapStart.
 */
final class Snapshot implements Resource {
    private final Functions functions;

    Snapshot(Functions functions) {
        this.functions = functions;
    }

    /** Registers the hook. The context keeps only a weak reference, so the caller must keep the result. */
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
        // Nothing to do: clients connect and get credentials on first use.
    }
}

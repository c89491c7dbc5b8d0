package io.autodump.process;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What must still be done when the JVM is ended in the middle: secrets removed from disk, children stopped. One hook for
 * all, so that a finished piece of work leaves nothing behind.
 */
public final class ShutdownCleanup {
    private static final Set<Runnable> PENDING = ConcurrentHashMap.newKeySet();
    private static volatile boolean started;

    static {
        try {
            Runtime.getRuntime().addShutdownHook(new Thread(ShutdownCleanup::runAll, "autodump-shutdown"));
        } catch (IllegalStateException underWay) {
            // This class is used for the first time while the JVM is being ended.
            started = true;
        }
    }

    private ShutdownCleanup() {}

    public static void add(Runnable cleanup) {
        PENDING.add(cleanup);
        if (started) {
            cleanup.run();
        }
    }

    public static void remove(Runnable cleanup) {
        PENDING.remove(cleanup);
    }

    /** Whether the JVM is being ended: a child that dies now wasn't at fault. */
    public static boolean isUnderWay() {
        return started;
    }

    private static void runAll() {
        started = true;
        PENDING.forEach(ShutdownCleanup::runOne);
    }

    /** What goes wrong with one must not keep the others from being done. */
    private static void runOne(Runnable cleanup) {
        try {
            cleanup.run();
        } catch (RuntimeException failed) {
            // The JVM ends: there is nothing left that could deal with it.
        }
    }
}

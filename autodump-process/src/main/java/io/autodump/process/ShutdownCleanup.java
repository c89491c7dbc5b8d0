package io.autodump.process;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The work that must be done if the JVM ends early: remove secrets from disk, stop child processes. There is one
 * shutdown hook for all, so finished work leaves nothing behind.
 */
public final class ShutdownCleanup {
    private static final Set<Runnable> PENDING = ConcurrentHashMap.newKeySet();
    private static volatile boolean started;

    static {
        try {
            Runtime.getRuntime().addShutdownHook(new Thread(ShutdownCleanup::runAll, "autodump-shutdown"));
        } catch (IllegalStateException underWay) {
            // This class is used for the first time while the JVM is ending.
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

    /** Returns whether the JVM is ending. A child that dies then has not failed. */
    public static boolean isUnderWay() {
        return started;
    }

    private static void runAll() {
        started = true;
        PENDING.forEach(ShutdownCleanup::runOne);
    }

    /** A failure must not prevent the other actions. */
    private static void runOne(Runnable cleanup) {
        try {
            cleanup.run();
        } catch (RuntimeException failed) {
            // The JVM is ending: nothing is left that could handle it.
        }
    }
}

package io.autodump.local.file;

import java.util.concurrent.atomic.AtomicInteger;

/** Dies before a certain change to the file system, and lets none happen afterwards. */
public final class Mortal implements DurableFiles.Steps {
    private final int lastStep;
    private final AtomicInteger steps = new AtomicInteger();

    /** Not an exception: nothing in the program may catch it and go on. */
    public static final class Death extends Error {
        private static final long serialVersionUID = 1L;
    }

    public Mortal(int lastStep) {
        this.lastStep = lastStep;
    }

    public boolean dead() {
        return steps.get() > lastStep;
    }

    @Override
    public void before(String step) {
        if (steps.incrementAndGet() > lastStep) {
            throw new Death();
        }
    }
}

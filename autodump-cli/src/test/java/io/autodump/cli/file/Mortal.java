package io.autodump.cli.file;

import java.util.concurrent.atomic.AtomicInteger;

/** Dies before a certain change to the file system, and lets none happen afterwards. */
final class Mortal implements DurableFiles.Steps {
    private final int lastStep;
    private final AtomicInteger steps = new AtomicInteger();

    /** Not an exception: nothing in the program may catch it and go on. */
    static final class Death extends Error {
        private static final long serialVersionUID = 1L;
    }

    Mortal(int lastStep) {
        this.lastStep = lastStep;
    }

    boolean dead() {
        return steps.get() > lastStep;
    }

    @Override
    public void before(String step) {
        if (steps.incrementAndGet() > lastStep) {
            throw new Death();
        }
    }
}

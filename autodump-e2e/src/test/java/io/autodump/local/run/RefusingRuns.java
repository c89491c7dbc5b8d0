package io.autodump.local.run;

import io.autodump.local.file.DurableFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;

/** Runs in a folder whose disk is full when the test says so. */
public final class RefusingRuns {
    private final AtomicInteger refusals = new AtomicInteger();
    private final FileRunScheduler runs;

    public RefusingRuns(Path folder, InstantSource clock) {
        runs = new FileRunScheduler(folder, clock, new DurableFiles(this::before));
    }

    public FileRunScheduler runs() {
        return runs;
    }

    /** The next entries of a folder, that many, can't be made. */
    public void refuse(int entries) {
        refusals.set(entries);
    }

    private void before(String step) {
        if (step.equals("link") && refusals.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            throw new UncheckedIOException(new IOException("No space left on device"));
        }
    }
}

package io.autodump.local.scheduler;

import io.autodump.core.error.ErrorCategory;
import java.util.concurrent.atomic.AtomicInteger;

/** Keeps the exit status of the worst failure so far; 0 if there was none. Thread-safe. */
final class ExitStatus {
    private final AtomicInteger worst = new AtomicInteger();

    void note(ErrorCategory category) {
        worst.accumulateAndGet(category.exitStatus(), Math::max);
    }

    int get() {
        return worst.get();
    }
}

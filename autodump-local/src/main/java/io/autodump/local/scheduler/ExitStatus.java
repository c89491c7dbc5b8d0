package io.autodump.local.scheduler;

import io.autodump.core.error.ErrorCategory;
import java.util.concurrent.atomic.AtomicInteger;

/** The worst of all that went wrong, as a process reports it; 0 if nothing did. Thread-safe. */
final class ExitStatus {
    private final AtomicInteger worst = new AtomicInteger();

    void note(ErrorCategory category) {
        worst.accumulateAndGet(category.exitStatus(), Math::max);
    }

    int get() {
        return worst.get();
    }
}

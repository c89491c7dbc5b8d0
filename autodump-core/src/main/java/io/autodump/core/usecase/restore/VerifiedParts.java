package io.autodump.core.usecase.restore;

import io.autodump.core.dump.DumpManifest;
import io.autodump.core.dump.DumpPart;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.port.DumpProgress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Verifies the parts of one dump on the JVM's common pool: about as many at a time as the machine has processors, so
 * that a large dump needs no more memory than a small one. Used once.
 */
final class VerifiedParts {
    private final DumpManifest manifest;
    private final DumpProgress progress;
    private final Thread caller = Thread.currentThread();
    private long bytes;
    private volatile boolean failed;

    VerifiedParts(DumpManifest manifest, DumpProgress progress) {
        this.manifest = manifest;
        this.progress = progress;
    }

    private record Outcome(
            Optional<Integer> entries, @Nullable RuntimeException failure) {}

    /**
     * Verifies all parts. At the first failure, the others end too.
     *
     * @param check verifies one part, reports the bytes of it that were read, and returns the number of entries of the
     *     archive; empty for rows
     * @return the number of entries of the archive
     * @throws RuntimeException what the check throws, of the first part that failed
     */
    Optional<Integer> verify(BiFunction<DumpPart, DumpProgress, Optional<Integer>> check) {
        List<Outcome> outcomes = manifest.parts().all().parallelStream()
                .map(part -> outcome(check, part))
                .toList();
        for (Outcome outcome : outcomes) {
            RuntimeException failure = outcome.failure();
            if (failure != null && !(failure instanceof CancellationException)) {
                throw failure;
            }
        }
        requireNotInterrupted();
        return outcomes.stream().flatMap(outcome -> outcome.entries().stream()).findFirst();
    }

    private Outcome outcome(BiFunction<DumpPart, DumpProgress, Optional<Integer>> check, DumpPart part) {
        try {
            requireGoingOn();
            return new Outcome(check.apply(part, new PartProgress()), null);
        } catch (RuntimeException failure) {
            failed = true;
            return new Outcome(Optional.empty(), failure);
        }
    }

    private void requireGoingOn() {
        if (failed || caller.isInterrupted()) {
            throw new CancellationException();
        }
    }

    private void requireNotInterrupted() {
        if (failed || caller.isInterrupted()) {
            throw new AutoDumpException(
                    ErrorCode.INTERRUPTED,
                    "the verification of dump " + manifest.key() + " was interrupted; nothing was changed",
                    "verify it again");
        }
    }

    private synchronized void add(long more) {
        bytes += more;
        progress.bytes(bytes);
    }

    /** Adds the bytes of one part to those of all. */
    private final class PartProgress implements DumpProgress {
        private long before;

        @Override
        public void bytes(long total) {
            add(total - before);
            before = total;
            requireGoingOn();
        }

        @Override
        public void table(String name) {
            progress.table(name);
        }
    }
}

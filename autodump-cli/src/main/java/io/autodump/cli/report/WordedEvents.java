package io.autodump.cli.report;

import io.autodump.core.dump.DumpEvent;
import io.autodump.core.port.DumpEvents;
import java.time.Instant;

/** Passes events on, with the words of the command in the hints of failures. Thread-safe if the target is. */
public final class WordedEvents implements DumpEvents {
    private final DumpEvents target;

    /** Passes events on to a target. */
    public WordedEvents(DumpEvents target) {
        this.target = target;
    }

    @Override
    public void started(String secretName, Instant scheduledAt) {
        target.started(secretName, scheduledAt);
    }

    @Override
    public void publish(DumpEvent event) {
        target.publish(worded(event));
    }

    private static DumpEvent worded(DumpEvent event) {
        if (event instanceof DumpEvent.CopyFailed failed) {
            return new DumpEvent.CopyFailed(
                    failed.secretName(),
                    failed.scheduledAt(),
                    failed.store(),
                    failed.dump(),
                    failed.code(),
                    CommandHints.WORDS.in(failed.report()));
        }
        if (event instanceof DumpEvent.DrillFailed failed) {
            return new DumpEvent.DrillFailed(
                    failed.secretName(),
                    failed.scheduledAt(),
                    failed.dump(),
                    failed.code(),
                    CommandHints.WORDS.in(failed.report()));
        }
        return event instanceof DumpEvent.Failed failed
                ? new DumpEvent.Failed(
                        failed.secretName(),
                        failed.scheduledAt(),
                        failed.code(),
                        CommandHints.WORDS.in(failed.report()),
                        failed.database())
                : event;
    }
}

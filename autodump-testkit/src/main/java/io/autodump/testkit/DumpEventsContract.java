package io.autodump.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.autodump.core.dump.DumpEvent;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.port.DumpEvents;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The contract of {@link DumpEvents}. */
public abstract class DumpEventsContract {
    private static final DumpEvent SUCCEEDED = new DumpEvent.Succeeded(SampleDumps.manifest(SampleDumps.KEY));
    private static final DumpEvent FAILED = new DumpEvent.Failed(
            "orders", SampleDumps.WHEN, ErrorCode.DUMP_PROCESS_FAILED, "AD-3021 pg_dump exited with status 1");
    private static final DumpEvent MISSED = new DumpEvent.Missed("orders", SampleDumps.WHEN);

    private static final DumpEvent OVERDUE =
            new DumpEvent.Overdue("orders", SampleDumps.WHEN, 0, Optional.of(SampleDumps.WHEN), "There is no dump.");
    private static final DumpEvent RECOVERED = new DumpEvent.Recovered(SampleDumps.manifest(SampleDumps.KEY));

    /** Returns the channel under test; nothing is received when a test begins, and it is the same one during a test. */
    protected abstract DumpEvents events();

    /** Returns the text of each message that the receiver got, in any form that people or programs read. */
    protected abstract List<String> received();

    /** Makes the receiver refuse every message from now on. */
    protected abstract void breakReceiver();

    @Test
    void deliversEveryEventOnce() {
        events().publish(SUCCEEDED);
        events().publish(FAILED);
        events().publish(MISSED);
        events().publish(OVERDUE);
        events().publish(RECOVERED);

        assertThat(received())
                .as("DumpEvents.publish: one message for each event, with the name of the secret")
                .hasSize(5)
                .allMatch(text -> text.contains("orders"));
    }

    @Test
    void saysWhyADumpFailed() {
        events().publish(FAILED);

        assertThat(received())
                .as("DumpEvents.publish: a failure with its code and its report")
                .singleElement()
                .asString()
                .contains(ErrorCode.DUMP_PROCESS_FAILED.id(), "pg_dump exited with status 1");
    }

    @Test
    void throwsNothingWhenItsReceiverRefuses() {
        breakReceiver();

        assertThatCode(() ->
                        List.of(SUCCEEDED, FAILED, MISSED, OVERDUE, RECOVERED).forEach(events()::publish))
                .as("DumpEvents.publish: a dump doesn't fail because a message couldn't be delivered")
                .doesNotThrowAnyException();
    }
}

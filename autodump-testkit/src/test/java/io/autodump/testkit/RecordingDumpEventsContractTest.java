package io.autodump.testkit;

import io.autodump.core.port.DumpEvents;
import io.autodump.core.testing.RecordingDumpEvents;
import java.util.List;

final class RecordingDumpEventsContractTest extends DumpEventsContract {
    private final RecordingDumpEvents events = new RecordingDumpEvents();

    @Override
    protected DumpEvents events() {
        return events;
    }

    @Override
    protected List<String> received() {
        return events.events().stream().map(Object::toString).toList();
    }

    /** A list in memory refuses nothing. */
    @Override
    protected void breakReceiver() {}
}

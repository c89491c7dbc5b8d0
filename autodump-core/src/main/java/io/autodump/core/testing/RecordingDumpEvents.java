package io.autodump.core.testing;

import io.autodump.core.dump.DumpEvent;
import io.autodump.core.port.DumpEvents;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Records every event. Thread-safe. */
public final class RecordingDumpEvents implements DumpEvents {
    private final List<DumpEvent> events = new CopyOnWriteArrayList<>();

    /** Creates a recorder without events. */
    public RecordingDumpEvents() {}

    @Override
    public void publish(DumpEvent event) {
        events.add(event);
    }

    /** Returns the events in the order in which they were published. */
    public List<DumpEvent> events() {
        return List.copyOf(events);
    }
}

package io.autodump.core.testing;

import io.autodump.core.dump.DumpEvent;
import io.autodump.core.port.DumpEvents;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps every event. */
public final class RecordingDumpEvents implements DumpEvents {
    private final List<DumpEvent> events = new CopyOnWriteArrayList<>();

    /** Creates a recorder without events. */
    public RecordingDumpEvents() {}

    @Override
    public void publish(DumpEvent event) {
        events.add(event);
    }

    /** In the order in which they came. */
    public List<DumpEvent> events() {
        return List.copyOf(events);
    }
}

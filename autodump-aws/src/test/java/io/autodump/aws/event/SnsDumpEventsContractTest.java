package io.autodump.aws.event;

import io.autodump.core.port.DumpEvents;
import java.util.List;

class SnsDumpEventsContractTest extends AwsDumpEventsContract {
    private final DumpEvents events =
            SnsDumpEvents.create(clients, "arn:aws:sns:us-east-1:123456789012:dumps", untold::add);

    SnsDumpEventsContractTest() {
        super("Publish");
    }

    @Override
    protected DumpEvents events() {
        return events;
    }

    @Override
    protected List<String> received() {
        return aws.messages().notifications().stream()
                .map(message -> message.get("Message"))
                .toList();
    }
}

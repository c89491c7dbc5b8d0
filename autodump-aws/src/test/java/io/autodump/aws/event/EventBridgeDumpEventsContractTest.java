package io.autodump.aws.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.autodump.aws.AwsClients;
import io.autodump.aws.TestClients;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.port.DumpEvents;
import io.autodump.testkit.DumpEventsContract;
import io.autodump.testkit.aws.FakeAws;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

class EventBridgeDumpEventsContractTest extends DumpEventsContract {
    private final FakeAws aws = FakeAws.start();
    private final AwsClients clients = TestClients.of(aws);
    private final List<AutoDumpException> untold = new ArrayList<>();
    private final DumpEvents events = new EventBridgeDumpEvents(clients.eventBridge(), "default", untold::add);
    private boolean broken;

    @AfterEach
    void stop() {
        clients.close();
        aws.close();
        assertThat(untold).as("failures that are reported by other means").hasSize(broken ? 3 : 0);
    }

    @Override
    protected DumpEvents events() {
        return events;
    }

    @Override
    protected List<String> received() {
        return aws.messages().events().stream()
                .map(event -> event.get("Detail"))
                .toList();
    }

    @Override
    protected void breakReceiver() {
        broken = true;
        aws.deny("PutEvents", "", "not authorized");
    }
}

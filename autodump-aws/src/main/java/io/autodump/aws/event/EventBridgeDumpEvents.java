package io.autodump.aws.event;

import io.autodump.aws.internal.AwsFailure;
import io.autodump.core.contract.EventNames;
import io.autodump.core.dump.DumpEvent;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.port.DumpEvents;
import io.autodump.core.wire.DumpEventJson;
import java.util.function.Consumer;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResponse;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResultEntry;

/**
 * Outcomes as events of one EventBridge bus: the JSON of {@link DumpEventJson} as detail, source and detail-type as of
 * {@link EventNames}. Needs {@code events:PutEvents}. Thread-safe.
 */
public final class EventBridgeDumpEvents implements DumpEvents {
    private final EventBridgeClient client;
    private final String bus;
    private final Consumer<AutoDumpException> untold;

    /**
     * A publisher to one bus.
     *
     * @param bus its name or ARN; {@code default} for the account's own
     * @param untold is given what couldn't be published; must not throw
     */
    public EventBridgeDumpEvents(EventBridgeClient client, String bus, Consumer<AutoDumpException> untold) {
        this.client = client;
        this.bus = bus;
        this.untold = untold;
    }

    @Override
    public void publish(DumpEvent event) {
        PutEventsRequestEntry entry = PutEventsRequestEntry.builder()
                .eventBusName(bus)
                .source(EventNames.SOURCE)
                .detailType(EventLabels.detailType(event))
                .detail(DumpEventJson.write(event))
                .build();
        try {
            report(event, client.putEvents(request -> request.entries(entry)));
        } catch (SdkException failed) {
            untold.accept(new AwsFailure(ErrorCode.EVENT_FAILED, "events:PutEvents", bus, EventLabels.untold(event))
                    .of(failed));
        }
    }

    /** A call that succeeds may still have refused its entries. */
    private void report(DumpEvent event, PutEventsResponse response) {
        response.entries().stream()
                .filter(entry -> entry.errorCode() != null)
                .findFirst()
                .ifPresent(refused -> untold.accept(refused(event, refused)));
    }

    private AutoDumpException refused(DumpEvent event, PutEventsResultEntry refused) {
        return new AutoDumpException(
                ErrorCode.EVENT_FAILED,
                "events:PutEvents on " + bus + " refused the event: " + refused.errorCode() + ": "
                        + refused.errorMessage() + "; " + EventLabels.untold(event),
                "allow events:PutEvents on the bus to the role of this process, in the bus's policy too");
    }
}

package io.autodump.aws.event;

import io.autodump.aws.AwsClients;
import io.autodump.aws.internal.OptionalClient;
import io.autodump.core.contract.EventNames;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.wire.DumpEventJson;
import java.util.Optional;
import java.util.function.Consumer;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResultEntry;

/**
 * Publishes outcomes as events on one EventBridge bus. The detail is the JSON of {@link DumpEventJson}; {@link
 * EventNames} has the source and the detail types. Needs the permission {@code events:PutEvents} and the library
 * {@code software.amazon.awssdk:eventbridge}, which {@code autodump-aws} doesn't bring. Thread-safe.
 */
public final class EventBridgeDumpEvents extends AwsDumpEvents {
    private static final String ACTION = "events:PutEvents";

    private final EventBridgeClient client;
    private final String bus;

    /**
     * A publisher that uses a client of the caller's, who closes it.
     *
     * @param bus name or ARN; {@code default} is the account's own bus
     * @param failures receives the reason for each event that couldn't be published; must not throw
     */
    @SuppressWarnings("exports") // The module of the client is optional: its users require it.
    public EventBridgeDumpEvents(EventBridgeClient client, String bus, Consumer<AutoDumpException> failures) {
        super(ACTION, bus, failures);
        this.client = client;
        this.bus = bus;
    }

    /**
     * Returns a publisher that uses the clients' connections and credentials.
     *
     * @param bus name or ARN; {@code default} is the account's own bus
     * @param failures receives the reason for each event that couldn't be published; must not throw
     * @throws IllegalStateException if {@code software.amazon.awssdk:eventbridge} isn't on the class path
     */
    public static EventBridgeDumpEvents create(AwsClients clients, String bus, Consumer<AutoDumpException> failures) {
        OptionalClient.EVENT_BRIDGE.require();
        return new EventBridgeDumpEvents(
                clients.client(EventBridgeClient.class, EventBridgeClient::builder), bus, failures);
    }

    @Override
    Optional<Refusal> send(Message message) {
        PutEventsRequestEntry entry = PutEventsRequestEntry.builder()
                .eventBusName(bus)
                .source(EventNames.SOURCE)
                .detailType(message.label())
                .detail(message.json())
                .build();
        // A call that succeeds may still have refused its entries.
        return client.putEvents(request -> request.entries(entry)).entries().stream()
                .filter(result -> result.errorCode() != null)
                .findFirst()
                .map(EventBridgeDumpEvents::refusal);
    }

    private static Refusal refusal(PutEventsResultEntry refused) {
        return new Refusal(
                refused.errorCode() + ": " + refused.errorMessage(),
                "allow " + ACTION + " on the bus to the role of this process, also in the policy of the bus");
    }
}

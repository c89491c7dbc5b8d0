package io.autodump.aws.event;

import io.autodump.aws.AwsClients;
import io.autodump.aws.internal.OptionalClient;
import io.autodump.core.contract.EventNames;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.wire.DumpEventJson;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.MessageAttributeValue;

/**
 * Publishes outcomes as notifications of one SNS topic. The message is the JSON of {@link DumpEventJson}, and a message
 * attribute holds its type for filters. Needs the permission {@code sns:Publish}, and {@code kms:GenerateDataKey*} for
 * a topic that a customer's key encrypts. Needs the library {@code software.amazon.awssdk:sns}, which {@code
 * autodump-aws} doesn't bring. Thread-safe.
 */
public final class SnsDumpEvents extends AwsDumpEvents {
    private final SnsClient client;
    private final String topicArn;

    /**
     * A publisher that uses a client of the caller's, who closes it.
     *
     * @param failures receives the reason for each event that couldn't be published; must not throw
     */
    @SuppressWarnings("exports") // The module of the client is optional: its users require it.
    public SnsDumpEvents(SnsClient client, String topicArn, Consumer<AutoDumpException> failures) {
        super("sns:Publish", topicArn, failures);
        this.client = client;
        this.topicArn = topicArn;
    }

    /**
     * Returns a publisher that uses the clients' connections and credentials.
     *
     * @param failures receives the reason for each event that couldn't be published; must not throw
     * @throws IllegalStateException if {@code software.amazon.awssdk:sns} isn't on the class path
     */
    public static SnsDumpEvents create(AwsClients clients, String topicArn, Consumer<AutoDumpException> failures) {
        OptionalClient.SNS.require();
        return new SnsDumpEvents(clients.client(SnsClient.class, SnsClient::builder), topicArn, failures);
    }

    @Override
    Optional<Refusal> send(Message message) {
        client.publish(request -> request.topicArn(topicArn)
                .subject(message.label())
                .message(message.json())
                .messageAttributes(Map.of(
                        EventNames.TYPE_ATTRIBUTE,
                        MessageAttributeValue.builder()
                                .dataType("String")
                                .stringValue(message.type())
                                .build())));
        return Optional.empty();
    }
}

package io.autodump.aws.event;

import io.autodump.aws.internal.AwsFailure;
import io.autodump.core.contract.EventNames;
import io.autodump.core.dump.DumpEvent;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.port.DumpEvents;
import io.autodump.core.wire.DumpEventJson;
import java.util.Map;
import java.util.function.Consumer;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.MessageAttributeValue;

/**
 * Outcomes as notifications of one SNS topic: the JSON of {@link DumpEventJson}, with the type as a message attribute to
 * filter by. Needs {@code sns:Publish}, and {@code kms:GenerateDataKey*} for a topic under a customer's key. Thread-safe.
 */
public final class SnsDumpEvents implements DumpEvents {
    private final SnsClient client;
    private final String topicArn;
    private final Consumer<AutoDumpException> untold;

    /**
     * A publisher to one topic.
     *
     * @param untold is given what couldn't be published; must not throw
     */
    public SnsDumpEvents(SnsClient client, String topicArn, Consumer<AutoDumpException> untold) {
        this.client = client;
        this.topicArn = topicArn;
        this.untold = untold;
    }

    @Override
    public void publish(DumpEvent event) {
        try {
            client.publish(request -> request.topicArn(topicArn)
                    .subject(EventLabels.detailType(event))
                    .message(DumpEventJson.write(event))
                    .messageAttributes(Map.of(
                            EventNames.TYPE_ATTRIBUTE,
                            MessageAttributeValue.builder()
                                    .dataType("String")
                                    .stringValue(DumpEventJson.type(event))
                                    .build())));
        } catch (SdkException failed) {
            untold.accept(new AwsFailure(ErrorCode.EVENT_FAILED, "sns:Publish", topicArn, EventLabels.untold(event))
                    .of(failed));
        }
    }
}

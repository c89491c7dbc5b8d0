package io.autodump.aws.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.autodump.aws.AwsClients;
import io.autodump.aws.TestClients;
import io.autodump.core.contract.EventNames;
import io.autodump.core.dump.DumpEvent;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.error.Platform;
import io.autodump.core.port.DumpEvents;
import io.autodump.core.wire.DumpEventJson;
import io.autodump.testkit.aws.FakeAws;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DumpEventsTest {
    private static final String TOPIC = "arn:aws:sns:us-east-1:123456789012:dumps";
    private static final Instant WHEN = Instant.parse("2026-11-22T08:00:00Z");
    private static final DumpEvent FAILED =
            new DumpEvent.Failed("orders", WHEN, ErrorCode.DUMP_PROCESS_FAILED, "AD-3021 pg_dump exited");
    private static final DumpEvent MISSED = new DumpEvent.Missed("orders", WHEN);

    private final FakeAws aws = FakeAws.start();
    private final AwsClients clients = TestClients.of(aws);
    private final List<AutoDumpException> unpublished = new ArrayList<>();
    private final DumpEvents sns = SnsDumpEvents.create(clients, TOPIC, unpublished::add);
    private final DumpEvents eventBridge = EventBridgeDumpEvents.create(clients, "default", unpublished::add);

    @AfterEach
    void stop() {
        clients.close();
        aws.close();
    }

    @Test
    void notifiesATopicWithATypeToFilterBy() {
        sns.publish(FAILED);

        assertThat(aws.messages().notifications())
                .singleElement()
                .satisfies(message -> assertThat(message)
                        .containsEntry("TopicArn", TOPIC)
                        .containsEntry("Subject", EventNames.FAILED)
                        .containsEntry("Message", DumpEventJson.write(FAILED, Platform.AWS))
                        .containsEntry("MessageAttributes.entry.1.Name", EventNames.TYPE_ATTRIBUTE)
                        .containsEntry("MessageAttributes.entry.1.Value.StringValue", "failed"));
        assertThat(unpublished).isEmpty();
    }

    @Test
    void putsAnEventWithSourceAndDetailType() {
        eventBridge.publish(MISSED);

        assertThat(aws.messages().events())
                .singleElement()
                .satisfies(event -> assertThat(event)
                        .containsEntry("Source", EventNames.SOURCE)
                        .containsEntry("DetailType", EventNames.MISSED)
                        .containsEntry("EventBusName", "default")
                        .containsEntry("Detail", DumpEventJson.write(MISSED, Platform.AWS)));
        assertThat(unpublished).isEmpty();
    }

    @Test
    void reportsAFailureToPublishInsteadOfThrowingIt() {
        aws.deny("Publish", "", "not authorized");
        aws.deny("PutEvents", "", "not authorized");
        sns.publish(FAILED);
        eventBridge.publish(FAILED);

        assertThat(unpublished).hasSize(2).allSatisfy(failure -> {
            assertThat(failure.code()).isEqualTo(ErrorCode.EVENT_FAILED);
            assertThat(failure).hasMessageContaining("orders at 2026-11-22T08:00:00Z (failed)");
        });
        assertThat(unpublished.get(0).hint())
                .hasValueSatisfying(hint -> assertThat(hint).contains("sns:Publish"));
        assertThat(unpublished.get(1).hint())
                .hasValueSatisfying(hint -> assertThat(hint).contains("events:PutEvents"));
    }

    @Test
    void noticesAnEntryThatIsRefusedByACallThatSucceeds() {
        aws.messages().refuseEntries();
        eventBridge.publish(MISSED);

        assertThat(unpublished)
                .singleElement()
                .satisfies(failure -> assertThat(failure.report()).contains("NotAuthorizedForBus"));
    }
}

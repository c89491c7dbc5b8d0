package io.autodump.aws.event;

import io.autodump.aws.internal.AwsFailure;
import io.autodump.core.contract.EventNames;
import io.autodump.core.dump.DumpEvent;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.error.Platform;
import io.autodump.core.port.DumpEvents;
import io.autodump.core.wire.DumpEventJson;
import java.util.Optional;
import java.util.function.Consumer;
import software.amazon.awssdk.core.exception.SdkException;

/** What the publishers on AWS share: the content of a message, and that a failure to publish never fails a run. */
abstract class AwsDumpEvents implements DumpEvents {
    private final String action;
    private final String resource;
    private final Consumer<AutoDumpException> failures;

    /**
     * A publisher.
     *
     * @param action the IAM action that it calls
     * @param resource the topic or the bus
     * @param failures receives the reason for each event that couldn't be published; must not throw
     */
    AwsDumpEvents(String action, String resource, Consumer<AutoDumpException> failures) {
        this.action = action;
        this.resource = resource;
        this.failures = failures;
    }

    /** Sends one message. Returns why the service refused it, if the call itself succeeded. */
    abstract Optional<Refusal> send(Message message);

    @Override
    public final void publish(DumpEvent event) {
        try {
            send(new Message(label(event), DumpEventJson.type(event), DumpEventJson.write(event, Platform.AWS)))
                    .ifPresent(refusal -> failures.accept(refused(event, refusal)));
        } catch (SdkException failed) {
            failures.accept(new AwsFailure(ErrorCode.EVENT_FAILED, action, resource, consequence(event)).of(failed));
        }
    }

    private AutoDumpException refused(DumpEvent event, Refusal refusal) {
        return new AutoDumpException(
                ErrorCode.EVENT_FAILED,
                action + " on " + resource + " refused the event: " + refusal.reason() + "; " + consequence(event),
                refusal.hint());
    }

    private static String label(DumpEvent event) {
        if (event instanceof DumpEvent.Succeeded) {
            return EventNames.SUCCEEDED;
        } else if (event instanceof DumpEvent.Failed) {
            return EventNames.FAILED;
        } else if (event instanceof DumpEvent.Overdue) {
            return EventNames.OVERDUE;
        } else if (event instanceof DumpEvent.DrillFailed) {
            return EventNames.DRILL_FAILED;
        } else if (event instanceof DumpEvent.CopyFailed) {
            return EventNames.COPY_FAILED;
        }
        return event instanceof DumpEvent.Recovered ? EventNames.RECOVERED : EventNames.MISSED;
    }

    private static String consequence(DumpEvent event) {
        return "no notification was sent about the run of " + event.secretName() + " at " + event.scheduledAt() + " ("
                + DumpEventJson.type(event) + "); the outcome itself stands";
    }

    /**
     * An event in the form in which it is sent.
     *
     * @param label for people: {@code AutoDump Dump Failed}
     * @param type for filters: {@code failed}
     * @param json the event
     */
    record Message(String label, String type, String json) {}

    /**
     * An event that the service refused.
     *
     * @param reason in the service's words
     * @param hint what the operator can do
     */
    record Refusal(String reason, String hint) {}
}

package io.autodump.local.notify;

import io.autodump.core.port.DumpEvents;
import io.autodump.testkit.DumpEventsContract;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

class NotifierContractTest extends DumpEventsContract {
    private final HttpReceiver receiver = new HttpReceiver();
    private final Notifier notifier;

    NotifierContractTest(@TempDir Path state) {
        Channel channel = new WebhookChannel(HiddenText.of(receiver.url("/hook")), WebhookStyle.GENERIC);
        notifier = Notifier.of(
                List.of(new Subscription("hook", channel, NoticeType.OUTCOMES, List.of())),
                state,
                Clock.systemUTC(),
                Optional.of("backup-1"),
                problem -> {});
    }

    @AfterEach
    void stop() {
        notifier.close();
        receiver.close();
    }

    @Override
    protected DumpEvents events() {
        return notifier;
    }

    @Override
    protected List<String> received() {
        notifier.close();
        return receiver.bodies();
    }

    @Override
    protected void breakReceiver() {
        receiver.answerAlways(404);
    }
}

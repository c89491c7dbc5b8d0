package io.autodump.aws.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.autodump.aws.AwsClients;
import io.autodump.aws.TestClients;
import io.autodump.core.error.AutoDumpException;
import io.autodump.testkit.DumpEventsContract;
import io.autodump.testkit.aws.FakeAws;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/** The contract against an account that can refuse the events. */
abstract class AwsDumpEventsContract extends DumpEventsContract {
    final FakeAws aws = FakeAws.start();
    final AwsClients clients = TestClients.of(aws);
    final List<AutoDumpException> untold = new ArrayList<>();
    private final String action;
    private boolean broken;

    AwsDumpEventsContract(String action) {
        this.action = action;
    }

    @AfterEach
    void stop() {
        clients.close();
        aws.close();
        assertThat(untold).as("failures that are reported by other means").hasSize(broken ? 5 : 0);
    }

    @Override
    protected final void breakReceiver() {
        broken = true;
        aws.deny(action, "", "not authorized");
    }
}

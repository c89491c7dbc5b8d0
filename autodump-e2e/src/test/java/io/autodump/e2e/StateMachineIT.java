package io.autodump.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.autodump.core.contract.EventNames;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** The dumper is a process in one test, as its image runs it, and with {@code -Dautodump.test.full=true} in all. */
class StateMachineIT extends ScheduledRunContract {
    private static final String AS_A_PROCESS = "dumper-as-a-process";

    private Optional<OnAws> aws = Optional.empty();

    @Override
    Deployment deploy(Instant now, TestInfo test) {
        OnAws deployed = new OnAws(
                now, Boolean.getBoolean("autodump.test.full") || test.getTags().contains(AS_A_PROCESS));
        aws = Optional.of(deployed);
        return deployed;
    }

    /** And tells programs, by the bus that the job definition names. */
    @Override
    @Test
    @Tag(AS_A_PROCESS)
    void makesTheDumpAndStartsTheNextRun() {
        super.makesTheDumpAndStartsTheNextRun();

        assertThat(aws.orElseThrow().events()).singleElement().satisfies(event -> {
            assertThat(event).containsEntry("DetailType", EventNames.SUCCEEDED);
            assertThat(event.get("EventBusName")).endsWith(":event-bus/default");
        });
    }
}

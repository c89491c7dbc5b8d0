package io.autodump.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.autodump.core.contract.EventNames;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StateMachineIT extends ScheduledRunContract {
    private Optional<OnAws> aws = Optional.empty();

    @Override
    Deployment deploy(Instant now) {
        OnAws deployed = new OnAws(now);
        aws = Optional.of(deployed);
        return deployed;
    }

    /** And tells programs, by the bus that the job definition names. */
    @Override
    @Test
    void makesTheDumpAndStartsTheNextRun() {
        super.makesTheDumpAndStartsTheNextRun();

        assertThat(aws.orElseThrow().events()).singleElement().satisfies(event -> {
            assertThat(event).containsEntry("DetailType", EventNames.SUCCEEDED);
            assertThat(event.get("EventBusName")).endsWith(":event-bus/default");
        });
    }
}

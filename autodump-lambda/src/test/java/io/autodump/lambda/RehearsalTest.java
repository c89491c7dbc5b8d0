package io.autodump.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.autodump.core.plan.TagsHash;
import io.autodump.core.secret.SecretId;
import io.autodump.core.usecase.schedule.RunDecision;
import io.autodump.core.usecase.schedule.ScanResult;
import io.autodump.core.usecase.schedule.SecretOutcome.Status;
import io.autodump.core.usecase.status.FreshnessReport;
import io.autodump.lambda.rehearsal.RehearsalServer;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A rehearsal swallows its failures; so this looks whether it gets to the end of each work. */
class RehearsalTest {
    private static final SecretId ANY = SecretId.of("any");

    @Test
    void goesThroughAWholeScan() throws IOException {
        try (RehearsalServer server = new RehearsalServer(Rehearsal.answers(3));
                Functions functions = Rehearsal.functions(server.endpoint())) {
            ScanResult result = functions.scheduling(Optional.empty()).scan();

            assertThat(result.isClean()).as("%s", result).isTrue();
            assertThat(result.outcomes()).hasSize(3).allMatch(outcome -> outcome.status() == Status.SCHEDULED);
        }
    }

    @Test
    void goesThroughAHashCheckARescheduleAndAFreshnessCheck() throws IOException {
        try (RehearsalServer server = new RehearsalServer(Rehearsal.answers(1));
                Functions functions = Rehearsal.functions(server.endpoint())) {
            RunDecision decision = functions.tags().decide(ANY, new TagsHash("V10"));
            FreshnessReport freshness =
                    functions.status().freshness(functions.settings().freshnessMargin());

            assertThat(decision.reason()).isEqualTo("the tags have changed");
            assertThat(functions.scheduling(Optional.empty()).reschedule(ANY).status())
                    .isEqualTo(Status.SCHEDULED);
            assertThat(freshness.secrets()).hasSize(1);
            assertThat(freshness.failures()).isEmpty();
        }
    }

    @Test
    void isOfNoConsequenceWhenItFails() {
        AtomicInteger rehearsed = new AtomicInteger();

        Rehearsal.rehearse(1, functions -> {
            rehearsed.incrementAndGet();
            throw new IllegalStateException("nobody is there");
        });

        assertThat(rehearsed).hasValue(1);
    }

    @Test
    void leavesNothingOpen() throws IOException {
        URI endpoint;
        try (RehearsalServer server = new RehearsalServer(Rehearsal.answers(1))) {
            endpoint = server.endpoint();
        }

        assertThatCode(() -> new Socket(endpoint.getHost(), endpoint.getPort()).close())
                .isInstanceOf(IOException.class);
    }
}

package io.autodump.core.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class MeanwhileTest {
    @Test
    void hasTheValueThatAnotherThreadWorkedOut() {
        try (Meanwhile<String> meanwhile =
                Meanwhile.start("worker", () -> Thread.currentThread().getName())) {
            assertThat(meanwhile.get()).isEqualTo("worker").isEqualTo(meanwhile.get());
        }
    }

    @Test
    void throwsWhatTheWorkThrew() {
        IllegalStateException failure = new IllegalStateException();
        AssertionError fault = new AssertionError();
        try (Meanwhile<String> failed = Meanwhile.start("worker", () -> {
                    throw failure;
                });
                Meanwhile<String> faulty = Meanwhile.start("worker", () -> {
                    throw fault;
                })) {
            assertThatThrownBy(failed::get).isSameAs(failure);
            assertThatThrownBy(faulty::get).isSameAs(fault);
        }
    }

    @Test
    void passesAnInterruptOnAndHasWhatTheWorkMakesOfIt() {
        try (Meanwhile<String> meanwhile = Meanwhile.start("worker", MeanwhileTest::untilInterrupted)) {
            Thread.currentThread().interrupt();

            assertThat(meanwhile.get()).isEqualTo("interrupted");
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void endsWorkThatIsNoLongerWanted() {
        AtomicBoolean ended = new AtomicBoolean();
        Meanwhile<String> meanwhile = Meanwhile.start("worker", () -> {
            String how = untilInterrupted();
            ended.set(true);
            return how;
        });
        assertThat(ended).isFalse();

        meanwhile.close();
        assertThat(ended).isTrue();
    }

    private static String untilInterrupted() {
        try {
            new CountDownLatch(1).await();
            return "never";
        } catch (InterruptedException interrupted) {
            return "interrupted";
        }
    }
}

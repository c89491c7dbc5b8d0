package io.autodump.core.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class MeanwhileTest {
    private final ExecutorService worker = Executors.newSingleThreadExecutor(task -> new Thread(task, "worker"));
    private final CountDownLatch began = new CountDownLatch(1);
    private final CountDownLatch interrupted = new CountDownLatch(1);

    @AfterEach
    void stopTheWorker() {
        worker.shutdownNow();
    }

    @Test
    void hasTheValueThatAnotherThreadWorkedOut() throws InterruptedException {
        CountDownLatch done = new CountDownLatch(1);
        Executor telling = task -> worker.execute(() -> {
            task.run();
            done.countDown();
        });
        try (Meanwhile<String> meanwhile = Meanwhile.start(telling, MeanwhileTest::thread)) {
            done.await();
            assertThat(meanwhile.get()).isEqualTo("worker").isEqualTo(meanwhile.get());
        }
    }

    @Test
    void throwsWhatTheWorkThrew() {
        IllegalStateException failure = new IllegalStateException();
        AssertionError fault = new AssertionError();
        try (Meanwhile<String> failed = Meanwhile.start(worker, () -> {
                    throw failure;
                });
                Meanwhile<String> faulty = Meanwhile.start(worker, () -> {
                    throw fault;
                })) {
            assertThatThrownBy(failed::get).isSameAs(failure);
            assertThatThrownBy(faulty::get).isSameAs(fault);
        }
    }

    /** A caller may run its dumps in the same executor. */
    @Test
    void doesWhatNobodyBegan() {
        Executor never = task -> {};
        Executor rejecting = task -> {
            throw new RejectedExecutionException();
        };
        assertThat(Meanwhile.start(never, MeanwhileTest::thread).get()).isEqualTo(thread());
        assertThat(Meanwhile.start(rejecting, MeanwhileTest::thread).get()).isEqualTo(thread());
    }

    @Test
    void hasWhatTheWorkMakesOfAnInterrupt() throws InterruptedException {
        try (Meanwhile<String> meanwhile = Meanwhile.start(worker, this::untilInterrupted)) {
            began.await();
            Thread.currentThread().interrupt();

            assertThat(meanwhile.get()).isEqualTo("interrupted");
            interrupted.await();
        }
    }

    @Test
    void endsWorkThatIsNoLongerWanted() throws InterruptedException {
        Meanwhile<String> meanwhile = Meanwhile.start(worker, this::untilInterrupted);
        began.await();

        meanwhile.close();

        interrupted.await();
    }

    private static String thread() {
        return Thread.currentThread().getName();
    }

    private String untilInterrupted() {
        began.countDown();
        try {
            new CountDownLatch(1).await();
            return "never";
        } catch (InterruptedException stopped) {
            interrupted.countDown();
            return "interrupted";
        }
    }
}

package io.autodump.local.notify;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Delivers the notices of one subscription, in order, on a thread of its own. Repeats what failed for at most two
 * minutes. Thread-safe.
 */
final class Delivery {
    private static final List<Duration> WAITS =
            List.of(Duration.ofSeconds(1), Duration.ofSeconds(5), Duration.ofSeconds(15), Duration.ofSeconds(30));
    private static final Duration LONGEST = Duration.ofMinutes(2);
    private static final int MOST_WAITING = 1000;

    private final Subscription subscription;
    private final ChannelStates states;
    private final Consumer<String> problems;
    private final ThreadPoolExecutor thread;

    /**
     * Starts idle.
     *
     * @param problems receives what wasn't delivered, and why
     */
    Delivery(Subscription subscription, ChannelStates states, Consumer<String> problems) {
        this.subscription = subscription;
        this.states = states;
        this.problems = problems;
        this.thread = new ThreadPoolExecutor(
                1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(MOST_WAITING), Delivery::daemon);
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "autodump-notify");
        thread.setDaemon(true);
        return thread;
    }

    Subscription subscription() {
        return subscription;
    }

    /** Delivers the notice soon, if the subscription wants it. Returns at once. */
    void offer(Notice notice) {
        if (!subscription.wants(notice)) {
            return;
        }
        try {
            thread.execute(() -> deliver(notice));
        } catch (RejectedExecutionException full) {
            lost(notice, "too many notices wait for this channel");
        }
    }

    /** Delivers the notice on the calling thread, in one attempt. Returns why it wasn't delivered. */
    Optional<String> test(Notice notice) {
        try {
            subscription.channel().send(notice);
            states.delivered(subscription.name());
            return Optional.empty();
        } catch (UndeliveredException failed) {
            String why = String.valueOf(failed.getMessage());
            states.failed(subscription.name(), why);
            return Optional.of(why);
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            return Optional.of("it was interrupted");
        }
    }

    private void deliver(Notice notice) {
        long begin = System.nanoTime();
        for (int attempt = 0; ; attempt++) {
            try {
                subscription.channel().send(notice);
                states.delivered(subscription.name());
                return;
            } catch (UndeliveredException failed) {
                Duration wait = WAITS.get(Math.min(attempt, WAITS.size() - 1));
                boolean late = System.nanoTime() - begin + wait.toNanos() > LONGEST.toNanos();
                if (failed.isPermanent() || late || !pause(wait)) {
                    lost(notice, String.valueOf(failed.getMessage()));
                    return;
                }
            } catch (InterruptedException ending) {
                lost(notice, "the program ended before the receiver answered");
                return;
            } catch (RuntimeException fault) {
                lost(notice, "bug in the channel: " + fault.getClass().getSimpleName());
                return;
            }
        }
    }

    /** Returns false if the program ends meanwhile. */
    private boolean pause(Duration wait) {
        try {
            TimeUnit.NANOSECONDS.sleep(wait.toNanos());
            return true;
        } catch (InterruptedException ending) {
            return false;
        }
    }

    private void lost(Notice notice, String why) {
        states.failed(subscription.name(), why);
        problems.accept("channel " + subscription.name() + " wasn't told of "
                + notice.type().text() + " " + notice.secretName() + ": " + why);
    }

    /** Takes no more notices. */
    void beginEnd() {
        thread.shutdown();
    }

    /** Waits until all notices are delivered, at most this long; gives up the others. */
    void end(Duration atMost) {
        try {
            if (!thread.awaitTermination(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
                thread.shutdownNow().forEach(waiting -> states.failed(subscription.name(), "the program ended before"));
                thread.awaitTermination(1, TimeUnit.SECONDS);
            }
        } catch (InterruptedException impatient) {
            thread.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}

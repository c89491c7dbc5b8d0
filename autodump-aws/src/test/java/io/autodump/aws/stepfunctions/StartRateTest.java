package io.autodump.aws.stepfunctions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

class StartRateTest {
    private static final long START = -5_000_000_000L;

    private final AtomicLong nanos = new AtomicLong(START);

    @Test
    void letsTheBurstThroughAndThenOneAtATime() {
        StartRate rate = StartRate.of(10, 5, nanos::get);

        for (int i = 0; i < 5; i++) {
            assertThat(rate.reserve()).isLessThanOrEqualTo(0);
        }
        assertThat(rate.reserve()).isEqualTo(TimeUnit.MILLISECONDS.toNanos(100));
        assertThat(rate.reserve()).isEqualTo(TimeUnit.MILLISECONDS.toNanos(200));
    }

    @Test
    void neverExceedsBurstAndRateOverAnyTime() {
        StartRate rate = StartRate.of(300, 100, nanos::get);
        int started = 0;
        while (nanos.get() < START + TimeUnit.SECONDS.toNanos(10)) {
            nanos.addAndGet(Math.max(0, rate.reserve()));
            started++;
        }

        assertThat(started).isBetween(3090, 3102);
    }

    @Test
    void savesUpNoMoreThanTheBurst() {
        StartRate rate = StartRate.of(10, 3, nanos::get);
        nanos.addAndGet(TimeUnit.HOURS.toNanos(1));

        assertThat(rate.reserve()).isLessThanOrEqualTo(0);
        assertThat(rate.reserve()).isLessThanOrEqualTo(0);
        assertThat(rate.reserve()).isLessThanOrEqualTo(0);
        assertThat(rate.reserve()).isPositive();
    }

    @Test
    void staysBelowTheQuotaOfTheRegion() {
        assertThat(immediate(StartRate.forRegion("eu-west-1"))).isBetween(1000, 1300);
        assertThat(immediate(StartRate.forRegion("eu-central-1"))).isBetween(600, 800);
    }

    @Test
    void refusesARateThatStartsNothing() {
        assertThatThrownBy(() -> StartRate.of(0, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> StartRate.of(1, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> StartRate.of(Double.NaN, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void givesUpWhenTheThreadIsAskedToStop() {
        StartRate rate = StartRate.of(0.001, 1);
        rate.acquire();
        Thread.currentThread().interrupt();

        assertThatThrownBy(rate::acquire)
                .asInstanceOf(InstanceOfAssertFactories.type(AutoDumpException.class))
                .satisfies(stopped -> assertThat(stopped.code()).isEqualTo(ErrorCode.INTERRUPTED));
        assertThat(Thread.interrupted()).isTrue();
    }

    private static int immediate(StartRate rate) {
        int count = 0;
        while (rate.reserve() <= 0) {
            count++;
        }
        return count;
    }
}

package io.autodump.benchmark;

import io.autodump.core.schedule.CronExpression;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** How long the next run takes to find: the ordinary case, the far one and the impossible one. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class CronExpressionBenchmark {
    @Param({"30 2 * * *", "*/20 * * * *", "0 9-17 * * MON-FRI", "0 0 29 2 *", "0 0 31 2 *"})
    public String expression = "";

    @Param({"UTC", "America/New_York"})
    public String zone = "";

    private CronExpression cron = CronExpression.parse("@daily");
    private ZonedDateTime after = Instant.EPOCH.atZone(ZoneId.of("UTC"));

    @Setup
    public void prepare() {
        cron = CronExpression.parse(expression);
        after = Instant.parse("2026-11-22T12:34:56Z").atZone(ZoneId.of(zone));
    }

    @Benchmark
    public Optional<ZonedDateTime> next() {
        return cron.next(after);
    }

    @Benchmark
    public CronExpression parse() {
        return CronExpression.parse(expression);
    }
}

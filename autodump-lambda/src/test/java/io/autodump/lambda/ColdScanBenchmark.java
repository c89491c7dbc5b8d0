package io.autodump.lambda;

import io.autodump.core.contract.LambdaNames;
import io.autodump.core.contract.TagNames;
import io.autodump.testkit.aws.FakeAws;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * Measures the scan of an account with 2,000 secrets, 1,000 of them tagged, behind 20 ms a call, by the function's
 * jar in a process of its own under AWS's Runtime Interface Client. Arguments: the jar, and how many processes. For
 * each it tells the initialisation, the first scan of the process and one of as many new secrets, in seconds, and
 * the processor time of each, and at the end the medians. The first process isn't counted: the account's own
 * process warms up with it.
 */
public final class ColdScanBenchmark {
    private static final Map<String, String> MONTHLY = Map.of(TagNames.START_SCHEDULE, "0 0 1 - -");
    private static final int EACH = 1_000;

    private ColdScanBenchmark() {}

    private record Times(List<Double> values) {}

    public static void main(String[] args) throws Exception {
        Path folder = Files.createTempDirectory("function");
        Path taskRoot = FunctionProcess.unpack(Path.of(args[0]), folder);
        int processes = Integer.parseInt(args[1]);
        List<Times> all = new ArrayList<>();
        System.out.println("init s, cpu; first scan s, cpu; process start to its answer s; warm scan s, cpu");
        for (int i = 0; i <= processes; i++) {
            Times times = run(taskRoot);
            print(i == 0 ? "not counted" : "process " + i, times);
            if (i > 0) {
                all.add(times);
            }
        }
        print("medians", median(all));
        // The S3 server that every function is told of has threads that would go on.
        System.exit(0);
    }

    private static Times run(Path taskRoot) throws Exception {
        try (FakeAws aws = FakeAws.start();
                RuntimeApi api = new RuntimeApi()) {
            aws.latency(Duration.ofMillis(20));
            put(aws, "first");
            long start = System.nanoTime();
            try (FunctionProcess function = new FunctionProcess(
                    LambdaNames.SCANNER_HANDLER,
                    taskRoot,
                    api,
                    aws,
                    Map.of(LambdaNames.STARTS_PER_SECOND, "300", LambdaNames.STARTS_AT_ONCE, "2500"))) {
                List<Double> values = new ArrayList<>();
                api.awaitReady();
                long ready = System.nanoTime();
                Duration initCpu = function.cpuTime();
                values.add(seconds(ready - start));
                values.add(seconds(initCpu.toNanos()));
                scan(api, aws, EACH);
                long first = System.nanoTime();
                Duration firstCpu = function.cpuTime();
                values.add(seconds(first - ready));
                values.add(seconds(firstCpu.minus(initCpu).toNanos()));
                values.add(seconds(first - start));
                put(aws, "second");
                long before = System.nanoTime();
                scan(api, aws, 2 * EACH);
                values.add(seconds(System.nanoTime() - before));
                values.add(seconds(function.cpuTime().minus(firstCpu).toNanos()));
                return new Times(values);
            }
        }
    }

    private static void scan(RuntimeApi api, FakeAws aws, int executions) throws InterruptedException {
        RuntimeApi.Answer answer = api.invoke("{}");
        if (!answer.success() || aws.executions().all().size() != executions) {
            throw new IllegalStateException(
                    answer + "; executions: " + aws.executions().all().size());
        }
    }

    private static void put(FakeAws aws, String prefix) {
        for (int i = 0; i < EACH; i++) {
            aws.secrets().put(prefix + "/tagged-" + i, MONTHLY, "{}");
            aws.secrets().put(prefix + "/other-" + i, Map.of("team", "payments"), "{}");
        }
    }

    private static Times median(List<Times> all) {
        List<Double> medians = new ArrayList<>();
        for (int column = 0; column < all.get(0).values().size(); column++) {
            List<Double> values = new ArrayList<>();
            for (Times times : all) {
                values.add(times.values().get(column));
            }
            Collections.sort(values);
            medians.add(values.get(values.size() / 2));
        }
        return new Times(medians);
    }

    private static void print(String what, Times times) {
        StringBuilder line = new StringBuilder(what);
        times.values().forEach(value -> line.append(String.format(" %6.2f", value)));
        System.out.println(line);
    }

    private static double seconds(long nanos) {
        return nanos / 1e9;
    }
}

package io.autodump.lambda;

import io.autodump.core.contract.LambdaNames;
import io.autodump.core.contract.TagNames;
import java.time.Duration;
import java.util.Map;

/**
 * Measures scans behind 20 ms a call, the first in a JVM that has only rehearsed, each over an account that nobody has
 * scanned. Arguments: tagged secrets, untagged secrets, starts a second, starts at once, every nth call throttled (0:
 * none), scans.
 */
public final class ScanBenchmark {
    private static final Map<String, String> MONTHLY = Map.of(TagNames.START_SCHEDULE, "0 0 1 - -");
    private static final int FIFTEEN_MINUTES = 900_000;

    private ScanBenchmark() {}

    public static void main(String[] args) {
        long start = System.nanoTime();
        Rehearsal.scan();
        System.out.printf(
                "rehearsal, as the function's initialisation has it: %.2f s%n", (System.nanoTime() - start) / 1e9);
        for (int scan = 1; scan <= Integer.parseInt(args[5]); scan++) {
            try (Fixture fixture = new Fixture()) {
                fixture.environment.put(LambdaNames.STARTS_PER_SECOND, args[2]);
                fixture.environment.put(LambdaNames.STARTS_AT_ONCE, args[3]);
                for (int i = 0; i < Integer.parseInt(args[0]); i++) {
                    fixture.aws.secrets().put("team-" + i % 7 + "/database-" + i, MONTHLY, "{}");
                }
                for (int i = 0; i < Integer.parseInt(args[1]); i++) {
                    fixture.aws.secrets().put("other-" + i, Map.of("team", "payments"), "{}");
                }
                fixture.aws.latency(Duration.ofMillis(20));
                fixture.aws.throttleEvery(Integer.parseInt(args[4]));
                long before = System.nanoTime();
                String answer = fixture.invoke(new ScannerHandler(fixture.functions()), "{}", FIFTEEN_MINUTES);
                System.out.printf(
                        "scan %d: %.2f s, %s, %d executions, %d calls%n",
                        scan,
                        (System.nanoTime() - before) / 1e9,
                        Fixture.json(answer).path("counts"),
                        fixture.aws.executions().all().size(),
                        fixture.aws.calls("StartExecution") + fixture.aws.calls("ListSecrets"));
            }
        }
        // The threads of the HTTP server that plays AWS wait for a minute before they end.
        System.exit(0);
    }
}

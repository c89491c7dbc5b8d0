package io.autodump.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.autodump.aws.AwsClients;
import io.autodump.core.contract.LambdaNames;
import io.autodump.core.contract.TagNames;
import io.autodump.core.plan.TagsHash;
import io.autodump.core.secret.SecretId;
import io.autodump.core.usecase.schedule.RunDecision;
import io.autodump.core.usecase.schedule.ScanResult;
import io.autodump.lambda.rehearsal.RehearsalServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Does the work of a function once before its first message, so that the JVM loads and compiles the classes. Lambda
 * gives the initialisation a whole processor, but an invocation only its share (less than a third at 512 MB). With
 * SnapStart the rehearsal is part of the snapshot. It runs the same code with the same clients, but never calls AWS:
 * {@link RehearsalServer} responds instead. Failures in a rehearsal are ignored.
 */
final class Rehearsal {
    /** The JVM compiles a method after 200 calls, and some methods aren't called for each secret. */
    private static final int ENOUGH_TO_COMPILE = 700;

    private static final String ARN = "arn:aws:secretsmanager:us-east-1:000000000000:secret:rehearsal-";
    private static final String TAGS = "\"Tags\":[{\"Key\":\"" + TagNames.START_SCHEDULE
            + "\",\"Value\":\"0 0 1 - -\"}],\"LastChangedDate\":1.5E9}";
    private static final SecretId SECRET = SecretId.of(ARN + 0);

    private Rehearsal() {}

    /** Rehearses a scan with many runs at a time. */
    static void scan() {
        rehearse(ENOUGH_TO_COMPILE, functions -> {
            ScanResult result = functions.scheduling(Optional.empty()).scan();
            result.outcomes().forEach(log(functions)::outcome);
            ScanResultJson.write(result);
        });
    }

    /** Rehearses one hash check. */
    static void check() {
        rehearse(1, functions -> {
            RunDecision decision = functions.tags().decide(SECRET, new TagsHash("V10"));
            log(functions).decision(decision);
            HashCheckJson.write(decision, functions.settings().jobSize());
        });
    }

    /** Rehearses one reschedule. */
    static void reschedule() {
        rehearse(
                1,
                functions -> log(functions)
                        .outcome(functions.scheduling(Optional.empty()).reschedule(SECRET)));
    }

    /** Rehearses one check of an empty bucket. */
    static void freshness() {
        rehearse(
                1,
                functions -> FreshnessJson.write(
                        functions.status().freshness(functions.settings().freshnessMargin())));
    }

    static void rehearse(int secrets, Consumer<Functions> work) {
        try (RehearsalServer server = new RehearsalServer(answers(secrets));
                Functions functions = functions(server.endpoint())) {
            work.accept(functions);
        } catch (IOException | RuntimeException failed) {
            // Only the first message takes longer.
        }
    }

    static Functions functions(URI endpoint) {
        Settings settings = new Settings(Map.of(
                LambdaNames.STATE_MACHINE_ARN, "arn:aws:states:us-east-1:000000000000:stateMachine:rehearsal",
                LambdaNames.STARTS_PER_SECOND, "999999",
                LambdaNames.BUCKETS, "rehearsal"));
        return new Functions(
                settings,
                () -> AwsClients.builder()
                        .region("us-east-1")
                        .credentials("rehearsal", "rehearsal")
                        .endpoint(endpoint)
                        .maxConnections(Functions.CONNECTIONS)
                        .build(),
                Clock.systemUTC(),
                new PrintStream(OutputStream.nullOutputStream(), false, UTF_8));
    }

    static Map<String, String> answers(int secrets) {
        StringBuilder list = new StringBuilder("{\"SecretList\":[");
        for (int i = 0; i < secrets; i++) {
            list.append(i == 0 ? "" : ",").append(secret(i));
        }
        return Map.of(
                "secretsmanager.listsecrets",
                list.append("]}").toString(),
                "secretsmanager.describesecret",
                secret(0),
                "awsstepfunctions.startexecution",
                "{\"executionArn\":\"arn:aws:states\",\"startDate\":1.5E9}",
                "",
                "<ListBucketResult><IsTruncated>false</IsTruncated></ListBucketResult>");
    }

    private static String secret(int number) {
        return "{\"ARN\":\"" + ARN + number + "\",\"Name\":\"rehearsal-" + number + "\"," + TAGS;
    }

    private static FunctionLog log(Functions functions) {
        return functions.log("rehearsal", "rehearsal");
    }
}

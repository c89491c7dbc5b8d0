package io.autodump.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.autodump.aws.AwsClients;
import io.autodump.core.contract.LambdaNames;
import io.autodump.core.contract.TagNames;
import io.autodump.core.plan.TagsHash;
import io.autodump.core.secret.SecretId;
import io.autodump.core.usecase.schedule.RunDecision;
import io.autodump.core.usecase.schedule.ScanResult;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Does a function's work once before the first message comes, so that its classes are loaded and compiled then: Lambda
 * gives the initialisation a whole processor, and an invocation only its share (at 512 MB less than a third); with
 * SnapStart it is part of the snapshot. It goes through the same code with the same clients, and never to AWS: a server of
 * our own answers on the loopback interface. What goes wrong in a rehearsal is of no consequence.
 */
final class Rehearsal {
    /** The JVM compiles what was called 200 times, and not everything is called for each secret. */
    private static final int ENOUGH_TO_COMPILE = 700;

    private static final String ARN = "arn:aws:secretsmanager:us-east-1:000000000000:secret:rehearsal-";
    private static final String TAGS = "\"Tags\":[{\"Key\":\"" + TagNames.START_SCHEDULE
            + "\",\"Value\":\"0 0 1 - -\"}],\"LastChangedDate\":1.5E9}";
    private static final SecretId SECRET = SecretId.of(ARN + 0);

    private Rehearsal() {}

    /** The scanner's: many runs at once. */
    static void scan() {
        rehearse(ENOUGH_TO_COMPILE, functions -> {
            ScanResult result = functions.scan(Optional.empty()).scan();
            result.outcomes().forEach(log(functions)::outcome);
            ScanResultJson.write(result);
        });
    }

    /** One hash check. */
    static void check() {
        rehearse(1, functions -> {
            RunDecision decision = functions.decideRun().decide(SECRET, new TagsHash("V10"));
            log(functions).decision(decision);
            HashCheckJson.write(decision, functions.settings().jobSize());
        });
    }

    /** One reschedule. */
    static void reschedule() {
        rehearse(
                1,
                functions -> log(functions)
                        .outcome(functions.reschedule(Optional.empty()).reschedule(SECRET)));
    }

    /** One check of an empty bucket. */
    static void freshness() {
        rehearse(
                1, functions -> FreshnessJson.write(functions.findOverdueDumps().find()));
    }

    static void rehearse(int secrets, Consumer<Functions> work) {
        try (RehearsalServer server = new RehearsalServer(answers(secrets));
                Functions functions = functions(server.endpoint())) {
            work.accept(functions);
        } catch (IOException | RuntimeException failed) {
            // The first message then finds a function that has rehearsed nothing, and takes longer.
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

    private static JsonLog log(Functions functions) {
        return functions.log("rehearsal", "rehearsal");
    }
}

package io.autodump.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.autodump.aws.AwsClients;
import io.autodump.aws.s3.S3DumpStore;
import io.autodump.core.AutoDump;
import io.autodump.core.Monitoring;
import io.autodump.core.contract.LambdaNames;
import io.autodump.core.plan.TagsHash;
import io.autodump.core.usecase.status.HistoryEntry;
import io.autodump.dumper.InProcessDumpJob;
import io.autodump.lambda.InProcessFunctions;
import io.autodump.postgres.PostgresEngine;
import io.autodump.testkit.aws.FakeAws;
import io.autodump.testkit.aws.FakeExecutions;
import io.autodump.testkit.aws.FakeSecrets;
import io.autodump.testkit.aws.S3Server;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.services.s3.model.S3Object;

/** The state machine in its interpreter, with the real functions, the real dumper, a fake account and an S3 server. */
final class OnAws implements Deployment {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final PostgresEngine ENGINE = PostgresEngine.create();
    private static final String ARN = FakeSecrets.arn("orders");

    /** With a character that the name of a job may not have. */
    private static final String OF_THE_ORIGINAL = "orders.original";

    private final DeployedTemplate template = DeployedTemplate.get();
    private final FakeAws aws = FakeAws.start();
    private final String bucket = S3Server.newBucket();
    private final ManualClock clock;
    private final AwsClients clients;
    private final InProcessFunctions functions;
    private final LocalLambda lambda;
    private final LocalBatch batch;
    private final LocalTopic topic = new LocalTopic();
    private final LocalLogs logs = new LocalLogs();
    private final LocalStepFunctions stepFunctions;
    private final AutoDump store;

    /** The names of the executions that wait. */
    private final Set<String> waiting = new TreeSet<>();

    private final Set<String> seen = new HashSet<>();
    private Map<String, String> tags = Map.of();
    private volatile boolean hashFunctionBroken;

    /** With the real dumper, as a process or in this process. */
    OnAws(Instant now, boolean dumperIsProcess) {
        this(now, Optional.empty(), dumperIsProcess);
    }

    /** With this in place of the dumper. */
    OnAws(Instant now, LocalBatch.Container container) {
        this(now, Optional.of(container), false);
    }

    private OnAws(Instant now, Optional<LocalBatch.Container> container, boolean dumperIsProcess) {
        clock = new ManualClock(now);
        clients = clients();
        functions = new InProcessFunctions(
                Map.of(LambdaNames.STATE_MACHINE_ARN, FakeExecutions.STATE_MACHINE, LambdaNames.BUCKETS, bucket),
                this::clients,
                clock);
        lambda = new LocalLambda(Map.of(
                template.functionArn(LambdaNames.HASH_HANDLER), this::checkHash,
                template.functionArn(LambdaNames.RESCHEDULE_HANDLER), functions::reschedule,
                template.functionArn(LambdaNames.RECORD_HANDLER), functions::record,
                template.functionArn(LambdaNames.PRUNE_HANDLER), functions::prune));
        batch = new LocalBatch(container.orElseGet(() -> dumper(dumperIsProcess)));
        stepFunctions = new LocalStepFunctions(
                template.stateMachine(),
                Map.of(
                        "lambda:invoke",
                        lambda,
                        "batch:submitJob.sync",
                        batch,
                        "aws-sdk:cloudwatchlogs:filterLogEvents",
                        logs,
                        "sns:publish",
                        topic),
                clock);
        store = AutoDump.builder()
                .dumpStore(S3DumpStore.builder(clients.s3(), bucket).build())
                .engine(ENGINE)
                .build();
    }

    private LocalBatch.Container dumper(boolean isProcess) {
        DumperContainer process = new DumperContainer(template, aws.endpoint(), bucket);
        return isProcess ? process : variables -> InProcessDumpJob.dump(process.environment(variables), clients);
    }

    /** What EventBridge was given. */
    List<Map<String, String>> events() {
        return aws.messages().events();
    }

    LocalBatch batch() {
        return batch;
    }

    /** The newest runs of the secret, as the store tells them. */
    List<HistoryEntry> history() {
        return Monitoring.of(store).history("orders", 10);
    }

    /** From now on nobody can tell whether tags have changed. */
    void breakHashFunction() {
        hashFunctionBroken = true;
    }

    LocalLambda lambda() {
        return lambda;
    }

    LocalLogs logs() {
        return logs;
    }

    LocalTopic topic() {
        return topic;
    }

    LocalStepFunctions stepFunctions() {
        return stepFunctions;
    }

    @Override
    public void secret(Map<String, String> newTags, String database) {
        tags = newTags;
        aws.secrets().put("orders", newTags, TestDatabases.secretValue(database).toString(), clock.instant());
    }

    @Override
    public void deleteSecret() {
        aws.secrets().planDeletion(ARN);
    }

    @Override
    public void scan() {
        askScanner();
        for (String name : collect()) {
            stepFunctions.start(name, input(name));
        }
    }

    @Override
    public void runOfTheOriginal(Instant when) {
        String input = MAPPER.createObjectNode()
                .put("resourceId", ARN)
                .put("tagsHash", TagsHash.v1(tags).value())
                .put("when", when.toString())
                .toString();
        waiting.add(OF_THE_ORIGINAL);
        stepFunctions.start(OF_THE_ORIGINAL, input);
    }

    @Override
    public void troubleTwice() {
        lambda.throttle(2);
    }

    @Override
    public void refuseStarts() {
        aws.deny("StartExecution", "", "not authorized");
    }

    @Override
    public void timePassesUntil(Instant instant) {
        Instant before = clock.instant();
        List<LocalExecution> running = stepFunctions.executions().stream()
                .filter(execution -> waiting.contains(execution.name()))
                .toList();
        for (LocalExecution execution : running) {
            Instant when = when(execution.name());
            if (when.isAfter(before) && !execution.waitsUntil().equals(when)) {
                throw new AssertionError(execution.name() + " waits until " + execution.waitsUntil());
            }
        }
        clock.set(instant);
        for (LocalExecution execution : running) {
            if (!when(execution.name()).isAfter(instant)) {
                execution.due();
                execution.result();
                waiting.remove(execution.name());
            }
        }
        stepFunctions.assertSound();
        collect();
    }

    @Override
    public void anHourLater() {
        aws.allow("StartExecution", "");
        clock.set(clock.instant().plus(Duration.ofHours(1)));
        askScanner();
        collect();
    }

    @Override
    public List<String> dumps() {
        return Verified.dumps(store);
    }

    @Override
    public List<String> leftovers() {
        Set<String> expected = new HashSet<>();
        store.list(Optional.empty()).dumps().forEach(dump -> {
            expected.add(dump.key().value());
            expected.add(dump.key().manifestKey());
        });
        List<String> uploads = clients.s3().listMultipartUploads(request -> request.bucket(bucket)).uploads().stream()
                .map(upload -> "upload of " + upload.key())
                .toList();
        return uploads.isEmpty()
                ? clients.s3().listObjectsV2(request -> request.bucket(bucket)).contents().stream()
                        .map(S3Object::key)
                        .filter(key -> !expected.contains(key))
                        // The record of a failed run, which isn't a part of a dump.
                        .filter(key -> !key.endsWith(".failed.json"))
                        .toList()
                : uploads;
    }

    @Override
    public List<Instant> waiting() {
        return waiting.stream()
                .map(this::when)
                .sorted(Comparator.naturalOrder())
                .toList();
    }

    @Override
    public List<End> ends() {
        return stepFunctions.executions().stream()
                .filter(execution -> !waiting.contains(execution.name()))
                .map(OnAws::end)
                .toList();
    }

    @Override
    public List<String> told() {
        List<String> told = topic.published().stream()
                .map(message -> message.path("Message").textValue())
                .toList();
        long failed = stepFunctions.executions().stream()
                .filter(execution -> !waiting.contains(execution.name()))
                .filter(execution -> !execution.succeeded())
                .count();
        if (told.size() != failed) {
            throw new AssertionError(failed + " executions failed, and these were told: " + told);
        }
        return told;
    }

    private String checkHash(String event) throws IOException {
        if (hashFunctionBroken) {
            throw new IOException("out of order");
        }
        return functions.checkHash(event);
    }

    private void askScanner() {
        try {
            functions.scan("{}");
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** The names of the executions that were started since the last time. */
    private List<String> collect() {
        List<String> started = aws.executions().all().stream()
                .map(FakeExecutions.Execution::name)
                .filter(seen::add)
                .toList();
        waiting.addAll(started);
        return started;
    }

    private Instant when(String name) {
        return name.equals(OF_THE_ORIGINAL)
                ? ScheduledRunContract.THURSDAY
                : Instant.parse(json(input(name)).path("when").asText());
    }

    private String input(String name) {
        return aws.executions().all().stream()
                .filter(execution -> execution.name().equals(name))
                .map(FakeExecutions.Execution::input)
                .findFirst()
                .orElseThrow();
    }

    private static End end(LocalExecution execution) {
        JsonNode result = execution.result();
        if (execution.succeeded()) {
            return result.path("output").path("outcome").asText().equals("dumped") ? End.DUMPED : End.SUPERSEDED;
        }
        return result.path("cause").asText().startsWith("The dump of") ? End.DUMPED : End.NOT_DUMPED;
    }

    private AwsClients clients() {
        return AwsClients.builder()
                .region(FakeAws.REGION)
                .credentials(StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(S3Server.ACCESS_KEY_ID, S3Server.SECRET_ACCESS_KEY)))
                .endpoint(aws.endpoint())
                .s3Endpoint(S3Server.endpoint())
                .s3PathStyle(true)
                .build();
    }

    private static JsonNode json(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (IOException notJson) {
            throw new UncheckedIOException(notJson);
        }
    }

    @Override
    public void close() {
        stepFunctions.close();
        functions.close();
        clients.close();
        aws.close();
    }
}

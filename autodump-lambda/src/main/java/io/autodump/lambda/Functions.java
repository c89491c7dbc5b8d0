package io.autodump.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import io.autodump.aws.AwsClients;
import io.autodump.aws.AwsClientsBuilder;
import io.autodump.aws.page.S3Page;
import io.autodump.aws.s3.S3DumpStore;
import io.autodump.aws.s3.S3DumpStoreBuilder;
import io.autodump.aws.s3.S3Manifests;
import io.autodump.aws.secretsmanager.SecretsManagerCatalog;
import io.autodump.aws.stepfunctions.RememberingRunScheduler;
import io.autodump.aws.stepfunctions.StartRate;
import io.autodump.aws.stepfunctions.StepFunctionsRunScheduler;
import io.autodump.core.AutoDump;
import io.autodump.core.AutoDumpBuilder;
import io.autodump.core.port.DumpIndex;
import io.autodump.core.port.DumpStore;
import io.autodump.core.port.RunScheduler;
import io.autodump.core.port.SecretCatalog;
import io.autodump.core.secret.TaggedSecret;
import io.autodump.lambda.store.ListedStore;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Gives AutoDump its adapters on AWS, once per process. Thread-safe. */
public final class Functions implements AutoCloseable {
    /** Secrets in work at a time. At 20 ms per call this is 3,200 starts per second, more than any quota. */
    private static final int CONCURRENCY = 64;

    /** One for each secret in work, one for the list, and one spare. */
    static final int CONNECTIONS = CONCURRENCY + 2;

    /** Names of runs that a process remembers; about 200 bytes each. */
    private static final int REMEMBERED = 100_000;

    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(30);

    private final Settings settings;
    private final Supplier<AwsClients> maker;
    private final InstantSource clock;
    private final PrintStream out;
    private final ExecutorService executor = Executors.newFixedThreadPool(CONCURRENCY, Functions::daemon);
    private final Map<String, RunScheduler> schedulers = new ConcurrentHashMap<>();
    private AwsClients clients;

    Functions(Settings settings, Supplier<AwsClients> maker, InstantSource clock, PrintStream out) {
        this.settings = settings;
        this.maker = maker;
        this.clock = clock;
        this.out = out;
        this.clients = maker.get();
    }

    /** Returns the instance of this process. It is made with the first handler, in Lambda's initialisation. */
    public static Functions shared() {
        return Shared.INSTANCE.functions();
    }

    /** Returns the log of one invocation. */
    public FunctionLog log(String function, Context context) {
        return log(function, String.valueOf(context.getAwsRequestId()));
    }

    FunctionLog log(String function, String requestId) {
        return new FunctionLog(out, clock, function, requestId);
    }

    Settings settings() {
        return settings;
    }

    InstantSource clock() {
        return clock;
    }

    /** Scans and reschedules, with the state machine of that ARN; the environment's if empty. */
    AutoDump scheduling(Optional<String> stateMachineArn) {
        AutoDumpBuilder autoDump =
                withCatalog().runScheduler(scheduler(stateMachineArn)).scanExecutor(executor);
        settings.drillStateMachineArn().map(arn -> scheduler(Optional.of(arn))).ifPresent(autoDump::drillScheduler);
        return autoDump.build();
    }

    /** Finds overdue dumps in all buckets. */
    AutoDump status() {
        AutoDumpBuilder autoDump = withCatalog();
        settings.buckets().forEach(bucket -> autoDump.dumpIndex(manifests(bucket)));
        return autoDump.build();
    }

    /** Returns the store in a bucket. */
    public DumpStore store(String bucket) {
        S3DumpStoreBuilder store = S3DumpStore.builder(clients().s3(), bucket);
        settings.bucketOwner().ifPresent(store::expectedBucketOwner);
        settings.kmsKey().ifPresent(store::kmsKeyId);
        return store.build();
    }

    /** Returns the manifests in a bucket. */
    public DumpIndex manifests(String bucket) {
        return new S3Manifests(clients().s3(), bucket, settings.bucketOwner());
    }

    /** Returns all buckets as one store, for a page. */
    DumpStore allBuckets() {
        return new ListedStore(buckets().stream()
                .map(bucket -> new ListedStore.Bucket(
                        new S3Manifests(clients().s3(), bucket, settings.bucketOwner()), store(bucket)))
                .toList());
    }

    /** Returns the place of the page. */
    S3Page page() {
        return new S3Page(
                clients().s3(), buckets().get(0), settings.reportKey(), settings.bucketOwner(), settings.kmsKey());
    }

    /** Returns the number of tagged secrets. */
    int taggedSecrets() {
        try (Stream<TaggedSecret> secrets = catalog().tagged()) {
            return (int) secrets.count();
        }
    }

    /** Returns a builder with the secrets' tags. */
    public AutoDumpBuilder withTags() {
        return withCatalog();
    }

    /** Returns the names of the buckets; at least one. */
    public List<String> buckets() {
        return settings.buckets();
    }

    /** Returns how late a dump may be. */
    public Duration freshnessMargin() {
        return settings.freshnessMargin();
    }

    /** Reads tags. */
    AutoDump tags() {
        return withCatalog().build();
    }

    private AutoDumpBuilder withCatalog() {
        return AutoDump.builder()
                .secretCatalog(catalog())
                .deployment(settings.deployment())
                .clock(clock);
    }

    /** Makes the clients in advance, so that the first message doesn't wait for them. */
    void open() {
        clients().secretsManager();
        StepFunctionsRunScheduler.prepare(clients());
    }

    /** Closes the clients with their connections and credentials. They are made again on first use. */
    synchronized void reset() {
        clients.close();
        clients = maker.get();
        schedulers.clear();
    }

    @Override
    public void close() {
        clients().close();
        executor.shutdownNow();
    }

    private synchronized AwsClients clients() {
        return clients;
    }

    private SecretCatalog catalog() {
        return new SecretsManagerCatalog(clients().secretsManager());
    }

    private RunScheduler scheduler(Optional<String> named) {
        String arn = named.orElseGet(settings::stateMachineArn);
        return schedulers.computeIfAbsent(arn, this::newScheduler);
    }

    private RunScheduler newScheduler(String arn) {
        return new RememberingRunScheduler(StepFunctionsRunScheduler.create(clients(), arn, rate()), REMEMBERED);
    }

    private StartRate rate() {
        return settings.rate().orElseGet(() -> StartRate.forRegion(clients().regionName()));
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "autodump-scan");
        thread.setDaemon(true);
        return thread;
    }

    static AwsClients clients(Settings settings) {
        AwsClientsBuilder builder =
                AwsClients.builder().maxConnections(CONNECTIONS).callTimeout(CALL_TIMEOUT);
        settings.sourceRole().ifPresent(builder::sourceRole);
        settings.targetRole().ifPresent(builder::targetRole);
        settings.bucketRegion().ifPresent(builder::s3Region);
        return builder.build();
    }

    /**
     * Initialised on first use, by the JVM's rules for classes.
     *
     * @param snapshot kept here, because the context that calls it holds only a weak reference
     */
    private record Shared(Functions functions, Snapshot snapshot) {
        static final Shared INSTANCE = make();

        private static Shared make() {
            Settings settings = new Settings(System.getenv());
            Functions functions = new Functions(settings, () -> clients(settings), Clock.systemUTC(), System.out);
            functions.open();
            return new Shared(functions, Snapshot.register(functions));
        }
    }
}

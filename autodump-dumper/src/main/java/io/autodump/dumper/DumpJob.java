package io.autodump.dumper;

import io.autodump.aws.AwsClients;
import io.autodump.aws.AwsClientsBuilder;
import io.autodump.aws.event.EventBridgeDumpEvents;
import io.autodump.aws.event.SnsDumpEvents;
import io.autodump.aws.log.JsonLog;
import io.autodump.aws.rds.RdsIamTokens;
import io.autodump.aws.rds.RdsSecretValues;
import io.autodump.aws.s3.S3DumpStore;
import io.autodump.aws.s3.S3DumpStoreBuilder;
import io.autodump.aws.secretsmanager.SecretsManagerCatalog;
import io.autodump.aws.secretsmanager.SecretsManagerValues;
import io.autodump.core.AutoDump;
import io.autodump.core.AutoDumpBuilder;
import io.autodump.core.dump.DumpOutcome;
import io.autodump.core.engine.Engines;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.port.DatabaseEngine;
import io.autodump.core.port.DatabaseTokens;
import io.autodump.core.port.DumpEvents;
import io.autodump.core.port.DumpStore;
import io.autodump.core.record.RunPlace;
import io.autodump.core.usecase.dump.RunOutcome;
import io.autodump.postgres.PostgresEngine;
import io.autodump.postgres.PostgresMessages;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Connects one run to AWS, and makes it. */
final class DumpJob {
    /** Parallel parts need one connection each. There is at most one other call at a time. */
    private static final int CONNECTIONS = 8;

    private final DumperSettings settings;
    private final AwsClients clients;
    private final JsonLog log;
    private final OutcomeLog outcome;
    private final Termination termination;
    private final RunPlace place;

    DumpJob(
            DumperSettings settings,
            AwsClients clients,
            JsonLog log,
            OutcomeLog outcome,
            Termination termination,
            RunPlace place) {
        this.settings = settings;
        this.clients = clients;
        this.log = log;
        this.outcome = outcome;
        this.termination = termination;
        this.place = place;
    }

    /** AWS Batch sets the id of the job; everywhere, the container's name is that of its host. */
    static RunPlace place(Map<String, String> environment) {
        return new RunPlace(
                Optional.ofNullable(environment.get("HOSTNAME")),
                Optional.ofNullable(environment.get("AWS_BATCH_JOB_ID")),
                Optional.empty());
    }

    static AwsClients clients(DumperSettings settings, Map<String, String> environment) {
        AwsClientsBuilder builder = AwsClients.builder().maxConnections(CONNECTIONS);
        settings.sourceRoleArn().ifPresent(builder::sourceRole);
        settings.targetRoleArn().ifPresent(builder::targetRole);
        settings.store().applyTo(builder, environment);
        settings.bucketRegion().ifPresent(builder::s3Region);
        if (environment.getOrDefault("AWS_REGION", "").isBlank()) {
            builder.region(settings.region());
        }
        return builder.build();
    }

    void run() {
        Instant scheduledAt = settings.scheduledAt().orElseGet(log.clock()::instant);
        log.write(log.info("dump starts")
                .put("secretArn", settings.secret().value())
                .put("scheduledAt", scheduledAt.toString()));
        PostgresMessages.passTo(text ->
                log.write(log.info(text).put("secretArn", settings.secret().value())));
        RunOutcome finished = autoDump()
                .dumpAll(
                        settings.secret(),
                        scheduledAt,
                        new ProgressLog(log, settings.secret().value()));
        finished.dumps().stream()
                .filter(DumpOutcome::alreadyThere)
                .forEach(dump -> log.write(log.info("an earlier attempt had finished this run; nothing was dumped now")
                        .put("database", dump.manifest().database())));
        requireAll(finished);
    }

    /** The failure of each database is in the log; the report that people get names them all. */
    private void requireAll(RunOutcome finished) {
        try {
            finished.requireAll();
        } catch (AutoDumpException failed) {
            log.write(log.error(failed).put("report", failed.report()));
            throw failed;
        }
    }

    /** The engines of the job. A new engine is one more element of the list. */
    static List<DatabaseEngine> engines() {
        return List.of(PostgresEngine.create());
    }

    private AutoDump autoDump() {
        List<DatabaseEngine> engines = engines();
        AutoDumpBuilder autoDump = AutoDump.builder()
                .secretCatalog(new SecretsManagerCatalog(clients.secretsManager()))
                .secretValues(RdsSecretValues.create(new SecretsManagerValues(clients.secretsManager()), clients))
                .databaseTokens(tokens())
                .dumpStores(new AllowedBuckets(settings.buckets(), this::store))
                .dumpSource(termination.stopping(Engines.of(engines).source()))
                .dumpEvents(events())
                .runPlace(place)
                .clock(log.clock());
        engines.forEach(autoDump::engine);
        settings.scratchSecret().ifPresent(autoDump::scratchServer);
        return autoDump.build();
    }

    private DatabaseTokens tokens() {
        return new RdsIamTokens(clients.sourceCredentials(), clients.region());
    }

    private DumpStore store(String bucket) {
        S3DumpStoreBuilder store = S3DumpStore.builder(clients.s3(), bucket);
        settings.store().applyTo(store);
        settings.kmsKeyArn().ifPresent(store::kmsKeyId);
        settings.bucketOwner().ifPresent(store::expectedBucketOwner);
        return store.build();
    }

    /** The log is first, because it needs no service. */
    private DumpEvents events() {
        List<DumpEvents> listeners = new ArrayList<>(List.of(outcome));
        settings.eventBus()
                .ifPresent(bus -> listeners.add(EventBridgeDumpEvents.create(clients, bus, this::unpublished)));
        settings.topicArn().ifPresent(topic -> listeners.add(SnsDumpEvents.create(clients, topic, this::unpublished)));
        return event -> listeners.forEach(listener -> listener.publish(event));
    }

    private void unpublished(AutoDumpException failed) {
        log.write(log.error(failed));
    }
}

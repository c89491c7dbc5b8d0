package io.autodump.dumper;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.autodump.aws.log.JsonLog;
import io.autodump.core.AutoDump;
import io.autodump.core.contract.DumperNames;
import io.autodump.core.contract.RestoreWords;
import io.autodump.core.contract.TagNames;
import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.dump.RestoreOptions;
import io.autodump.core.dump.RestoreReport;
import io.autodump.core.dump.TableRows;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.error.HintWords;
import io.autodump.core.plan.RestoreRequest;
import io.autodump.core.plan.SecretTags;
import io.autodump.core.restore.RestorePlan;
import io.autodump.core.secret.TaggedSecret;
import io.autodump.core.wire.RestoreRequestJson;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Restores one dump from an allowed bucket into the database of a secret that is tagged as a target. */
final class RestoreJob {
    /** The options of {@code autodump aws restore}, which starts such a job. */
    private static final HintWords WORDS = HintWords.of(RestoreWords.BY_HINT);

    private final JobAdapters adapters;
    private final JsonLog log;
    private final RestoreRequest request;

    /**
     * Reads the request.
     *
     * @throws AutoDumpException {@code INVALID_ENVIRONMENT}, {@code INVALID_DOCUMENT}
     */
    RestoreJob(JobAdapters adapters, Map<String, String> environment) {
        this.adapters = adapters;
        this.log = adapters.log();
        this.request = request(environment);
    }

    private static RestoreRequest request(Map<String, String> environment) {
        String input = environment.getOrDefault(DumperNames.EXECUTION_INPUT, "");
        if (input.isBlank()) {
            throw new AutoDumpException(
                    ErrorCode.INVALID_ENVIRONMENT,
                    DumperNames.EXECUTION_INPUT + " is missing; nothing was restored",
                    "start restores with: autodump aws restore");
        }
        return RestoreRequestJson.parse(DumperNames.EXECUTION_INPUT, input);
    }

    void run() {
        log.write(line("restore starts").put("scheduledAt", request.when().toString()));
        adapters.logMessages();
        try {
            restore();
        } catch (AutoDumpException failed) {
            throw WORDS.in(failed);
        }
    }

    private void restore() {
        requireAllowedBucket();
        AutoDump autoDump = adapters.wired()
                .dumpStore(adapters.store(request.bucket(), request.prefix()))
                .build();
        DatabaseSecret target = target(autoDump, adapters.secret());
        RestoreOptions options = options();
        if (request.dryRun()) {
            plan(autoDump.planRestore(request.dump(), target, options));
            return;
        }
        RestoreReport report = autoDump.restore(
                request.dump(),
                target,
                options,
                new ProgressLog(log, "restore in progress", request.target().value()));
        succeeded(target, report);
    }

    private void requireAllowedBucket() {
        if (!adapters.settings().buckets().contains(request.bucket())) {
            throw new AutoDumpException(
                    ErrorCode.INVALID_ARGUMENT,
                    "bucket " + request.bucket() + " isn't one of this deployment ("
                            + String.join(", ", adapters.settings().buckets()) + "); nothing was restored",
                    "name a dump in one of these buckets, or add the bucket to the deployment");
        }
    }

    /** The tag is checked here too: the role that reads the secret may be one of another account. */
    private DatabaseSecret target(AutoDump autoDump, TaggedSecret secret) {
        SecretTags tags = SecretTags.read(secret.tags());
        if (!tags.restoreTarget()) {
            throw new AutoDumpException(
                    ErrorCode.INVALID_TAGS,
                    "secret " + secret.name() + " isn't tagged " + TagNames.RESTORE_TARGET
                            + "=true, and a deployment restores only into databases whose secrets are; nothing was"
                            + " restored",
                    "set the tag " + TagNames.RESTORE_TARGET + " to true");
        }
        if (tags.databases().isPresent() && request.database().isEmpty()) {
            throw new AutoDumpException(
                    ErrorCode.INVALID_ARGUMENT,
                    "secret " + secret.name() + " has several databases (" + TagNames.DATABASES
                            + "); nothing was restored",
                    "name the one to restore into: --database DATABASE");
        }
        DatabaseSecret server = autoDump.connection(secret);
        return request.database()
                .map(name ->
                        DatabaseSecret.builder().from(server).database(name).build())
                .orElse(server);
    }

    /** The archive of a parallel restore doesn't fit into memory. */
    private RestoreOptions options() {
        Path scratch = Path.of(DumperNames.SCRATCH_FOLDER);
        return Files.isWritable(scratch)
                ? RestoreOptions.builder()
                        .from(request.options())
                        .stagingFolder(scratch.toString())
                        .build()
                : request.options();
    }

    private void plan(RestorePlan plan) {
        ObjectNode line = line("restore planned; nothing was changed")
                .put("createsDatabase", plan.createsDatabase())
                .put("dropsDatabase", plan.dropsDatabase());
        plan.createdRoles().forEach(line.putArray("createdRoles")::add);
        plan.contents().forEach(count -> line.withObject("/contents").put(count.kind(), count.count()));
        plan.leftOut().forEach(line.putArray("leftOut")::add);
        plan.remarks().forEach(line.putArray("remarks")::add);
        log.write(line);
        plan.requirePossible();
    }

    private void succeeded(DatabaseSecret target, RestoreReport report) {
        ObjectNode line = line("restore succeeded")
                .put("database", target.database())
                .put("serverVersion", report.serverVersion());
        if (!report.tables().isEmpty()) {
            line.put("tables", report.tables().size())
                    .put(
                            "rows",
                            report.tables().stream().mapToLong(TableRows::rows).sum());
        }
        report.warnings().forEach(line.putArray("warnings")::add);
        report.notes().forEach(line.putArray("notes")::add);
        log.write(line);
    }

    private ObjectNode line(String message) {
        return log.info(message)
                .put("secretArn", request.target().value())
                .put("key", request.dump().value());
    }
}

package io.autodump.dumper;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.autodump.aws.log.JsonLog;
import io.autodump.core.AutoDump;
import io.autodump.core.Monitoring;
import io.autodump.core.contract.DumperNames;
import io.autodump.core.drill.DrillOptions;
import io.autodump.core.dump.DumpKey;
import io.autodump.core.dump.TableRows;
import io.autodump.core.record.Attestation;
import io.autodump.core.record.RunPlace;
import io.autodump.core.secret.TaggedSecret;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/**
 * Makes a restore drill of a secret's newest dump: on the scratch server of the deployment, or else on a server that it
 * starts. Doesn't read the secret's value.
 */
final class DrillJob {
    private final DumperSettings settings;
    private final JobAdapters adapters;
    private final JsonLog log;
    private final RunPlace place;

    DrillJob(JobAdapters adapters, RunPlace place) {
        this.settings = adapters.settings();
        this.adapters = adapters;
        this.log = adapters.log();
        this.place = place;
    }

    /** A dump and the monitoring of its bucket. */
    private record Newest(Monitoring monitoring, DumpKey dump) {}

    void run() {
        Instant scheduledAt = settings.scheduledAt().orElseGet(log.clock()::instant);
        log.write(line("drill starts").put("scheduledAt", scheduledAt.toString()));
        adapters.logMessages();
        TaggedSecret secret = adapters.secret();
        Optional<Newest> newest = newest(secret.name());
        if (newest.isEmpty()) {
            log.write(line("there is no dump of " + secret.name() + " to drill"));
            return;
        }
        succeeded(newest.get()
                .monitoring()
                .drill(
                        newest.get().dump(),
                        options(),
                        new ProgressLog(
                                log, "drill in progress", settings.secret().value())));
    }

    /** The secret's value may name a bucket, and isn't read: the dumps are looked for in all buckets. */
    private Optional<Newest> newest(String secretName) {
        return settings.buckets().stream()
                .map(this::monitoring)
                .flatMap(monitoring -> monitoring.latest(secretName).map(key -> new Newest(monitoring, key)).stream())
                .max(Comparator.comparing(newest -> newest.dump().scheduledAt()));
    }

    private Monitoring monitoring(String bucket) {
        AutoDump autoDump = adapters.wired()
                .dumpStore(adapters.store(bucket))
                .dumpEvents(event -> adapters.channels().forEach(channel -> channel.publish(event)))
                .runPlace(place)
                .build();
        return Monitoring.of(autoDump);
    }

    private DrillOptions options() {
        DrillOptions.Builder options = DrillOptions.builder();
        Path scratch = Path.of(DumperNames.SCRATCH_FOLDER);
        if (Files.isWritable(scratch)) {
            options.folder(scratch.toString());
        }
        settings.scratchSecret()
                .ifPresent(
                        secret -> options.scratchServer(adapters.wired().build().connection(secret)));
        return options.build();
    }

    private void succeeded(Attestation proof) {
        ObjectNode line = line("drill succeeded")
                .put("key", proof.dump().value())
                .put("database", proof.database())
                .put("server", proof.server())
                .put("serverVersion", proof.serverVersion())
                .put("tables", proof.tables().size())
                .put("rows", proof.tables().stream().mapToLong(TableRows::rows).sum())
                .put("tablesCompared", proof.tablesCompared())
                .put(
                        "seconds",
                        Duration.between(proof.startedAt(), proof.finishedAt()).toSeconds());
        proof.objects().ifPresent(objects -> line.put("objects", objects));
        proof.warnings().forEach(line.putArray("warnings")::add);
        log.write(line);
    }

    private ObjectNode line(String message) {
        return log.info(message).put("secretArn", settings.secret().value());
    }
}

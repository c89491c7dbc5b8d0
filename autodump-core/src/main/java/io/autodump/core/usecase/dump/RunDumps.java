package io.autodump.core.usecase.dump;

import io.autodump.core.dump.DumpOutcome;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.port.DumpProgress;
import io.autodump.core.secret.SecretId;
import io.autodump.core.secret.TaggedSecret;
import io.autodump.core.server.ServerDatabases;
import io.autodump.core.usecase.Ports;
import io.autodump.core.usecase.dump.RunOutcome.Failure;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes the dumps of one run: of the secret's database, or of each database that {@code autodump:databases} selects,
 * one after the other. A database that fails doesn't stop the others; each has its own event and record. Thread-safe.
 */
public final class RunDumps {
    private final Ports ports;
    private final RunDump each;

    RunDumps(Ports ports) {
        this.ports = ports;
        this.each = RunDump.of(ports);
    }

    /** Not API: {@link io.autodump.core.AutoDump#dumpAll} is. */
    public static RunDumps of(Ports ports) {
        return new RunDumps(ports);
    }

    /**
     * Makes the dumps of a run.
     *
     * @param scheduledAt names the dumps; fractions of a second are cut off
     * @throws AutoDumpException what prevented the dump of a secret's one database, or the question which databases
     *     there are
     */
    public RunOutcome run(SecretId id, Instant scheduledAt, DumpProgress progress) {
        Instant instant = scheduledAt.truncatedTo(ChronoUnit.SECONDS);
        RunAttempt attempt = new RunAttempt(ports, id.value(), instant);
        TaggedSecret secret = attempt.reportingFailure(() -> each.require(id, instant));
        attempt.isOf(secret.name());
        attempt.begins();
        Optional<ServerDatabases> databases = attempt.reportingFailure(() -> new SelectedDatabases(ports).of(secret));
        if (databases.isEmpty()) {
            return new RunOutcome(List.of(each.run(secret, new RunDump.Run(attempt, instant, progress))), List.of());
        }
        return runEach(secret, databases.get(), instant, progress);
    }

    private RunOutcome runEach(TaggedSecret secret, ServerDatabases databases, Instant instant, DumpProgress progress) {
        List<DumpOutcome> dumps = new ArrayList<>();
        List<Failure> failures = new ArrayList<>();
        for (String database : databases.names()) {
            RunAttempt attempt = new RunAttempt(ports, secret.name(), instant);
            attempt.isOfDatabase(database);
            RunDump.Run run =
                    new RunDump.Run(attempt, instant, progress, Optional.of(database), Optional.of(databases));
            try {
                dumps.add(each.run(secret, run));
            } catch (AutoDumpException failed) {
                if (failed.code() == ErrorCode.INTERRUPTED) {
                    throw failed;
                }
                failures.add(new Failure(database, failed));
            } catch (RuntimeException fault) {
                failures.add(new Failure(
                        database, new AutoDumpException(ErrorCode.INTERNAL, fault.toString(), null, fault)));
            }
        }
        return new RunOutcome(dumps, failures);
    }
}

package io.autodump.core.usecase.dump;

import io.autodump.core.contract.SecretArn;
import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.dump.DumpEvent;
import io.autodump.core.dump.DumpOutcome;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.usecase.Ports;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/** One attempt at a run: publishes its outcome, and leaves a record if it fails. Belongs to one thread. */
final class RunAttempt {
    private final Ports ports;
    private final FailureRecords records;
    private final Instant scheduledAt;
    private String name;
    private Optional<DatabaseSecret> database = Optional.empty();
    private Optional<String> databaseName = Optional.empty();

    RunAttempt(Ports ports, String name, Instant scheduledAt) {
        this.ports = ports;
        this.records = FailureRecords.of(ports);
        this.name = name;
        this.scheduledAt = scheduledAt;
    }

    /** The name of the secret is known now; before, its id was the name. */
    void isOf(String secretName) {
        name = secretName;
    }

    /** Says that the attempt begins. */
    void begins() {
        ports.events().started(name, scheduledAt);
    }

    /** The run dumps several databases, and this attempt is at one of them. */
    void isOfDatabase(String known) {
        databaseName = Optional.of(known);
    }

    /** The database is known now, and with it the place of the record. */
    void isOf(DatabaseSecret known) {
        database = Optional.of(known);
    }

    /** Does the last part of the work. */
    DumpOutcome finish(Supplier<DumpOutcome> work) {
        DumpOutcome outcome = reportingFailure(work);
        ports.events().publish(new DumpEvent.Succeeded(outcome.manifest()));
        records.writeDelayed();
        return outcome;
    }

    /** Does a part of the work. */
    <T> T reportingFailure(Supplier<T> work) {
        try {
            return work.get();
        } catch (AutoDumpException failed) {
            failed(failed, failed.report());
            throw failed;
        } catch (RuntimeException fault) {
            failed(new AutoDumpException(ErrorCode.INTERNAL, fault.toString(), null, fault), fault.toString());
            throw fault;
        }
    }

    private void failed(AutoDumpException failure, String report) {
        if (failure.code() != ErrorCode.SECRET_NOT_FOUND) {
            records.failed(nameIn(name), database, scheduledAt, failure);
        }
        ports.events().publish(new DumpEvent.Failed(name, scheduledAt, failure.code(), report, databaseName));
    }

    /** The id stands for the name until the secret was read; on AWS it is an ARN, which holds the name. */
    private static String nameIn(String nameOrId) {
        return SecretArn.parse(nameOrId)
                .filter(SecretArn::isComplete)
                .map(SecretArn::name)
                .orElse(nameOrId);
    }
}

package io.autodump.local.scheduler;

import io.autodump.core.AutoDump;
import io.autodump.core.Monitoring;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCategory;
import io.autodump.core.error.Problem;
import io.autodump.core.usecase.schedule.ScanResult;
import io.autodump.core.usecase.schedule.SecretOutcome;
import io.autodump.local.secret.SecretWarning;
import io.autodump.local.secret.SecretsBackend;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Scans, and logs what is new since the scan before. Not thread-safe. */
final class Scans {
    private static final String LISTING = "listing";

    private final AutoDump autoDump;
    private final SecretsBackend secrets;
    private final Journal journal;
    private final ExitStatus exitStatus;
    private final Map<String, String> known = new HashMap<>();

    Scans(AutoDump autoDump, SecretsBackend secrets, Journal journal, ExitStatus exitStatus) {
        this.autoDump = autoDump;
        this.secrets = secrets;
        this.journal = journal;
        this.exitStatus = exitStatus;
    }

    void scan() {
        ScanResult result = autoDump.scan();
        result.listingFailure()
                .ifPresentOrElse(
                        report -> {
                            exitStatus.note(ErrorCategory.INFRASTRUCTURE);
                            journal.onChange(LISTING, LogEntry.Level.ERROR, "", "trouble", report);
                        },
                        () -> journal.settled(LISTING));
        result.outcomes().forEach(this::log);
        if (result.listingFailure().isEmpty()) {
            logDeleted(result);
        }
        Monitoring.of(autoDump).writeDelayedRecords();
        warn();
    }

    private void log(SecretOutcome outcome) {
        String secret = outcome.secretName();
        outcome.caughtUp()
                .ifPresent(run -> journal.warning(
                        secret, "catch-up", "the run of " + run.when() + " was missed; it is made now"));
        boolean stops = outcome.isUndone() || outcome.status() == SecretOutcome.Status.INVALID;
        if (stops) {
            exitStatus.note(
                    outcome.status() == SecretOutcome.Status.INVALID
                            ? ErrorCategory.CALLER
                            : ErrorCategory.INFRASTRUCTURE);
        }
        LogEntry.Level level = stops ? LogEntry.Level.ERROR : LogEntry.Level.INFO;
        journal.onChange(topic(secret), level, secret, stops ? "trouble" : "next-run", describe(outcome));
        known.put(secret, topic(secret));
        logProblems(outcome);
    }

    /** Problems that stop no run are warnings, once. The dump itself warns too, or fails. */
    private void logProblems(SecretOutcome outcome) {
        String topic = "tags of " + outcome.secretName();
        if (outcome.problems().isEmpty() || outcome.status() == SecretOutcome.Status.INVALID) {
            journal.settled(topic);
            return;
        }
        journal.onChange(
                topic,
                LogEntry.Level.WARNING,
                outcome.secretName(),
                "warning",
                problems("its tags have problems", outcome));
    }

    private static String problems(String heading, SecretOutcome outcome) {
        return outcome.problems().stream()
                .map(Problem::toString)
                .collect(Collectors.joining(System.lineSeparator(), heading + System.lineSeparator(), ""));
    }

    private static String describe(SecretOutcome outcome) {
        return switch (outcome.status()) {
            case SCHEDULED, ALREADY_SCHEDULED, FAR_OFF ->
                "next run at " + outcome.nextRun().orElseThrow().when();
            case DISABLED -> "paused (autodump:enabled=false)";
            case OTHER_DEPLOYMENT -> "another deployment dumps it (autodump:deployment)";
            case REPLICA -> "a replica: dumped in the region of the primary";
            case NOT_SCHEDULED -> "not scheduled: it has no autodump:start-schedule";
            case GONE -> "deleted";
            case NOT_REACHED -> "not reached in time; the next scan continues";
            case INVALID -> problems("not scheduled: its tags are invalid", outcome);
            case FAILED -> outcome.failure().orElse("failed");
        };
    }

    private void logDeleted(ScanResult result) {
        Set<String> gone = new HashSet<>(known.keySet());
        result.outcomes().forEach(outcome -> gone.remove(outcome.secretName()));
        for (String secret : gone) {
            journal.info(secret, "next-run", "was deleted, or has no autodump: tags any more");
            journal.settled(topic(secret));
            known.remove(secret);
        }
    }

    private void warn() {
        try {
            for (SecretWarning warning : secrets.warnings()) {
                journal.onChange(
                        "warning " + warning.where(), LogEntry.Level.WARNING, "", "warning", warning.toString());
            }
        } catch (AutoDumpException unlistable) {
            // The scan has reported it.
        }
    }

    private static String topic(String secret) {
        return "secret " + secret;
    }
}

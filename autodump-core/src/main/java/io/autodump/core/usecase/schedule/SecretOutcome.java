package io.autodump.core.usecase.schedule;

import io.autodump.core.error.Problem;
import io.autodump.core.internal.ValueStyle;
import io.autodump.core.plan.ScheduledRun;
import io.autodump.core.secret.SecretId;
import java.util.List;
import java.util.Optional;
import org.immutables.value.Value;

/** What a scan did about one secret. */
@Value.Immutable
@ValueStyle
public abstract class SecretOutcome {
    /** How it ended. */
    public enum Status {
        /** The next run waits now. */
        SCHEDULED,
        /** The next run was waiting already. */
        ALREADY_SCHEDULED,
        /** The next run is more than 300 days off: nothing waits that long, and a later scan starts it. */
        FAR_OFF,
        /** {@code autodump:enabled} is {@code false}. */
        DISABLED,
        /** It has tags of AutoDump's and no {@code autodump:start-schedule}. */
        NOT_SCHEDULED,
        /** It is gone. */
        GONE,
        /** The time of the scan was up before it; the next scan comes to it. */
        NOT_REACHED,
        /** Its tags can't be used; {@link SecretOutcome#problems()} says why. */
        INVALID,
        /** Its tags can be used, and the run couldn't be started; {@link SecretOutcome#failure()} says why. */
        FAILED
    }

    public abstract SecretId secretId();

    public abstract String secretName();

    public abstract Status status();

    /**
     * The run that waits, for {@link Status#SCHEDULED} and {@link Status#ALREADY_SCHEDULED}, or that will, for {@link
     * Status#FAR_OFF}.
     */
    public abstract Optional<ScheduledRun> nextRun();

    /** A missed run that was started now, to be made at once. */
    public abstract Optional<ScheduledRun> caughtUp();

    /** Why the secret is {@link Status#INVALID}. */
    public abstract List<Problem> problems();

    /** Why the secret is {@link Status#FAILED}. */
    public abstract Optional<String> failure();

    /** Whether somebody must act. */
    public boolean isTrouble() {
        return status() == Status.INVALID || status() == Status.FAILED || status() == Status.NOT_REACHED;
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Not thread-safe. */
    public static final class Builder extends ImmutableSecretOutcome.Builder {
        Builder() {}
    }
}

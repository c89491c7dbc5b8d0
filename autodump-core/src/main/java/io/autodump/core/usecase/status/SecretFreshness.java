package io.autodump.core.usecase.status;

import io.autodump.core.error.Problem;
import io.autodump.core.internal.ValueStyle;
import io.autodump.core.secret.SecretId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.immutables.value.Value;

/** Whether a database has the dump that it should have by now. */
@Value.Immutable
@ValueStyle
public abstract class SecretFreshness {
    /** The answer. */
    public enum Status {
        /** There is a dump of the run that was due, or of a later one. */
        FRESH,
        /** There is none. */
        OVERDUE,
        /** None was due: no schedule, paused, no run yet, or the secret was changed after the run. */
        NOT_DUE,
        /** Its tags can't be used, or not everything could be read and no dump was found in what could. */
        UNKNOWN
    }

    public abstract SecretId secretId();

    public abstract String secretName();

    public abstract Status status();

    /** The newest run that must have ended by now; empty if there is none. */
    public abstract Optional<Instant> due();

    /** When that run must have ended, at the latest; with {@link #due()}. */
    public abstract Optional<Instant> deadline();

    /** For when the newest finished dump was scheduled; empty if there is none, or it couldn't be read. */
    public abstract Optional<Instant> newestDump();

    /** Why the tags can't be used. */
    public abstract List<Problem> problems();

    public static Builder builder() {
        return new Builder();
    }

    /** Not thread-safe. */
    public static final class Builder extends ImmutableSecretFreshness.Builder {
        Builder() {}
    }
}

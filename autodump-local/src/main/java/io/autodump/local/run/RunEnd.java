package io.autodump.local.run;

import io.autodump.core.error.ErrorCode;
import java.util.Optional;

/**
 * How a run ended.
 *
 * @param status how it ended
 * @param code the error of the last attempt; only for {@link Status#FAILED}
 * @param detail an explanation for a person; never holds a secret's value
 */
public record RunEnd(Status status, Optional<ErrorCode> code, String detail) {
    /** How a run ended. */
    public enum Status {
        /** There is a dump. */
        SUCCEEDED,
        /**
         * The last attempt failed, and there will be no other: there is no dump. Also if a newer run has replaced
         * this one.
         */
        FAILED,
        /** No attempt was made within its catch-up window: no dump. */
        MISSED,
        /**
         * No attempt was made: the tags changed, the secret was paused or deleted, or a newer run replaces this one.
         */
        SUPERSEDED
    }

    /** Returns the end of a run whose dump exists. */
    public static RunEnd succeeded(String detail) {
        return new RunEnd(Status.SUCCEEDED, Optional.empty(), detail);
    }

    /** Returns the end of a run whose last attempt failed. */
    public static RunEnd failed(ErrorCode code, String detail) {
        return new RunEnd(Status.FAILED, Optional.of(code), detail);
    }

    /** Returns the end of a run that wasn't made within its catch-up window. */
    public static RunEnd missed(String detail) {
        return new RunEnd(Status.MISSED, Optional.empty(), detail);
    }

    /** Returns the end of a run that is no longer needed. */
    public static RunEnd superseded(String detail) {
        return new RunEnd(Status.SUPERSEDED, Optional.empty(), detail);
    }
}

package io.autodump.local.run;

import io.autodump.core.error.ErrorCode;
import java.util.Optional;

/**
 * How a run ended.
 *
 * @param status what became of it
 * @param code of the failure, for {@link Status#FAILED}
 * @param detail one text for a person; never holds a secret's value
 */
public record RunEnd(Status status, Optional<ErrorCode> code, String detail) {
    /** What became of a run. */
    public enum Status {
        /** There is a dump. */
        SUCCEEDED,
        /** There is no dump, and no further attempt is made. */
        FAILED,
        /** It was never made, and its catch-up window is over. */
        MISSED,
        /** It isn't wanted any more: the tags changed, the secret is gone, or a newer run takes its place. */
        SUPERSEDED
    }

    public static RunEnd succeeded(String detail) {
        return new RunEnd(Status.SUCCEEDED, Optional.empty(), detail);
    }

    public static RunEnd failed(ErrorCode code, String detail) {
        return new RunEnd(Status.FAILED, Optional.of(code), detail);
    }

    public static RunEnd missed(String detail) {
        return new RunEnd(Status.MISSED, Optional.empty(), detail);
    }

    public static RunEnd superseded(String detail) {
        return new RunEnd(Status.SUPERSEDED, Optional.empty(), detail);
    }
}

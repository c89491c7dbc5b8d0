package io.autodump.core.error;

import org.jspecify.annotations.Nullable;

/**
 * The store took a request and its answer was lost: the work may be done or not. Whoever catches this must look before
 * retrying; the hint says where. It is never thrown for a request that is known to have failed.
 */
public final class OutcomeUnknownException extends AutoDumpException {
    private static final long serialVersionUID = 1L;

    public OutcomeUnknownException(String message, String hint, @Nullable Throwable cause) {
        super(ErrorCode.OUTCOME_UNKNOWN, message, hint, cause);
    }
}

package io.autodump.core.error;

import org.jspecify.annotations.Nullable;

/**
 * Thrown if the store's answer to a request was lost: the work may be done or not. Check before you retry; the hint
 * says what. Never thrown for a request that is known to have failed.
 */
public final class OutcomeUnknownException extends AutoDumpException {
    private static final long serialVersionUID = 1L;

    public OutcomeUnknownException(String message, String hint, @Nullable Throwable cause) {
        super(ErrorCode.OUTCOME_UNKNOWN, message, hint, cause);
    }

    @Override
    public OutcomeUnknownException withHint(String other) {
        return new OutcomeUnknownException(description(), other, this);
    }
}

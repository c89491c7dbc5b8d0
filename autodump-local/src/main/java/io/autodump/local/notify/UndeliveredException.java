package io.autodump.local.notify;

import java.io.Serial;

/** A notice wasn't delivered. The message is for a person and contains no URL, password or text of the receiver. */
public final class UndeliveredException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    private final boolean permanent;

    private UndeliveredException(String message, boolean permanent) {
        super(message);
        this.permanent = permanent;
    }

    /** A failure that may pass, so that another attempt is useful. */
    public static UndeliveredException temporary(String message) {
        return new UndeliveredException(message, false);
    }

    /** A failure that lasts until a person changes something. */
    public static UndeliveredException permanent(String message) {
        return new UndeliveredException(message, true);
    }

    /** Returns whether another attempt is useless. */
    public boolean isPermanent() {
        return permanent;
    }
}

package io.autodump.core.contract;

/** The labels of AutoDump's events on EventBridge and SNS. Rules and filter policies match on them. */
public final class EventNames {
    /** The {@code source} of an event on EventBridge. */
    public static final String SOURCE = "autodump";

    /** The {@code detail-type} of an event on EventBridge, and the subject of a notification. */
    public static final String SUCCEEDED = "AutoDump Dump Succeeded";

    /** As {@link #SUCCEEDED}, for a dump that failed. */
    public static final String FAILED = "AutoDump Dump Failed";

    /** As {@link #SUCCEEDED}, for a run that was missed: its dump isn't made any more. */
    public static final String MISSED = "AutoDump Dump Missed";

    /**
     * The message attribute of a notification that holds the type: {@code succeeded}, {@code failed}, {@code missed}.
     */
    public static final String TYPE_ATTRIBUTE = "autodump.type";

    private EventNames() {}
}

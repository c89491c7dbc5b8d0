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

    /** As {@link #SUCCEEDED}, for a database without the dump that it must have by now. */
    public static final String OVERDUE = "AutoDump Dump Overdue";

    /** As {@link #SUCCEEDED}, for a database that has a dump again. */
    public static final String RECOVERED = "AutoDump Dump Recovered";

    /** As {@link #SUCCEEDED}, for a restore drill that didn't prove a dump. */
    public static final String DRILL_FAILED = "AutoDump Drill Failed";

    /** As {@link #SUCCEEDED}, for a dump that couldn't be copied to another store. */
    public static final String COPY_FAILED = "AutoDump Copy Failed";

    /**
     * The message attribute of a notification that holds the type: {@code succeeded}, {@code failed}, {@code missed},
     * {@code overdue}, {@code recovered}, {@code drill-failed},
     * {@code copy-failed}.
     */
    public static final String TYPE_ATTRIBUTE = "autodump.type";

    private EventNames() {}
}

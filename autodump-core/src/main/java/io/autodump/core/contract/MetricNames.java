package io.autodump.core.contract;

/** The metrics in CloudWatch. The runtime writes them as embedded metrics; alarms and the dashboard read them. */
public final class MetricNames {
    /** The namespace of all. */
    public static final String NAMESPACE = "AutoDump";

    /** Dimension: the name of the secret. */
    public static final String SECRET = "secret";

    /** Dimension of what a function counts: {@code scanner}, {@code freshness}, … */
    public static final String FUNCTION = "function";

    /** Count, from the dumper: 1 for a dump that is whole and published. Without dimensions, and for each secret. */
    public static final String DUMPS_SUCCEEDED = "DumpsSucceeded";

    /**
     * Count, from the dumper: 1 for a dump that failed, 0 for one that succeeded. Without dimensions, and per secret.
     */
    public static final String DUMPS_FAILED = "DumpsFailed";

    /** Seconds, from the dumper: how long a dump took. Without dimensions, and for each secret. */
    public static final String DUMP_DURATION = "DumpDuration";

    /** Bytes, from the dumper: the stored size of a dump. Without dimensions, and for each secret. */
    public static final String STORED_BYTES = "StoredBytes";

    /** Count, from the freshness check, without dimensions: databases without a dump within schedule and margin. */
    public static final String OVERDUE_DUMPS = "OverdueDumps";

    /**
     * Count, from the freshness check, without dimensions: databases that have become overdue within the last
     * {@link #FRESHNESS_INTERVAL_MINUTES}. An alarm on {@link #OVERDUE_DUMPS} that is on already tells nobody of one
     * more; this one is over at the next check.
     */
    public static final String NEWLY_OVERDUE_DUMPS = "NewlyOverdueDumps";

    /** Minutes from one freshness check to the next. */
    public static final int FRESHNESS_INTERVAL_MINUTES = 15;

    /** Seconds, from the freshness check, for each secret: since the newest finished dump's scheduled instant. */
    public static final String NEWEST_DUMP_AGE = "NewestDumpAge";

    private MetricNames() {}
}

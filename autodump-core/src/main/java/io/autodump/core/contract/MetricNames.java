package io.autodump.core.contract;

/**
 * The metrics in CloudWatch. Functions and dumper write them as embedded metrics; alarms and the dashboard read them.
 */
public final class MetricNames {
    /** The namespace of all metrics. */
    public static final String NAMESPACE = "AutoDump";

    /** Dimension: the name of the secret. */
    public static final String SECRET = "secret";

    /** Dimension of the functions' own metrics: {@code scanner}, {@code freshness}, …. */
    public static final String FUNCTION = "function";

    /** Count, from the dumper: 1 for a published dump. Without dimensions, and per secret. */
    public static final String DUMPS_SUCCEEDED = "DumpsSucceeded";

    /**
     * Count, from the dumper: 1 for a dump that failed, 0 for one that succeeded. Without dimensions, and per secret.
     */
    public static final String DUMPS_FAILED = "DumpsFailed";

    /** Seconds, from the dumper: the duration of a dump. Without dimensions, and per secret. */
    public static final String DUMP_DURATION = "DumpDuration";

    /** Bytes, from the dumper: the stored size of a dump. Without dimensions, and per secret. */
    public static final String STORED_BYTES = "StoredBytes";

    /** Count, from the freshness check, without dimensions: databases whose dump is overdue. */
    public static final String OVERDUE_DUMPS = "OverdueDumps";

    /**
     * Count, from the freshness check, without dimensions: databases that became overdue within the last {@link
     * #FRESHNESS_INTERVAL_MINUTES} minutes.
     */
    public static final String NEWLY_OVERDUE_DUMPS = "NewlyOverdueDumps";

    /**
     * Count, from the freshness check, without dimensions: {@link #NEWLY_OVERDUE_DUMPS} if other databases were overdue
     * already, otherwise 0. {@link #OVERDUE_DUMPS} reports the first overdue database, and this each further one.
     */
    public static final String FURTHER_OVERDUE_DUMPS = "FurtherOverdueDumps";

    /** Count, from the scanner, without dimensions: secrets whose tags have problems. */
    public static final String SECRETS_WITH_PROBLEMS = "SecretsWithProblems";

    /**
     * Count, from the scanner, without dimensions: secrets that changed since the last scan and whose tags have
     * problems, if other secrets had problems already; otherwise 0.
     */
    public static final String FURTHER_SECRETS_WITH_PROBLEMS = "FurtherSecretsWithProblems";

    /** The time between two freshness checks, in minutes. */
    public static final int FRESHNESS_INTERVAL_MINUTES = 15;

    /**
     * Seconds, from the freshness check, per secret: the time since the scheduled instant of the newest finished dump.
     */
    public static final String NEWEST_DUMP_AGE = "NewestDumpAge";

    private MetricNames() {}
}

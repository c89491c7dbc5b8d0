package io.autodump.core.contract;

/** The handlers and environment variables of the functions on AWS Lambda. */
public final class LambdaNames {
    /** The handler string of the function that scans. */
    public static final String SCANNER_HANDLER = "io.autodump.lambda.ScannerHandler::handleRequest";

    /** The handler string of the function that checks a tags hash. */
    public static final String HASH_HANDLER = "io.autodump.lambda.HashHandler::handleRequest";

    /** The handler string of the function that starts the next run of one secret. */
    public static final String RESCHEDULE_HANDLER = "io.autodump.lambda.RescheduleHandler::handleRequest";

    /** The handler string of the function that finds overdue dumps. */
    public static final String FRESHNESS_HANDLER = "io.autodump.lambda.FreshnessHandler::handleRequest";

    /** The handler string of the function that ends all waiting runs when the stack is deleted. */
    public static final String DRAIN_HANDLER = "io.autodump.lambda.drain.DrainHandler::handleRequest";

    /** The handler string of the function that records a run whose job left no record. */
    public static final String RECORD_HANDLER = "io.autodump.lambda.run.RecordHandler::handleRequest";

    /** The handler string of the function that deletes what retention doesn't keep, after a dump. */
    public static final String PRUNE_HANDLER = "io.autodump.lambda.run.PruneHandler::handleRequest";

    /** Property of the custom resource that calls {@link #DRAIN_HANDLER}: the ARN of the state machine. */
    public static final String DRAINED_STATE_MACHINE = "StateMachineArn";

    /** Environment variable: the ARN of the state machine whose executions wait and dump. */
    public static final String STATE_MACHINE_ARN = "STATE_MACHINE_ARN";

    /**
     * Environment variable of the scanner, optional: the ARN of the state machine whose executions make restore
     * drills. Without it, {@code autodump:drill} has no effect.
     */
    public static final String DRILL_STATE_MACHINE_ARN = "DRILL_STATE_MACHINE_ARN";

    /** Environment variable, optional: the ARN of the role that reads the secrets, which may be in another account. */
    public static final String SOURCE_ROLE_ARN = "AUTODUMP_SOURCE_ROLE_ARN";

    /** Environment variable, optional: the most executions started per second, below the account's quota. */
    public static final String STARTS_PER_SECOND = "AUTODUMP_STARTS_PER_SECOND";

    /**
     * Environment variable, optional: the most executions started at once, before that rate applies. Default: one
     * second's worth.
     */
    public static final String STARTS_AT_ONCE = "AUTODUMP_STARTS_AT_ONCE";

    /**
     * Environment variable of the hash check: a job's virtual CPUs if the secret's tags don't set them, such as
     * {@code 1}.
     */
    public static final String JOB_VCPU = "AUTODUMP_JOB_VCPU";

    /** Environment variable of the hash check: a job's memory in MiB if the secret's tags don't set it. */
    public static final String JOB_MEMORY = "AUTODUMP_JOB_MEMORY";

    /** Environment variable of the hash check: a job's time limit in seconds if the secret's tags don't set it. */
    public static final String JOB_TIMEOUT = "AUTODUMP_JOB_TIMEOUT";

    /**
     * Environment variable of the freshness check, the record and prune: the buckets that contain dumps, separated by
     * commas. Records go to the first one.
     */
    public static final String BUCKETS = "AUTODUMP_BUCKETS";

    /**
     * Environment variable of the freshness check, optional: how late a dump may be, ISO-8601; {@code PT2H} by default.
     */
    public static final String FRESHNESS_MARGIN = "AUTODUMP_FRESHNESS_MARGIN";

    /** Environment variable of the scanner, optional: time between scans, ISO-8601; {@code PT15M} by default. */
    public static final String SCAN_INTERVAL = "AUTODUMP_SCAN_INTERVAL";

    /**
     * Key of an event that asks a function only to be there, {@code {"keepWarm": true}}: Lambda drops the snapshot of a
     * function that wasn't called for 14 days.
     */
    public static final String KEEP_WARM = "keepWarm";

    /**
     * Key of an event that asks the freshness check for the page about all databases, {@code {"report": true}}, instead
     * of the check.
     */
    public static final String REPORT = "report";

    /** Environment variable of the freshness check, optional: the key of the page in the first bucket. */
    public static final String REPORT_KEY = "AUTODUMP_REPORT_KEY";

    /** Environment variable of the record and of the page, optional: the ARN of the KMS key that encrypts them. */
    public static final String KMS_KEY_ARN = DumperNames.KMS_KEY_ARN;

    /** As {@link #BUCKETS}, optional: the account that must own the buckets. */
    public static final String BUCKET_OWNER = "AUTODUMP_BUCKET_OWNER";

    /** As {@link #BUCKETS}, optional: the ARN of the role that uses the buckets. */
    public static final String TARGET_ROLE_ARN = "AUTODUMP_TARGET_ROLE_ARN";

    /** Environment variable of the freshness check, optional: the region of the buckets, if it is another one. */
    public static final String BUCKET_REGION = "AUTODUMP_BUCKET_REGION";

    /**
     * Environment variable of the freshness check, optional: {@code false} for no metrics of single secrets. Default:
     * {@code true}.
     */
    public static final String SECRET_METRICS = "AUTODUMP_SECRET_METRICS";

    /**
     * Environment variable of all functions but the drain, optional: the name of the deployment. Secrets with this name
     * in {@code autodump:deployment} are its own. Default: none, and its own are the secrets without that tag.
     */
    public static final String DEPLOYMENT = "AUTODUMP_DEPLOYMENT";

    private LambdaNames() {}
}

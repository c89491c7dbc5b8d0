package io.autodump.core.contract;

/** The environment variables of the dumper's container, and its user. */
public final class DumperNames {
    /** Required: the ARN of the secret whose database is dumped. */
    public static final String SECRET_ARN = "SECRET_ARN";

    /**
     * Optional: the instant for which the run was scheduled, ISO-8601 in UTC. Part of the dump's key. Default: now.
     */
    public static final String SCHEDULED_AT = "SCHEDULED_AT";

    /**
     * Required: the buckets that dumps may be put into, separated by commas. The first is for secrets that name none.
     */
    public static final String BUCKETS = "AUTODUMP_BUCKETS";

    /** Optional: the ARN of the KMS key that encrypts the dumps. Default: the bucket's own default key. */
    public static final String KMS_KEY_ARN = "AUTODUMP_KMS_KEY_ARN";

    /** Optional: the account that must own the buckets, 12 digits. */
    public static final String BUCKET_OWNER = "AUTODUMP_BUCKET_OWNER";

    /** Optional: the region of the buckets, if it isn't the region of the process. */
    public static final String BUCKET_REGION = "AUTODUMP_BUCKET_REGION";

    /** Optional: {@code false} for no metrics of single secrets, which cost money each. Default: {@code true}. */
    public static final String SECRET_METRICS = "AUTODUMP_SECRET_METRICS";

    /** Optional: the name or ARN of the EventBridge bus that receives every outcome. */
    public static final String EVENT_BUS = "AUTODUMP_EVENT_BUS";

    /** Optional: the ARN of the SNS topic that receives every outcome. */
    public static final String TOPIC_ARN = "AUTODUMP_TOPIC_ARN";

    /** Optional: the ARN of the secret of a scratch server, for {@code autodump:verify} = {@code restore}. */
    public static final String SCRATCH_SECRET_ARN = "AUTODUMP_SCRATCH_SECRET_ARN";

    /** Optional: the ARN of a role to assume for the secrets, which may be in another account. */
    public static final String SOURCE_ROLE_ARN = "AUTODUMP_SOURCE_ROLE_ARN";

    /** Optional: the ARN of a role to assume for the buckets, which may be in another account. */
    public static final String TARGET_ROLE_ARN = "AUTODUMP_TARGET_ROLE_ARN";

    /**
     * The user and group of the image. A job definition may repeat it; any other user can't read what the image needs.
     */
    public static final String USER = "65532:65532";

    private DumperNames() {}
}

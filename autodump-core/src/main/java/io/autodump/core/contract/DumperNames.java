package io.autodump.core.contract;

/** The arguments, environment variables, folder and user of the dumper's container. */
public final class DumperNames {
    /**
     * Required: the ARN of the secret whose database is dumped. For a restore, the secret of the database to restore
     * into; for a drill, the secret whose newest dump is restored.
     */
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

    /** Optional: the kind of store behind {@code AWS_ENDPOINT_URL_S3}, such as {@code r2}. Default: {@code aws}. */
    public static final String STORE_KIND = "AUTODUMP_STORE_KIND";

    /** Optional: whether the store knows S3's checksum headers, {@code true} or {@code false}. Default: by the kind. */
    public static final String CHECKSUMS = "AUTODUMP_CHECKSUMS";

    /** Optional: whether the store obeys conditional writes, {@code true} or {@code false}. Default: by the kind. */
    public static final String CONDITIONAL_WRITES = "AUTODUMP_CONDITIONAL_WRITES";

    /** Optional: whether all parts but the last must have one size. Default: by the kind. */
    public static final String EQUAL_PARTS = "AUTODUMP_EQUAL_PARTS";

    /** Optional: whether URLs hold the bucket in the path. Default: by the kind. */
    public static final String PATH_STYLE = "AUTODUMP_PATH_STYLE";

    /** Optional: the size of the first parts, or of equal ones, in MiB: 5 to 5120. Default: 8, or by the database. */
    public static final String PART_SIZE_MIB = "AUTODUMP_PART_SIZE_MIB";

    /** Optional: the largest number of parts of an upload. Default: 10000. */
    public static final String MAX_PARTS = "AUTODUMP_MAX_PARTS";

    /** Optional: the region that requests to the store are signed with. Default: by the kind, or the process's. */
    public static final String S3_REGION = "AUTODUMP_S3_REGION";

    /**
     * Optional: the input of the execution that started the container, as JSON. A restore takes its dump and its
     * options from it.
     */
    public static final String EXECUTION_INPUT = "AUTODUMP_EXECUTION_INPUT";

    /** The argument of the container that makes a restore instead of a dump. */
    public static final String RESTORE = "restore";

    /** The argument of the container that makes a restore drill instead of a dump. */
    public static final String DRILL = "drill";

    /**
     * The folder of the image that a volume may be mounted on: the data of a drill's server and the archive of a
     * parallel restore. Dumps need none.
     */
    public static final String SCRATCH_FOLDER = "/scratch";

    /**
     * The user and group of the image. A job definition may repeat it; any other user can't read what the image needs.
     */
    public static final String USER = "65532:65532";

    private DumperNames() {}
}

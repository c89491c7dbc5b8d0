package io.autodump.core.contract;

/** What the dumper's container is started with: its environment variables, and the user it runs as. */
public final class DumperNames {
    /** Needed: the ARN of the secret whose database is dumped. */
    public static final String SECRET_ARN = "SECRET_ARN";

    /** The instant for which the run was scheduled, ISO-8601 in UTC; it names the dump. Now, if it is absent. */
    public static final String SCHEDULED_AT = "SCHEDULED_AT";

    /**
     * Needed: the buckets that dumps may be put into, separated by commas; the first is that of secrets naming none.
     */
    public static final String BUCKETS = "AUTODUMP_BUCKETS";

    /** Optional: the ARN of the KMS key that dumps are encrypted with; the bucket's own default without it. */
    public static final String KMS_KEY_ARN = "AUTODUMP_KMS_KEY_ARN";

    /** Optional: the account that must own the buckets. */
    public static final String BUCKET_OWNER = "AUTODUMP_BUCKET_OWNER";

    /** Optional: the name or ARN of the event bus that is told of every outcome. */
    public static final String EVENT_BUS = "AUTODUMP_EVENT_BUS";

    /** Optional: the ARN of the topic that is told of every outcome. */
    public static final String TOPIC_ARN = "AUTODUMP_TOPIC_ARN";

    /** Optional: the ARN of the secret of a scratch server, for {@code autodump:verify} = {@code restore}. */
    public static final String SCRATCH_SECRET_ARN = "AUTODUMP_SCRATCH_SECRET_ARN";

    /** Optional: the ARN of a role to assume for the secrets, in another account perhaps. */
    public static final String SOURCE_ROLE_ARN = "AUTODUMP_SOURCE_ROLE_ARN";

    /** Optional: the ARN of a role to assume for the buckets, in another account perhaps. */
    public static final String TARGET_ROLE_ARN = "AUTODUMP_TARGET_ROLE_ARN";

    /** The user and group of the image; a job definition may name it again, and no other owns what the image needs. */
    public static final String USER = "65532:65532";

    private DumperNames() {}
}

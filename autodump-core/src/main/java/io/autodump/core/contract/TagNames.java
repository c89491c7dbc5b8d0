package io.autodump.core.contract;

import java.util.List;

/** The tags that AutoDump reads on a secret. {@code docs/tags.md} explains each one. */
public final class TagNames {
    /** The prefix of all of AutoDump's tags. AutoDump ignores other tags. */
    public static final String PREFIX = "autodump:";

    /**
     * The cron expression. A secret with this tag is scheduled; on AWS, the permission to read a secret depends on it.
     */
    public static final String START_SCHEDULE = PREFIX + "start-schedule";

    /** The IANA time zone of the cron expression. */
    public static final String TIMEZONE = PREFIX + "timezone";
    /** {@code false} pauses the schedule. */
    public static final String ENABLED = PREFIX + "enabled";
    /** The window of the secret's fixed offset. */
    public static final String JITTER = PREFIX + "jitter";
    /** How old a missed run may be and still be made. */
    public static final String CATCH_UP = PREFIX + "catch-up";
    /** Whether a replica of a secret is dumped in its own region too. */
    public static final String REPLICA = PREFIX + "replicas";
    /** The format of the dump. */
    public static final String FORMAT = PREFIX + "format";
    /** The compression and its level. */
    public static final String COMPRESSION = PREFIX + "compression";
    /** The number of sessions that read the database. */
    public static final String JOBS = PREFIX + "jobs";
    /** Patterns of tables that are dumped without their rows. */
    public static final String EXCLUDE_TABLE_DATA = PREFIX + "exclude-table-data";
    /** Patterns of the schemas to dump. */
    public static final String SCHEMAS = PREFIX + "schemas";
    /** How the dump is checked before it is published. */
    public static final String VERIFY = PREFIX + "verify";
    /** The recipients for which the dump is encrypted. */
    public static final String ENCRYPT_TO = PREFIX + "encrypt-to";
    /** What of the server is recorded besides the database. */
    public static final String GLOBALS = PREFIX + "globals";
    /** Which dumps are kept. */
    public static final String RETENTION = PREFIX + "retention";
    /** The cron expression of restore drills. */
    public static final String DRILL = PREFIX + "drill";
    /** Whether a deployment on AWS may restore into the database of the secret. */
    public static final String RESTORE_TARGET = PREFIX + "restore-target";
    /** How much a dump may have lost before it is suspicious. */
    public static final String SUSPICIOUS = PREFIX + "suspicious";
    /** The longest duration of a dump. */
    public static final String TIMEOUT = PREFIX + "timeout";
    /** The longest time that other sessions may wait for locks of the dump. */
    public static final String MAX_BLOCKING = PREFIX + "max-blocking";
    /** How the user authenticates. */
    public static final String AUTH = PREFIX + "auth";
    /** The host of the server, if the secret's value has none. */
    public static final String ENDPOINT = PREFIX + "endpoint";
    /** The TCP port of the server, if the secret's value has none. */
    public static final String PORT = PREFIX + "port";
    /** The name of the database, if the secret's value has none. */
    public static final String DATABASE = PREFIX + "database";
    /** The engine of the database, if the secret's value has none. */
    public static final String ENGINE = PREFIX + "engine";
    /** Which server is dumped: the one that writes, or one that only reads. */
    public static final String SOURCE = PREFIX + "source";
    /** Which databases of the server are dumped, instead of the one that the secret names. */
    public static final String DATABASES = PREFIX + "databases";
    /** The deployment of AutoDump that dumps the database. */
    public static final String DEPLOYMENT = PREFIX + "deployment";
    /** The virtual CPUs of a job on AWS. */
    public static final String VCPU = PREFIX + "vcpu";
    /** The memory of a job on AWS, in MiB. */
    public static final String MEMORY = PREFIX + "memory";

    /** All tags, in the order of the documentation. */
    public static final List<String> ALL = List.of(
            START_SCHEDULE,
            TIMEZONE,
            ENABLED,
            JITTER,
            CATCH_UP,
            REPLICA,
            FORMAT,
            COMPRESSION,
            JOBS,
            EXCLUDE_TABLE_DATA,
            SCHEMAS,
            VERIFY,
            ENCRYPT_TO,
            GLOBALS,
            RETENTION,
            SUSPICIOUS,
            DRILL,
            RESTORE_TARGET,
            TIMEOUT,
            MAX_BLOCKING,
            AUTH,
            ENDPOINT,
            PORT,
            DATABASE,
            ENGINE,
            SOURCE,
            DATABASES,
            DEPLOYMENT,
            VCPU,
            MEMORY);

    private TagNames() {}
}

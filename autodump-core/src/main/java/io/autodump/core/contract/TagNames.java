package io.autodump.core.contract;

import java.util.List;

/** The tags that AutoDump reads on a secret. {@code docs/tags.md} explains each. */
public final class TagNames {
    /** What every tag of AutoDump's starts with; any other tag is somebody else's and is left alone. */
    public static final String PREFIX = "autodump:";

    /** Its presence is what makes a secret scheduled; on AWS the rights to read it depend on it. */
    public static final String START_SCHEDULE = PREFIX + "start-schedule";

    public static final String TIMEZONE = PREFIX + "timezone";
    public static final String ENABLED = PREFIX + "enabled";
    public static final String JITTER = PREFIX + "jitter";
    public static final String CATCH_UP = PREFIX + "catch-up";
    public static final String FORMAT = PREFIX + "format";
    public static final String COMPRESSION = PREFIX + "compression";
    public static final String JOBS = PREFIX + "jobs";
    public static final String EXCLUDE_TABLE_DATA = PREFIX + "exclude-table-data";
    public static final String SCHEMAS = PREFIX + "schemas";
    public static final String VERIFY = PREFIX + "verify";
    public static final String RETENTION = PREFIX + "retention";
    public static final String TIMEOUT = PREFIX + "timeout";
    public static final String MAX_BLOCKING = PREFIX + "max-blocking";
    public static final String AUTH = PREFIX + "auth";
    public static final String VCPU = PREFIX + "vcpu";
    public static final String MEMORY = PREFIX + "memory";

    /** All of them, in the order of the documentation. */
    public static final List<String> ALL = List.of(
            START_SCHEDULE,
            TIMEZONE,
            ENABLED,
            JITTER,
            CATCH_UP,
            FORMAT,
            COMPRESSION,
            JOBS,
            EXCLUDE_TABLE_DATA,
            SCHEMAS,
            VERIFY,
            RETENTION,
            TIMEOUT,
            MAX_BLOCKING,
            AUTH,
            VCPU,
            MEMORY);

    private TagNames() {}
}

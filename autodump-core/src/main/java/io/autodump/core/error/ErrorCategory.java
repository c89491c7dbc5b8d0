package io.autodump.core.error;

/** Who must act when an error of this category is seen, and the exit status by which a process reports it. */
public enum ErrorCategory {
    /** Whoever wrote the tag, the secret, the configuration or the command line. */
    CALLER(2, "whoever wrote the tag, the secret, the configuration or the command"),
    /** Whoever runs the machine or container: a missing program, a missing setting, a stopped process. */
    OPERATOR(3, "whoever runs the machine, the container or the daemon"),
    /** Whoever owns the database: refused connections, missing privileges, a {@code pg_dump} that failed. */
    DATABASE(4, "whoever owns the database"),
    /** AWS, or what stands in for it on one machine: the secret store, the scheduler and the dump store. */
    AWS(5, "whoever owns the AWS account, or the folder that stands in for it"),
    /** AutoDump itself: a fault to report to its developers. */
    AUTODUMP(70, "AutoDump's developers: please report it");

    private final int exitStatus;
    private final String whoActs;

    ErrorCategory(int exitStatus, String whoActs) {
        this.exitStatus = exitStatus;
        this.whoActs = whoActs;
    }

    /** The process exit status, 1 to 125; never 0. */
    public int exitStatus() {
        return exitStatus;
    }

    /** Who must act, as words for a table. */
    public String whoActs() {
        return whoActs;
    }
}

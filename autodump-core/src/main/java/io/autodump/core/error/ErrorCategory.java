package io.autodump.core.error;

/** Says who must act on an error, and with which exit status a process reports it. */
public enum ErrorCategory {
    /** The author of the tag, the secret, the configuration or the command line. */
    CALLER(2, "caller", "the author of the tag, the secret, the configuration or the command"),
    /** The operator of the machine or the container: a missing program, a missing setting, a stopped process. */
    OPERATOR(3, "operator", "the operator of the machine, the container or the daemon"),
    /** The owner of the database: refused connections, missing privileges, a {@code pg_dump} that failed. */
    DATABASE(4, "database", "the owner of the database"),
    /** The owner of the dump store, the secret store and the scheduler: on AWS the account, elsewhere your own. */
    INFRASTRUCTURE(
            5,
            "infrastructure",
            "the owner of the dump store, the secrets and the scheduler: the AWS account, or your own"),
    /** AutoDump's developers: a fault in AutoDump itself. */
    AUTODUMP(70, "autodump", "AutoDump's developers: please report it");

    private final int exitStatus;
    private final String word;
    private final String whoActs;

    ErrorCategory(int exitStatus, String word, String whoActs) {
        this.exitStatus = exitStatus;
        this.word = word;
        this.whoActs = whoActs;
    }

    /** Returns the exit status of a process that reports such an error: 1 to 125. */
    public int exitStatus() {
        return exitStatus;
    }

    /**
     * Returns the word for the category in events and JSON documents. The words are a published contract and never
     * change. {@link #INFRASTRUCTURE} is {@code aws} on AWS and {@code infrastructure} elsewhere; all other categories
     * have one word.
     *
     * @param platform whose the store, the secrets or the scheduler is
     */
    public String word(Platform platform) {
        return this == INFRASTRUCTURE && platform == Platform.AWS ? "aws" : word;
    }

    /** Returns who must act, as words for a table. */
    public String whoActs() {
        return whoActs;
    }
}

package io.autodump.core.error;

/**
 * Every error that AutoDump reports. The text of {@link #id()} is a published contract: a code never gets a second
 * meaning, and a retired one is never used again. A test compares {@code docs/error-codes.md} with this registry.
 */
public enum ErrorCode {
    INVALID_TAGS("AD-1001", ErrorCategory.CALLER, "a secret's autodump tags can't be used"),
    INVALID_SECRET_VALUE("AD-1002", ErrorCategory.CALLER, "a secret's value can't be used"),
    INVALID_CONFIGURATION("AD-1003", ErrorCategory.CALLER, "autodump.yaml can't be used"),
    INVALID_ARGUMENT("AD-1004", ErrorCategory.CALLER, "a command-line argument can't be used"),
    SECRET_NOT_FOUND("AD-1005", ErrorCategory.CALLER, "no such secret"),
    DUMP_NOT_FOUND("AD-1006", ErrorCategory.CALLER, "no such dump, or it is incomplete"),
    TARGET_NOT_EMPTY("AD-1007", ErrorCategory.CALLER, "the database to restore into already holds objects"),
    INVALID_DOCUMENT("AD-1008", ErrorCategory.CALLER, "a JSON document (execution, manifest, message) can't be read"),
    TARGET_MISSING("AD-1009", ErrorCategory.CALLER, "the database to restore into doesn't exist"),

    ROLES_MISSING("AD-1010", ErrorCategory.CALLER, "roles that the dump names don't exist on the target server"),
    TARGET_TOO_OLD("AD-1011", ErrorCategory.CALLER, "the target server is older than the dump's server"),
    INVALID_SECRET_FILE("AD-1012", ErrorCategory.CALLER, "a secret file can't be used"),
    TARGET_LOCALE_DIFFERS(
            "AD-1013", ErrorCategory.CALLER, "the database to restore into has another encoding or locale provider"),
    TARGET_UNFIT("AD-1014", ErrorCategory.CALLER, "the target can't take everything that is to be restored"),
    IDENTITY_MISSING("AD-1015", ErrorCategory.CALLER, "the dump is encrypted, and no identity was given"),
    IDENTITY_REFUSED("AD-1016", ErrorCategory.CALLER, "no identity that was given can decrypt the dump"),
    INVALID_IDENTITY("AD-1017", ErrorCategory.CALLER, "a file of identities can't be used"),
    DRILL_VERSION_DIFFERS(
            "AD-1020", ErrorCategory.CALLER, "a restore drill's server has another major version than the dump's"),

    CLIENT_NOT_FOUND("AD-2001", ErrorCategory.OPERATOR, "no PostgreSQL client program was found"),
    CLIENT_TOO_OLD("AD-2002", ErrorCategory.OPERATOR, "the server is newer than every installed client"),
    PROCESS_NOT_STARTED("AD-2003", ErrorCategory.OPERATOR, "a client program couldn't be started"),
    SCRATCH_SERVER_MISSING(
            "AD-2004", ErrorCategory.OPERATOR, "a restore check or drill needs a scratch server, and there is none"),
    CLOCK_WRONG("AD-2005", ErrorCategory.OPERATOR, "the machine's clock is wrong"),
    TOKENS_MISSING("AD-2006", ErrorCategory.OPERATOR, "auth=iam needs tokens, which this process can't make"),
    INVALID_ENVIRONMENT("AD-2007", ErrorCategory.OPERATOR, "the container's environment variables can't be used"),
    ENGINE_MISSING("AD-2008", ErrorCategory.OPERATOR, "this process has no engine for the database"),
    ENCRYPTION_MISSING("AD-2009", ErrorCategory.OPERATOR, "this process can't encrypt or decrypt dumps"),
    INTERRUPTED("AD-2010", ErrorCategory.OPERATOR, "the process was asked to stop"),
    ALREADY_RUNNING("AD-2011", ErrorCategory.OPERATOR, "another scheduler works on the same folder"),
    OUTPUT_FAILED("AD-2012", ErrorCategory.OPERATOR, "standard output couldn't be written"),
    DISK_TOO_SMALL("AD-2020", ErrorCategory.OPERATOR, "a restore drill needs more disk space than is free"),

    CONNECTION_FAILED("AD-3001", ErrorCategory.DATABASE, "the server can't be reached"),
    AUTHENTICATION_REFUSED("AD-3002", ErrorCategory.DATABASE, "the server refused the user or the password"),
    TLS_REFUSED("AD-3003", ErrorCategory.DATABASE, "no TLS connection that meets the secret's sslmode"),
    DATABASE_NOT_FOUND("AD-3004", ErrorCategory.DATABASE, "the server has no such database"),
    TRANSACTION_POOLER("AD-3005", ErrorCategory.DATABASE, "a pooler shares the server's sessions between its clients"),
    PRIVILEGES_MISSING("AD-3010", ErrorCategory.DATABASE, "the user may not read everything that is to be dumped"),
    DUMP_PROCESS_FAILED("AD-3021", ErrorCategory.DATABASE, "pg_dump, or a session that reads rows beside it, failed"),
    DUMP_PROCESS_KILLED("AD-3022", ErrorCategory.DATABASE, "pg_dump was ended by a signal"),
    DUMP_STALLED("AD-3023", ErrorCategory.DATABASE, "the dump made no progress for the set time"),
    DUMP_TIMED_OUT("AD-3024", ErrorCategory.DATABASE, "the dump took longer than autodump:timeout"),
    DUMP_INCOMPLETE("AD-3025", ErrorCategory.DATABASE, "pg_dump reported success, but its output is incomplete"),
    DUMP_BLOCKED_OTHERS("AD-3026", ErrorCategory.DATABASE, "other sessions waited too long for locks of the dump"),
    STANDBY_CONFLICT("AD-3027", ErrorCategory.DATABASE, "the standby cancelled the dump: a conflict with recovery"),
    RESTORE_FAILED("AD-3031", ErrorCategory.DATABASE, "pg_restore, psql or the target server reported errors"),
    RESTORE_DIFFERS("AD-3032", ErrorCategory.DATABASE, "a restored database differs from the source"),
    ASSERTION_FAILED("AD-3033", ErrorCategory.DATABASE, "an assertion about a restored database isn't true"),

    STORE_FAILED("AD-4001", ErrorCategory.INFRASTRUCTURE, "the dump store couldn't be read or written"),
    DUMP_EXISTS("AD-4002", ErrorCategory.INFRASTRUCTURE, "a finished dump is already there and is never overwritten"),
    OUTCOME_UNKNOWN(
            "AD-4003", ErrorCategory.INFRASTRUCTURE, "the store's answer was lost: the work may be done or not"),
    DUMP_CORRUPT("AD-4004", ErrorCategory.INFRASTRUCTURE, "stored bytes aren't the bytes that were dumped"),
    SCHEDULER_FAILED("AD-4005", ErrorCategory.INFRASTRUCTURE, "a run couldn't be scheduled"),
    CATALOG_FAILED("AD-4006", ErrorCategory.INFRASTRUCTURE, "secrets couldn't be listed or read"),
    SCAN_INCOMPLETE("AD-4007", ErrorCategory.INFRASTRUCTURE, "a scan couldn't do all of its work"),
    EVENT_FAILED("AD-4008", ErrorCategory.INFRASTRUCTURE, "the outcome of a run couldn't be published"),

    INTERNAL("AD-9001", ErrorCategory.AUTODUMP, "a fault in AutoDump itself");

    private final String id;
    private final ErrorCategory category;
    private final String summary;

    ErrorCode(String id, ErrorCategory category, String summary) {
        this.id = id;
        this.category = category;
        this.summary = summary;
    }

    /** Returns the stable code, {@code AD-nnnn}. */
    public String id() {
        return id;
    }

    /** Returns the category, which says who must act. */
    public ErrorCategory category() {
        return category;
    }

    /** Returns what the code means, in a few words without values. */
    public String summary() {
        return summary;
    }
}

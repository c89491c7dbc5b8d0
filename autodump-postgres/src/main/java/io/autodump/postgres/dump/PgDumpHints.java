package io.autodump.postgres.dump;

import io.autodump.core.database.DatabaseSecret;
import io.autodump.postgres.connection.ServerLimits;
import io.autodump.postgres.connection.Sql;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The hints for known messages of {@code pg_dump} and the server. */
final class PgDumpHints {
    /** A message and its hint; {@code $USER} stands for the user of the secret. */
    private record Known(Pattern said, String help) {}

    private static final String DDL =
            "other sessions create and drop objects without a pause (see pg_stat_activity): run the dump at a quieter"
                    + " time, let them use temporary tables, or leave their schema out by autodump:schemas";

    private static final String LOST =
            "the connection was lost: look into the server's log for a restart, a failover or a crash, then run the dump"
                    + " again";

    private static final List<Known> KNOWN = List.of(
            known("row-level security policy", "ALTER ROLE $USER BYPASSRLS, or dump as the owner of the table"),
            known(
                    "permission denied for large object",
                    "GRANT SELECT ON LARGE OBJECT … TO $USER, or dump as their owner"),
            known(
                    "permission denied",
                    "GRANT pg_read_all_data TO $USER (before version 14: GRANT USAGE ON SCHEMA and"
                            + " GRANT SELECT ON ALL TABLES and ALL SEQUENCES IN SCHEMA)"),
            known(
                    "due to lock timeout|due to statement timeout|could not obtain lock|deadlock detected",
                    "another session holds a lock (pg_stat_activity, pg_locks): run the dump when no table is being"
                            + " altered"),
            known("server version mismatch", "install the client programs of the server's version"),
            known(
                    "out of shared memory|max_locks_per_transaction",
                    "raise max_locks_per_transaction on the server: pg_dump locks every table in one transaction"),
            known(
                    "conflict with recovery",
                    "dump from the primary, or raise max_standby_streaming_delay or set hot_standby_feedback on the"
                            + " standby"),
            known(
                    "snapshot identifier|snapshot \"[^\"]*\" does not exist|could not import the requested snapshot",
                    "the session that holds the snapshot has ended, or another server answered, as behind a name for"
                            + " several replicas: name one server, or set autodump:jobs to 1"),
            known(
                    "out of memory in this process",
                    "a row is too large for the memory of this process: give it more, or set autodump:jobs to 1"),
            known(
                    "No space left on device|could not write to file",
                    "the server's disk is full: make room there, then run the dump again"),
            known(
                    "remaining connection slots|too many clients|too many connections",
                    "the server's connections are all in use: raise max_connections, or run the dump at another time"),
            known(
                    "could not read block|invalid page|missing chunk number|invalid memory alloc",
                    "the server's data is damaged: restore $TABLE from an older dump, and look into the server's log"
                            + " and disk"),
            known(
                    "cache lookup failed for|with OID \\d+ does not exist|could not open relation with OID|failed"
                            + " sanity check",
                    DDL
                            + ". If it fails with the same number again, the catalog has a row without its object (an"
                            + " orphaned row): look the number up in pg_class, pg_proc, pg_type and pg_depend, and"
                            + " remove the row with the help of the server's vendor"),
            known(" does not exist", DDL),
            known(
                    "password authentication failed|no password supplied",
                    "correct the password in the secret; it may have been rotated while the dump began"),
            known(
                    "does not support compression",
                    "install client programs that are built with it, or set another autodump:compression"),
            known(
                    "terminating connection due to administrator command",
                    "somebody ended the session or stopped the server: look into the server's log, then run the dump"
                            + " again"),
            known(
                    "server closed the connection|connection to server was lost|could not receive data|I/O error occurred|"
                            + "SSL connection has been closed|Connection reset|Connection timed out|SSL SYSCALL",
                    LOST),
            known(
                    "could not connect|connection to server .* failed",
                    "check that the server runs and that this machine may reach it"));

    /** {@code pg_dump} limits its own wait for a lock by {@code statement_timeout}, sessions for parts by the other. */
    private static final Pattern WAIT_FOR_LOCK = Pattern.compile("LOCK TABLE|due to lock timeout");

    private PgDumpHints() {}

    static String of(String stderr, DatabaseSecret database) {
        return hint(stderr, database)
                .orElse("run pg_dump by hand as the same user and compare; the server's log may say more");
    }

    /** For a session of which it is known that it was lost, in whatever language the message is. */
    static String ofLostSession(String message, DatabaseSecret database) {
        return hint(message, database).orElse(LOST);
    }

    private static Optional<String> hint(String stderr, DatabaseSecret database) {
        return LargeValue.hint(stderr)
                .or(() -> WAIT_FOR_LOCK.matcher(stderr).find() ? Optional.empty() : ServerLimits.hint(stderr, database))
                .or(() -> KNOWN.stream()
                        .filter(known -> known.said().matcher(stderr).find())
                        .findFirst()
                        .map(Known::help))
                .map(help -> help.replace("$USER", Sql.identifier(database.username()))
                        .replace("$TABLE", LargeValue.table(stderr).orElse("the table")));
    }

    private static Known known(String said, String help) {
        return new Known(Pattern.compile(said), help);
    }
}

package io.autodump.postgres.dump;

import static org.assertj.core.api.Assertions.assertThat;

import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.database.Password;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PgDumpFailureTest {
    private static final DatabaseSecret DATABASE = DatabaseSecret.builder()
            .username("Auto Dump")
            .password(Password.of("geheim"))
            .database("shop")
            .host("localhost")
            .build();

    @Test
    void tellsHowMuchCameAndWhatWasSaidLast() {
        AutoDumpException failure = PgDumpFailure.exited(
                1,
                4_509_715_661L,
                List.of(
                        "pg_dump: warning: something else",
                        "pg_dump: error: query failed: ERROR:  permission denied for table payroll",
                        "pg_dump: detail: Query was: LOCK TABLE public.payroll IN ACCESS SHARE MODE"),
                DATABASE);

        assertThat(failure.code()).isEqualTo(ErrorCode.DUMP_PROCESS_FAILED);
        assertThat(failure)
                .hasMessage(
                        "AD-3021: pg_dump exited with status 1 after 4.2 GiB; nothing was published: query failed: ERROR:"
                                + "  permission denied for table payroll");
        assertThat(failure.hint().orElseThrow()).startsWith("GRANT pg_read_all_data TO \"Auto Dump\"");
    }

    @Test
    void addsWhatTheServerSaidToIt() {
        assertThat(PgDumpFailure.exited(
                        1,
                        17,
                        List.of(
                                "pg_dump: error: Dumping the contents of table \"t\" failed: PQgetResult() failed.",
                                "pg_dump: detail: Error message from server: ERROR:  invalid page in block 7",
                                "pg_dump: detail: Command was: COPY public.t (a) TO stdout;"),
                        DATABASE))
                .hasMessageEndingWith("PQgetResult() failed. (ERROR:  invalid page in block 7)");
    }

    /** A server that ends a session between two of its queries says so by itself, before the next query fails. */
    @Test
    void addsWhatTheServerSaidBeforeItClosedTheConnection() {
        assertThat(PgDumpFailure.exited(
                        1,
                        17,
                        List.of(
                                "pg_dump: FATAL:  terminating connection due to conflict with recovery",
                                "DETAIL:  User was holding a relation lock for too long.",
                                "pg_dump: error: query failed: server closed the connection unexpectedly",
                                "\tThis probably means the server terminated abnormally"),
                        DATABASE))
                .hasMessageEndingWith("query failed: server closed the connection unexpectedly"
                        + " (FATAL:  terminating connection due to conflict with recovery)");
    }

    @Test
    void saysOnceWhatTheServerSaid() {
        String said = "connection to server failed: FATAL:  password authentication failed for user \"x\"";

        assertThat(PgDumpFailure.exited(1, 0, List.of("pg_dump: error: " + said), DATABASE))
                .hasMessageEndingWith("; nothing was published: " + said);
    }

    /** The writer makes the dump then, whichever session was cancelled. */
    @Test
    void knowsAConflictOnAStandbyInEverySession() {
        String said = "ERROR: canceling statement due to conflict with recovery";

        assertThat(PgDumpFailure.exited(1, 17, List.of("pg_dump: error: " + said), DATABASE)
                        .code())
                .isEqualTo(ErrorCode.STANDBY_CONFLICT);
        assertThat(PgDumpFailure.noParts(new SQLException(said, "40001"), DATABASE)
                        .code())
                .isEqualTo(ErrorCode.STANDBY_CONFLICT);
        assertThat(PgDumpFailure.noParts(new SQLException("ERROR: permission denied"), DATABASE)
                        .code())
                .isEqualTo(ErrorCode.DUMP_PROCESS_FAILED);
    }

    @Test
    void saysNothingMoreWhereNothingWasSaid() {
        assertThat(PgDumpFailure.exited(1, 0, List.of(), DATABASE))
                .hasMessage("AD-3021: pg_dump exited with status 1 after 0 bytes; nothing was published");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "invalid memory alloc request size 1132462083       | value in public.b is too large .* 1 GB"
                        + " .*=public.b",
                "invalid memory alloc request size 18446744073709551613 | damaged: restore public.b from an older dump",
                "out of memory DETAIL: Cannot enlarge string buffer containing 1073741800 bytes by 65536 more bytes. |"
                        + " value in public.b is too large"
            })
    void tellsAValueThatIsTooLargeFromDamage(String said, String hint) {
        AutoDumpException failure = PgDumpFailure.exited(
                1,
                17,
                List.of(
                        "pg_dump: error: Dumping the contents of table \"b\" failed: PQgetResult() failed.",
                        "pg_dump: detail: Error message from server: ERROR:  " + said,
                        "pg_dump: detail: Command was: COPY public.b (d) TO stdout;"),
                DATABASE);

        assertThat(failure.hint().orElseThrow()).containsPattern(hint);
    }

    @Test
    void namesATableAsSqlNamesIt() {
        assertThat(LargeValue.table("Command was: COPY \"S x\".\"a\"\"b (c\" (d) TO stdout;"))
                .contains("\"S x\".\"a\"\"b (c\"");
    }

    @ParameterizedTest
    @CsvSource({"137, 9, memory", "143, 15, who stopped it"})
    void knowsSignals(int status, int signal, String hint) {
        AutoDumpException failure = PgDumpFailure.exited(status, 1, List.of(), DATABASE);

        assertThat(failure.code()).isEqualTo(ErrorCode.DUMP_PROCESS_KILLED);
        assertThat(failure).hasMessageContaining("signal " + signal);
        assertThat(failure.hint().orElseThrow()).contains(hint);
    }

    @ParameterizedTest
    @CsvSource({
        "query would be affected by row-level security policy for table \"t\", BYPASSRLS",
        "permission denied for large object 17, LARGE OBJECT",
        "canceling statement due to lock timeout, lock",
        "aborting because of server version mismatch, client programs",
        "out of shared memory, max_locks_per_transaction",
        "canceling statement due to conflict with recovery, primary",
        "No space left on device, disk",
        "remaining connection slots are reserved, max_connections",
        "could not read block 4 in file, damaged",
        "password authentication failed for user, rotated",
        "terminating connection due to administrator command, server's log",
        "server closed the connection unexpectedly, failover",
        "this build does not support compression with Zstandard, autodump:compression",
        "something unheard of, by hand"
    })
    void hintsAtWhatHelps(String said, String hint) {
        assertThat(PgDumpHints.of("pg_dump: error: " + said, DATABASE)).contains(hint);
    }
}

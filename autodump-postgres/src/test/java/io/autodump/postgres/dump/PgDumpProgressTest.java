package io.autodump.postgres.dump;

import static org.assertj.core.api.Assertions.assertThat;

import io.autodump.postgres.TestDumps.RecordingProgress;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PgDumpProgressTest {
    private final RecordingProgress listener = new RecordingProgress();
    private final AtomicInteger signs = new AtomicInteger();
    private final PgDumpWarnings warnings = new PgDumpWarnings();
    private final PgDumpProgress progress = new PgDumpProgress(listener, signs::incrementAndGet, warnings::add);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pg_dump: error: reading went wrong",
                "pg_dump: warning: there are circular foreign-key constraints on this table:",
                "pg_dump: detail: Query was: LOCK TABLE public.t IN ACCESS SHARE MODE",
                "pg_dump: hint: Consider using a full dump",
                "\tThis probably means the server terminated abnormally",
                "HINT:  To disable the policy for the table's owner, use …",
                "reading schemas"
            })
    void keepsWhatIsNoProgress(String line) {
        assertThat(progress.test(line)).isFalse();
        assertThat(signs).hasValue(0);
    }

    @Test
    void keepsEachWarningOnce() {
        progress.test("pg_dump: warning: could not resolve dependency loop");
        progress.test("pg_dump: warning: subscriptions not dumped because current user is not a superuser");
        progress.test("pg_dump: warning: could not resolve dependency loop");
        progress.test("pg_dump: error: it is over");

        assertThat(warnings.all())
                .containsExactly("pg_dump: could not resolve dependency loop", "pg_dump: error: it is over");
    }

    @Test
    void tellsOfTablesWithOddNames() {
        assertThat(progress.test("pg_dump: dumping contents of table \"odd \"name\".x.täble %s\""))
                .isTrue();
        assertThat(progress.test("pg_dump: dumping contents of table \"cut off"))
                .isTrue();
        assertThat(progress.test("pg_dump: processing data for table \"public.t\""))
                .isTrue();

        assertThat(listener.tables()).containsExactly("odd \"name\".x.täble %s");
        assertThat(signs).hasValue(3);
    }
}

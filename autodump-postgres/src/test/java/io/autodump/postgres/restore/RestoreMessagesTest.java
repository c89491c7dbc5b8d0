package io.autodump.postgres.restore;

import static org.assertj.core.api.Assertions.assertThat;

import io.autodump.postgres.load.LoadListener;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RestoreMessagesTest {
    private final List<String> tables = new ArrayList<>();
    private final List<String> loaded = new ArrayList<>();
    private final RestoreMessages messages = new RestoreMessages(new LoadListener() {
        @Override
        public void begins(String table) {
            tables.add(table);
        }

        @Override
        public void loaded(String table) {
            loaded.add(table);
        }
    });

    @Test
    void hidesTheLiteralsOfAStatementThatCanHoldAPassword() {
        messages.test("pg_restore: error: could not execute query: ERROR:  role \"app\" does not exist");
        messages.test("Command was: CREATE USER MAPPING FOR app SERVER s OPTIONS (");
        messages.test("    password 'top secret',");
        messages.test("    \"user\" 'it''s me'");

        assertThat(messages.error())
                .contains("CREATE USER MAPPING FOR app SERVER s", "password '…'", "\"user\" '…'")
                .doesNotContain("secret", "it''s");
    }

    @Test
    void showsTheLiteralsOfOtherStatements() {
        messages.test("pg_restore: error: could not execute query: ERROR:  no");
        messages.test("Command was: CREATE TYPE mood AS ENUM ('ok');");

        assertThat(messages.error()).contains("'ok'");
    }

    @Test
    void namesTheEntryWhoseRowsWereRefused() {
        messages.test("pg_restore: while PROCESSING TOC:");
        messages.test("pg_restore: from TOC entry 3456; 0 16388 TABLE DATA orders me");
        assertThat(messages.refusedEntry()).isEmpty();
        messages.test("pg_restore: error: COPY failed for table \"orders\": ERROR:  customer 7 does not exist");
        messages.test("CONTEXT:  COPY orders, line 1: \"7\"");

        assertThat(messages.refusedEntry()).hasValue(3456);
    }

    @Test
    void namesNoEntryIfTheServerFailed() {
        messages.test("pg_restore: from TOC entry 3456; 0 16388 TABLE DATA orders me");
        messages.test(
                "pg_restore: error: COPY failed for table \"orders\": ERROR:  could not extend file: No space left"
                        + " on device");

        assertThat(messages.refusedEntry()).isEmpty();
    }

    @Test
    void namesTheTables() {
        assertThat(messages.test("pg_restore: processing data for table \"public.a\""))
                .isTrue();

        assertThat(tables).containsExactly("public.a");
    }

    @Test
    void namesTheTablesAlsoWhereProcessesMixedTheirLines() {
        assertThat(messages.test("pg_restore: pg_restore: processing data for table \"public.a\""))
                .isTrue();
        assertThat(messages.test("processing data for table \"public.b\"")).isTrue();
        assertThat(messages.test("launching item 7 TABLE DATA c")).isTrue();
        assertThat(messages.test("pg_restore:pg_restore:  processing data for table \"public.c\""))
                .isTrue();
        assertThat(messages.test(" processing data for table \"public.d\"")).isTrue();

        assertThat(tables).containsExactly("public.a", "public.b", "public.c", "public.d");
        assertThat(messages.error()).isEmpty();
    }

    @Test
    void tellsThatATableIsLoadedWhenTheNextEntryBegins() {
        messages.test("pg_restore: processing data for table \"public.a\"");
        messages.test("pg_restore: processing data for table \"public.b\"");
        assertThat(loaded).containsExactly("public.a");

        messages.test("pg_restore: creating INDEX \"public.i\"");
        assertThat(loaded).containsExactly("public.a", "public.b");
    }

    @Test
    void tellsInParallelThatATableIsLoadedWhenItsOwnEntryEnds() {
        messages.test("pg_restore: launching item 7 TABLE DATA a");
        messages.test("pg_restore: processing data for table \"public.a\"");
        messages.test("pg_restore: launching item 8 TABLE DATA b");
        messages.test("pg_restore: processing data for table \"public.b\"");
        assertThat(loaded).isEmpty();

        messages.test("pg_restore: finished item 8 TABLE DATA b");
        assertThat(loaded).containsExactly("public.b");
    }

    @Test
    void tellsNothingOfATableThatHasItsNameInAnotherSchemaToo() {
        messages.test("pg_restore: launching item 7 TABLE DATA a");
        messages.test("pg_restore: processing data for table \"public.a\"");
        messages.test("pg_restore: processing data for table \"other.a\"");
        messages.test("pg_restore: finished item 7 TABLE DATA a");

        assertThat(loaded).isEmpty();
    }

    @Test
    void findsAnErrorAlsoWhereProcessesMixedTheirLines() {
        assertThat(messages.test("pg_restore: pg_restore: error: COPY failed for table \"a\""))
                .isFalse();
        messages.test("DETAIL:  Key (i)=(1) already exists.");
        messages.test("finished item 7 TABLE DATA c");

        assertThat(messages.error())
                .isEqualTo("pg_restore: error: COPY failed for table \"a\" | DETAIL:  Key (i)=(1) already exists.");
    }
}

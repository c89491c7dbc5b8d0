package io.autodump.postgres.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.database.Password;
import io.autodump.core.dump.DumpSettings;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.port.DumpProgress;
import io.autodump.core.port.PreparedDump;
import io.autodump.postgres.TestDumps;
import io.autodump.testkit.postgres.TestPostgres;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PreflightIT {
    private static final Password READER_PASSWORD = Password.of("reader's own");

    private static TestPostgres server;

    @BeforeAll
    static void startServer() {
        server = TestPostgres.start();
        server.execute("postgres", "CREATE ROLE reader LOGIN PASSWORD 'reader''s own'; CREATE ROLE owner");
        server.createDatabase("payroll");
        server.execute("payroll", """
                CREATE TABLE open (a int); GRANT SELECT ON open TO reader;
                CREATE TABLE "Closed 1" (a int);
                CREATE TABLE ranges (a int) PARTITION BY RANGE (a); GRANT SELECT ON ranges TO reader;
                CREATE TABLE ranges_1 PARTITION OF ranges FOR VALUES FROM (0) TO (10);
                CREATE SEQUENCE counter;
                CREATE VIEW a_view AS SELECT * FROM open;
                CREATE MATERIALIZED VIEW stored AS SELECT * FROM open;
                CREATE SCHEMA hidden; CREATE TABLE hidden.inside (a int); GRANT SELECT ON hidden.inside TO reader;
                CREATE SCHEMA empty; REVOKE ALL ON SCHEMA empty FROM public;
                CREATE TABLE policed (a int); GRANT SELECT ON policed TO reader;
                ALTER TABLE policed ENABLE ROW LEVEL SECURITY; CREATE POLICY p ON policed USING (a > 0);
                SELECT lo_create(4711); SELECT lo_create(4712); GRANT SELECT ON LARGE OBJECT 4712 TO reader;
                """);
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @Test
    void listsAllThatCannotBeReadBeforeAByteIsDumped() {
        AutoDumpException failure = refusal(reader(), DumpSettings.defaults());

        assertThat(failure.code()).isEqualTo(ErrorCode.PRIVILEGES_MISSING);
        assertThat(failure.description())
                .isEqualTo("user \"reader\" may not read all of database \"payroll\": schema hidden (USAGE),"
                        + " table public.\"Closed 1\", table public.ranges_1, sequence public.counter,"
                        + " large object 4711, table public.policed (row-level security hides rows);"
                        + " nothing was dumped");
        assertThat(failure.hint())
                .hasValue("GRANT pg_read_all_data TO reader; GRANT SELECT ON LARGE OBJECT 4711 TO reader;"
                        + " ALTER ROLE reader BYPASSRLS (or dump as the owner of public.policed)");
    }

    @Test
    void isContentOnceItsHintIsFollowed() {
        server.execute(
                "payroll",
                "GRANT pg_read_all_data TO reader; GRANT SELECT ON LARGE OBJECT 4711 TO reader;"
                        + " ALTER ROLE reader BYPASSRLS");
        try (PreparedDump dump = TestDumps.source().prepare(reader(), DumpSettings.defaults())) {
            assertThat(dump.writeTo(OutputStream.nullOutputStream(), DumpProgress.SILENT)
                            .sourceBytes())
                    .isPositive();
        } finally {
            server.execute(
                    "payroll",
                    "REVOKE pg_read_all_data FROM reader; REVOKE SELECT ON LARGE OBJECT 4711 FROM reader;"
                            + " ALTER ROLE reader NOBYPASSRLS");
        }
    }

    /** Whatever the preflight lets pass, pg_dump itself must be able to do, and the other way round. */
    @ParameterizedTest
    @CsvSource({
        "public, policed counter, 'table public.\"Closed 1\", table public.ranges_1'",
        "public, *, 'table public.\"Closed 1\", table public.ranges_1'",
        "hidden, none, schema hidden (USAGE)",
        "empty, none, ''",
        "h*|empty, none, schema hidden (USAGE)"
    })
    void looksAtWhatTheSettingsDumpAlone(String schemas, String excluded, String missing) {
        DumpSettings settings = DumpSettings.builder()
                .schemas(List.of(schemas))
                .excludeTableData(List.of(excluded.split(" ", -1)))
                .build();

        ServerFacts facts = Preflight.inspect(reader(), settings);

        assertThat(facts.missingPrivileges().summary()).isEqualTo(missing);
        if (missing.isEmpty()) {
            try (PreparedDump dump = TestDumps.source().prepare(reader(), settings)) {
                assertThat(dump.writeTo(OutputStream.nullOutputStream(), DumpProgress.SILENT)
                                .sourceBytes())
                        .isPositive();
            }
        }
    }

    @Test
    void tellsTheOwnerOfForcedRowSecurityWhatHelps() {
        server.createDatabase("forced");
        server.execute("forced", """
                CREATE TABLE mine (a int); ALTER TABLE mine OWNER TO reader;
                ALTER TABLE mine ENABLE ROW LEVEL SECURITY; ALTER TABLE mine FORCE ROW LEVEL SECURITY""");

        AutoDumpException failure =
                refusal(server.secret("forced", "reader", READER_PASSWORD), DumpSettings.defaults());

        assertThat(failure.hint().orElseThrow()).contains("NO FORCE ROW LEVEL SECURITY for public.mine");
    }

    @Test
    void boundsTheListOfWhatCannotBeRead() {
        server.createDatabase("many");
        server.execute(
                "many",
                "DO $$ BEGIN FOR i IN 1..50 LOOP EXECUTE 'CREATE TABLE t' || i || ' (a int)'; END LOOP; END $$");

        assertThat(refusal(server.secret("many", "reader", READER_PASSWORD), DumpSettings.defaults()))
                .hasMessageContaining(" and 30 more;");
    }

    @Test
    void refusesSchemasThatAreNotThere() {
        DumpSettings settings =
                DumpSettings.builder().schemas(List.of("public", "sale?")).build();

        AutoDumpException failure = refusal(server.secret("payroll"), settings);

        assertThat(failure.code()).isEqualTo(ErrorCode.INVALID_TAGS);
        assertThat(failure).hasMessage("AD-1001: autodump:schemas: no schema matches sale?; nothing was dumped");
        assertThat(failure.hint()).hasValue("the database has these schemas: empty, hidden, public");
    }

    /** A mistyped pattern leaves nothing out, and what it was to hide is dumped. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "public.opne | no table matches public.opne, so no rows are left out for it; did you mean public.open?",
                "polcied     | no table matches polcied, so no rows are left out for it; did you mean public.policed?",
                "Closed 1    | no table matches Closed 1, so no rows are left out for it; did you mean public.\"Closed 1\"?",
                "zzzzzzzzzzz | no table matches zzzzzzzzzzz, so no rows are left out for it"
            })
    void warnsOfAPatternOfTablesThatMatchesNone(String pattern, String warning) {
        DumpSettings settings = DumpSettings.builder()
                .excludeTableData(List.of("open", pattern))
                .build();

        assertThat(Preflight.inspect(server.secret("payroll"), settings).warnings())
                .containsExactly("autodump:exclude-table-data: " + warning);
    }

    @Test
    void isContentWithPatternsThatMatch() {
        DumpSettings settings = DumpSettings.builder()
                .excludeTableData(List.of("p*.op?n", "\"Closed 1\"", "counter", "a_view"))
                .build();

        assertThat(Preflight.inspect(server.secret("payroll"), settings).warnings())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "[,        'autodump:schemas: \"[\" can''t be read as a pattern: brackets [] not balanced; nothing was dumped'",
        "public.x, 'autodump:schemas: \"public.x\" can''t be read as a pattern: a dot separates a schema from a table;'"
    })
    void refusesAPatternOfSchemasThatCannotBeRead(String pattern, String message) {
        AutoDumpException failure = refusal(
                server.secret("payroll"),
                DumpSettings.builder().addSchemas(pattern).build());

        assertThat(failure.code()).isEqualTo(ErrorCode.INVALID_TAGS);
        assertThat(failure).hasMessageContaining(message);
    }

    @Test
    void refusesAPatternOfTablesThatCannotBeRead() {
        AutoDumpException failure = refusal(
                server.secret("payroll"),
                DumpSettings.builder().addExcludeTableData("public.(").build());

        assertThat(failure.code()).isEqualTo(ErrorCode.INVALID_TAGS);
        assertThat(failure)
                .hasMessageContaining("autodump:exclude-table-data: \"public.(\" can't be read as a pattern");
    }

    /** pg_dump leaves these tables to CREATE EXTENSION: it neither locks nor reads them. */
    @Test
    void needsNoPrivilegesOnTablesOfExtensions() {
        server.createDatabase("extended");
        server.execute("extended", """
                CREATE EXTENSION postgres_fdw;
                CREATE SCHEMA inner_schema;
                CREATE TABLE inner_schema.internal AS SELECT 1 AS i;
                CREATE SEQUENCE inner_schema.counter;
                CREATE TABLE policed (i int); ALTER TABLE policed ENABLE ROW LEVEL SECURITY;
                GRANT SELECT ON policed TO reader;
                ALTER EXTENSION postgres_fdw ADD SCHEMA inner_schema;
                ALTER EXTENSION postgres_fdw ADD TABLE inner_schema.internal;
                ALTER EXTENSION postgres_fdw ADD SEQUENCE inner_schema.counter;
                ALTER EXTENSION postgres_fdw ADD TABLE policed;
                CREATE TABLE configuration (i int); ALTER EXTENSION postgres_fdw ADD TABLE configuration;
                UPDATE pg_extension SET extconfig = ARRAY['configuration'::regclass::oid], extcondition = ARRAY['']
                 WHERE extname = 'postgres_fdw'
                """);
        DatabaseSecret secret = server.secret("extended", "reader", READER_PASSWORD);

        assertThat(refusal(secret, DumpSettings.defaults()))
                .as("rows of a configuration table are dumped")
                .hasMessageContaining("may not read all of database \"extended\": table public.configuration;");

        server.execute("extended", "GRANT SELECT ON configuration TO reader");
        try (PreparedDump dump = TestDumps.source().prepare(secret, DumpSettings.defaults())) {
            assertThat(dump.writeTo(OutputStream.nullOutputStream(), DumpProgress.SILENT)
                            .sourceBytes())
                    .isPositive();
        }
    }

    @Test
    void grantsToTheRoleThatASettingOfTheUserMakesItActAs() {
        server.execute(
                "postgres",
                "CREATE ROLE acting; CREATE ROLE puppet LOGIN PASSWORD 'reader''s own' IN ROLE acting;"
                        + " ALTER ROLE puppet SET role = 'acting'; GRANT pg_read_all_data TO puppet");

        AutoDumpException failure =
                refusal(server.secret("payroll", "puppet", READER_PASSWORD), DumpSettings.defaults());

        assertThat(failure.hint().orElseThrow())
                .startsWith("GRANT pg_read_all_data TO acting;")
                .endsWith("or let puppet act as itself, not as acting: ALTER ROLE puppet RESET role");
    }

    @Test
    void knowsTheServer() {
        ServerFacts facts = Preflight.inspect(server.secret("payroll"), DumpSettings.defaults());

        assertThat(facts.serverMajor()).isEqualTo(15);
        assertThat(facts.serverVersion()).startsWith("15.");
        assertThat(facts.replica()).isFalse();
        assertThat(facts.tlsProtocol()).isEmpty();
        assertThat(facts.missingPrivileges().isNone()).isTrue();
        assertThat(facts.roles()).contains("reader");
    }

    @Test
    void namesAWrongPasswordWithoutShowingIt() {
        AutoDumpException failure =
                refusal(server.secret("payroll", "reader", Password.of("mistyped-secret")), DumpSettings.defaults());

        assertThat(failure.code()).isEqualTo(ErrorCode.AUTHENTICATION_REFUSED);
        assertThat(failure.report()).doesNotContain("mistyped-secret").contains("username and password in the secret");
    }

    @Test
    void namesAMissingDatabase() {
        AutoDumpException failure = refusal(server.secret("no such"), DumpSettings.defaults());

        assertThat(failure.code()).isEqualTo(ErrorCode.DATABASE_NOT_FOUND);
        assertThat(failure).hasMessageContaining("\"no such\"");
    }

    /** SQL_ASCII takes any bytes. */
    @Test
    void saysWhatToDoAboutARoleWhoseNameIsNotUtf8() {
        server.createDatabase("bytes", "SQL_ASCII");
        server.execute("bytes", """
                DO $$ DECLARE named text := quote_ident('ren' || convert_from('\\xe9', 'SQL_ASCII'));
                BEGIN
                    EXECUTE 'CREATE ROLE ' || named;
                    EXECUTE 'CREATE TABLE of_rene (); ALTER TABLE of_rene OWNER TO ' || named;
                END $$""");

        AutoDumpException failure = refusal(server.secret("bytes"), DumpSettings.defaults());

        assertThat(failure).hasMessageContaining("0xe9").hasMessageContaining("nothing was dumped");
        assertThat(failure.hint().orElseThrow()).contains("isn't valid UTF-8", "rename it");
    }

    @Test
    void namesADatabaseThatMayNotBeConnectedTo() {
        server.createDatabase("private");
        server.execute("postgres", "REVOKE CONNECT ON DATABASE private FROM public");

        AutoDumpException failure =
                refusal(server.secret("private", "reader", READER_PASSWORD), DumpSettings.defaults());

        assertThat(failure.code()).isEqualTo(ErrorCode.PRIVILEGES_MISSING);
        assertThat(failure.hint()).hasValue("GRANT CONNECT ON DATABASE private TO reader");
    }

    @Test
    void namesAServerThatIsNotThere() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        DatabaseSecret secret = DatabaseSecret.builder()
                .from(server.secret("payroll"))
                .port(port)
                .build();

        AutoDumpException failure = refusal(secret, DumpSettings.defaults());

        assertThat(failure.code()).isEqualTo(ErrorCode.CONNECTION_FAILED);
        assertThat(failure).hasMessageContaining(":" + port);
    }

    private static DatabaseSecret reader() {
        return server.secret("payroll", "reader", READER_PASSWORD);
    }

    private static AutoDumpException refusal(DatabaseSecret secret, DumpSettings settings) {
        return catchThrowableOfType(
                AutoDumpException.class, () -> TestDumps.source().prepare(secret, settings));
    }
}

package io.autodump.postgres.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.database.Password;
import io.autodump.core.dump.Compression;
import io.autodump.core.dump.DumpFormat;
import io.autodump.core.dump.RestoreOptions;
import io.autodump.core.dump.RestoreReport;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.error.Hints;
import io.autodump.core.port.DumpProgress;
import io.autodump.core.restore.RestoreObstacle;
import io.autodump.core.restore.RestorePlan;
import io.autodump.core.restore.SkippableKind;
import io.autodump.core.server.RequiredExtension;
import io.autodump.core.server.ServerNeeds;
import io.autodump.postgres.StockPrograms;
import io.autodump.postgres.TestDump;
import io.autodump.testkit.postgres.TestPostgres;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a target can't take is found before anything is changed. */
class RestoreLookIT {
    private static final AtomicInteger TARGETS = new AtomicInteger();
    private static final RestoreOptions PLAIN_USER =
            RestoreOptions.builder().create(true).noOwner(true).build();

    private static TestPostgres source;
    private static TestPostgres target;
    private static TestDump everything;

    private final PgRestore restorer = new PgRestore(StockPrograms.CLIENTS);

    @BeforeAll
    static void start() {
        source = TestPostgres.start();
        target = TestPostgres.start();
        target.execute("postgres", "CREATE ROLE limited LOGIN CREATEDB PASSWORD 'limited'");
        source.execute("postgres", "CREATE ROLE appowner; CREATE ROLE readers");
        source.createDatabase("everything");
        source.execute("everything", """
                CREATE TABLE a (id integer PRIMARY KEY, t text COLLATE "C");
                INSERT INTO a SELECT i, 'x' FROM generate_series(1, 10) AS g (i);
                ALTER TABLE a OWNER TO appowner;
                GRANT SELECT ON a TO readers;
                CREATE FUNCTION et() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
                CREATE EVENT TRIGGER seen ON ddl_command_end EXECUTE FUNCTION et();
                CREATE PUBLICATION every FOR ALL TABLES;
                CREATE PUBLICATION one FOR TABLE a;
                CREATE EXTENSION file_fdw;
                CREATE SERVER files FOREIGN DATA WRAPPER file_fdw;
                CREATE FOREIGN TABLE passwords (line text) SERVER files OPTIONS (filename '/etc/passwd');
                CREATE EXTENSION hstore;
                COMMENT ON EXTENSION hstore IS 'ours';
                CREATE CAST (text AS integer) WITH INOUT AS ASSIGNMENT;
                CREATE FUNCTION c_sum(integer, integer) RETURNS integer LANGUAGE internal STRICT AS 'int4pl';
                """);
        everything = TestDump.of(source, "everything", DumpFormat.CUSTOM, Compression.DEFAULT);
    }

    @AfterAll
    static void stop() {
        source.close();
        target.close();
    }

    @Test
    void namesAllThatAUserWithCreatedbAloneCannotRestore() {
        DatabaseSecret database = limited();

        RestorePlan plan = plan(everything, database, PLAIN_USER);

        assertThat(plan.createsDatabase()).isTrue();
        assertThat(plan.serverVersion()).isNotEmpty();
        assertThat(skips(plan))
                .containsExactlyInAnyOrder(
                        SkippableKind.EVENT_TRIGGERS,
                        SkippableKind.PUBLICATIONS,
                        SkippableKind.EXTENSIONS,
                        SkippableKind.FOREIGN_TABLES,
                        SkippableKind.SUPERUSER_OBJECTS);
        AutoDumpException refused = failure(() -> restore(everything, database, PLAIN_USER));
        assertThat(refused.code()).isEqualTo(ErrorCode.TARGET_UNFIT);
        assertThat(refused)
                .hasMessageContaining("event trigger seen")
                .hasMessageContaining("publication every")
                .hasMessageContaining("extension file_fdw")
                .hasMessageContaining("nothing was changed");
        assertThat(refused.hint().orElseThrow())
                .contains(Hints.SKIP + " event-triggers,extensions,foreign-tables,publications,superuser-objects");
        assertThat(failure(() -> restorer.check(everything.manifest(), database, RestoreOptions.DEFAULTS))
                        .code())
                .isEqualTo(ErrorCode.TARGET_MISSING);
    }

    @Test
    void restoresWithoutWhatIsSkippedAndNamesWhatGoesWithIt() {
        DatabaseSecret database = limited();
        RestorePlan refused = plan(everything, database, PLAIN_USER);
        RestoreOptions options =
                RestoreOptions.builder().from(PLAIN_USER).skip(skips(refused)).build();

        RestorePlan plan = plan(everything, database, options);
        RestoreReport report = restore(everything, database, options);

        assertThat(plan.isPossible()).isTrue();
        assertThat(plan.leftOut())
                .anyMatch(sentence -> sentence.startsWith("event trigger seen: left out with the kind event-triggers"))
                .anyMatch(sentence -> sentence.startsWith("server files: needs something that is left out"));
        assertThat(report.tables()).isEqualTo(everything.manifest().tables());
    }

    @Test
    void findsOwnersThatTheUserCannotSet() {
        target.execute("postgres", "CREATE ROLE appowner; CREATE ROLE readers");
        try {
            source.createDatabase("owned");
            source.execute("owned", "CREATE TABLE t (i integer); ALTER TABLE t OWNER TO appowner");
            TestDump dump = TestDump.of(source, "owned", DumpFormat.CUSTOM, Compression.DEFAULT);

            RestorePlan plan =
                    plan(dump, limited(), RestoreOptions.builder().create(true).build());

            assertThat(plan.obstacles()).anySatisfy(obstacle -> {
                assertThat(obstacle.kind()).isEqualTo("owner");
                assertThat(obstacle.name()).isEqualTo("appowner");
                assertThat(obstacle.remedy()).startsWith(Hints.NO_OWNERS).contains("GRANT appowner TO limited");
            });
            assertThat(plan(dump, limited(), PLAIN_USER).obstacles()).isEmpty();
        } finally {
            target.execute("postgres", "DROP ROLE appowner; DROP ROLE readers");
        }
    }

    @Test
    void aMemberMayNotOwnWhereItMayNotCreate() {
        target.execute("postgres", "CREATE ROLE appowner; GRANT appowner TO limited");
        try {
            source.createDatabase("member");
            source.execute("member", "CREATE TABLE t (i integer); ALTER TABLE t OWNER TO appowner");
            source.execute("member", "CREATE SCHEMA own AUTHORIZATION appowner; CREATE TABLE own.t (i integer)");
            source.execute("member", "ALTER TABLE own.t OWNER TO appowner");
            TestDump dump = TestDump.of(source, "member", DumpFormat.CUSTOM, Compression.DEFAULT);
            RestoreOptions own =
                    RestoreOptions.builder().create(true).addSchemas("own").build();

            assertThat(plan(
                                    dump,
                                    limited(),
                                    RestoreOptions.builder().create(true).build())
                            .obstacles())
                    .singleElement()
                    .satisfies(obstacle -> assertThat(obstacle.why()).contains("schema public"));
            DatabaseSecret database = limited();
            assertThat(plan(dump, database, own).obstacles()).isEmpty();
            restore(dump, database, own);
        } finally {
            target.execute("postgres", "DROP OWNED BY limited");
            dropTargets();
            target.execute("postgres", "DROP ROLE appowner");
        }
    }

    @Test
    void saysThatTheTargetHasAnotherVersionOfAnExtension() {
        TestDump dump = everything.with(builder -> builder.serverNeeds(ServerNeeds.builder()
                .addExtensions(new RequiredExtension("hstore", "0.1"))
                .build()));

        RestorePlan plan = plan(
                dump,
                database("superuser"),
                RestoreOptions.builder().create(true).noOwner(true).build());

        assertThat(plan.obstacles()).isEmpty();
        assertThat(plan.remarks()).anyMatch(remark -> remark.contains("hstore: the dump is of version 0.1"));
    }

    @Test
    void namesPoliciesAndValuesOfRolesThatAreMissing() {
        source.createDatabase("valued");
        source.execute("valued", """
                CREATE TABLE t (r regrole, rs regrole[]);
                INSERT INTO t VALUES ('appowner', '{readers,postgres}');
                CREATE POLICY p ON t TO readers USING (true);
                """);
        TestDump dump = TestDump.of(source, "valued", DumpFormat.CUSTOM, Compression.DEFAULT);
        assertThat(dump.manifest().serverNeeds().orElseThrow().rolesInRows())
                .containsExactly("appowner", "postgres", "readers");

        RestorePlan plan = plan(dump.with(builder -> builder.addRoles("appowner")), database("valued"), PLAIN_USER);

        assertThat(plan.obstacles()).extracting(RestoreObstacle::name).contains("appowner", "readers");
        assertThat(plan.obstacles())
                .allSatisfy(obstacle -> assertThat(obstacle.remedy()).contains(Hints.CREATE_ROLES));
    }

    @Test
    void findsCollationsAndTablespacesThatTheTargetLacks() {
        source.createDatabase("places");
        source.execute("places", """
                CREATE COLLATION german (provider = icu, locale = 'de-DE');
                CREATE TABLE t (a text COLLATE "en-US-x-icu", b text COLLATE german);
                """);
        TestDump dump = TestDump.of(source, "places", DumpFormat.CUSTOM, Compression.DEFAULT);
        assertThat(plan(dump, database("places"), PLAIN_USER).obstacles()).isEmpty();

        target.execute("template1", "DROP COLLATION pg_catalog.\"en-US-x-icu\"");
        target.execute("postgres", "DROP COLLATION pg_catalog.\"en-US-x-icu\"");

        assertThat(plan(dump, database("places"), PLAIN_USER).obstacles())
                .singleElement()
                .satisfies(obstacle -> assertThat(obstacle.toString()).startsWith("collation en-US-x-icu"));
    }

    @Test
    void triesCollationsAlsoWhereTransactionsAreReadOnlyByDefault() {
        source.createDatabase("collated");
        source.execute("collated", "CREATE COLLATION german (provider = icu, locale = 'de-DE')");
        TestDump dump = TestDump.of(source, "collated", DumpFormat.CUSTOM, Compression.DEFAULT);
        target.execute("postgres", "ALTER ROLE limited SET default_transaction_read_only = on");
        try {
            assertThat(plan(dump, limited(), PLAIN_USER).obstacles()).isEmpty();
        } finally {
            target.execute("postgres", "ALTER ROLE limited RESET default_transaction_read_only");
        }
    }

    /** The view's owner may not read its table as pg_restore does, without policies. */
    @Test
    void aViewThatPoliciesHinderCanBeFilledLater() {
        source.createDatabase("policed");
        source.execute("policed", """
                CREATE TABLE t AS SELECT 1 AS i;
                CREATE POLICY mine ON t USING (true);
                ALTER TABLE t ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
                CREATE MATERIALIZED VIEW m AS SELECT i FROM t;
                """);
        TestDump dump = TestDump.of(source, "policed", DumpFormat.CUSTOM, Compression.DEFAULT)
                .with(manifest -> manifest.tables(List.of()));

        AutoDumpException failed = failure(() -> restore(dump, limited(), PLAIN_USER));
        assertThat(failed.hint().orElseThrow()).startsWith(Hints.SKIP + " materialized-view-data");
        restore(
                dump,
                limited(),
                RestoreOptions.builder()
                        .from(PLAIN_USER)
                        .addSkip(SkippableKind.MATERIALIZED_VIEW_DATA)
                        .build());
    }

    private RestorePlan plan(TestDump dump, DatabaseSecret database, RestoreOptions options) {
        return restorer.plan(dump.manifest(), dump.open(), database, options);
    }

    private RestoreReport restore(TestDump dump, DatabaseSecret database, RestoreOptions options) {
        return restorer.restore(dump.manifest(), dump.open(), database, options, DumpProgress.SILENT);
    }

    private static List<SkippableKind> skips(RestorePlan plan) {
        return plan.obstacles().stream()
                .flatMap(obstacle -> obstacle.skip().stream())
                .distinct()
                .collect(Collectors.toList());
    }

    private static DatabaseSecret database(String name) {
        return target.secret(name + TARGETS.incrementAndGet());
    }

    private static DatabaseSecret limited() {
        return target.secret("limited" + TARGETS.incrementAndGet(), "limited", Password.of("limited"));
    }

    private static void dropTargets() {
        for (int i = 1; i <= TARGETS.get(); i++) {
            target.execute("postgres", "DROP DATABASE IF EXISTS limited" + i);
        }
    }

    private static AutoDumpException failure(ThrowingCallable call) {
        return catchThrowableOfType(AutoDumpException.class, call);
    }
}

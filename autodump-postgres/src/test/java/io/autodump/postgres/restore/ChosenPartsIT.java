package io.autodump.postgres.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.dump.Compression;
import io.autodump.core.dump.DumpFormat;
import io.autodump.core.dump.RestoreOptions;
import io.autodump.core.dump.RestoreReport;
import io.autodump.core.dump.TableRows;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.error.Hints;
import io.autodump.core.port.DumpProgress;
import io.autodump.core.restore.RestorePlan;
import io.autodump.core.restore.RestoredPart;
import io.autodump.core.restore.SkippableKind;
import io.autodump.postgres.StockPrograms;
import io.autodump.postgres.TestDump;
import io.autodump.testkit.postgres.TestPostgres;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Parts of a dump, by the restore's options. */
class ChosenPartsIT {
    private static final AtomicInteger TARGETS = new AtomicInteger();

    private static TestPostgres server;
    private static StockPrograms stock;
    private static TestDump dump;

    private final PgRestore restorer = new PgRestore(StockPrograms.CLIENTS);

    @BeforeAll
    static void start() {
        server = TestPostgres.start();
        stock = new StockPrograms(server);
        server.createDatabase("source");
        server.execute("source", """
                CREATE TYPE mood AS ENUM ('ok', 'bad');
                CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END';
                CREATE TABLE customer (id serial PRIMARY KEY, m mood DEFAULT 'ok');
                INSERT INTO customer SELECT FROM generate_series(1, 7);
                CREATE TABLE orders (id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
                                     customer integer REFERENCES customer (id));
                INSERT INTO orders (customer) SELECT i FROM generate_series(1, 5) AS g (i);
                CREATE INDEX by_customer ON orders (customer);
                CREATE TRIGGER touched BEFORE UPDATE ON customer FOR EACH ROW EXECUTE FUNCTION touch();
                CREATE VIEW report AS SELECT c.id, count(*) AS n FROM customer c JOIN orders o ON o.customer = c.id
                                       GROUP BY c.id;
                COMMENT ON TABLE customer IS 'people';
                CREATE SCHEMA audit;
                CREATE TABLE audit.log (day integer) PARTITION BY LIST (day);
                CREATE TABLE audit.log1 PARTITION OF audit.log FOR VALUES IN (1);
                CREATE TABLE audit.log2 PARTITION OF audit.log FOR VALUES IN (2);
                CREATE INDEX ON audit.log (day);
                INSERT INTO audit.log SELECT i % 2 + 1 FROM generate_series(1, 20) AS g (i);
                SELECT lo_create(0);
                """);
        dump = TestDump.of(server, "source", DumpFormat.CUSTOM, Compression.DEFAULT);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void aTableComesWithAllThatBelongsToItAndAllThatItNeeds() {
        DatabaseSecret target = restored(options -> options.addTables("customer"));

        String contents = stock.schemaAndData(target.database());
        assertThat(contents)
                .contains("CREATE TYPE public.mood", "CREATE TABLE public.customer", "customer_pkey", "touched")
                .contains("COMMENT ON TABLE public.customer", "nextval('public.customer_id_seq'", "setval(")
                .doesNotContain("public.orders", "audit", "report");
    }

    @Test
    void aForeignKeyToATableThatIsNotChosenIsNamed() {
        RestoreOptions options =
                RestoreOptions.builder().create(true).addTables("orders").build();
        RestorePlan plan = plan(options, newTarget());
        DatabaseSecret target = newTarget();
        RestoreReport report = restore(options, target);

        assertThat(plan.leftOut())
                .containsExactly("foreign key public.orders orders_customer_fkey: refers to what isn't chosen");
        assertThat(report.tables()).containsExactly(new TableRows("public", "orders", 5));
        assertThat(report.notCompared()).extracting(TableRows::table).containsExactlyInAnyOrder("customer", "log");
    }

    @Test
    void aTableThatIsExcludedTakesItsDependentsAlong() {
        RestoreOptions options = RestoreOptions.builder()
                .create(true)
                .addExcludeTables("customer")
                .build();
        RestorePlan plan = plan(options, newTarget());
        DatabaseSecret target = newTarget();
        restore(options, target);

        assertThat(plan.leftOut())
                .contains(
                        "table public.customer: left out by the pattern customer",
                        "view public.report: needs something that is left out",
                        "foreign key public.orders orders_customer_fkey: needs something that is left out")
                .noneMatch(sentence -> sentence.contains("customer_pkey"));
        assertThat(stock.schemaAndData(target.database()))
                .contains("CREATE TABLE public.orders", "by_customer")
                .doesNotContain("CREATE TABLE public.customer", "report");
    }

    @Test
    void aSchemaComesAlone() {
        DatabaseSecret target = restored(options -> options.addSchemas("audit"));

        assertThat(stock.schemaAndData(target.database()))
                .contains("CREATE SCHEMA audit", "ATTACH PARTITION audit.log1")
                .doesNotContain("customer");
    }

    @Test
    void aPartitionIsATableOfItsOwnAndAPartitionedTableHasItsPartitions() {
        assertThat(stock.schemaAndData(
                        restored(options -> options.addTables("audit.log1")).database()))
                .contains("CREATE TABLE audit.log1")
                .doesNotContain("ATTACH", "log2");
        assertThat(stock.schemaAndData(
                        restored(options -> options.addTables("audit.log")).database()))
                .contains("ATTACH PARTITION audit.log1", "ATTACH PARTITION audit.log2");
    }

    @Test
    void definitionsFirstAndRowsLater() {
        DatabaseSecret target = restored(options -> options.part(RestoredPart.SCHEMA));
        assertThat(stock.schemaAndData(target.database()))
                .contains("CREATE TABLE public.orders")
                .doesNotContain("\n7\tok");
        server.execute(target.database(), "ALTER TABLE orders DROP CONSTRAINT orders_customer_fkey");

        RestoreOptions rows = RestoreOptions.builder()
                .part(RestoredPart.DATA)
                .addTables("customer")
                .addTables("orders")
                .build();
        RestoreReport report = restore(rows, target);

        assertThat(report.tables())
                .contains(new TableRows("public", "customer", 7), new TableRows("public", "orders", 5));
        assertThat(report.notCompared()).extracting(TableRows::table).containsExactly("log");
    }

    /** To drop the database would leave the rows without tables. */
    @Test
    void rowsThatFailAreRestoredAgainIntoEmptyTables() {
        DatabaseSecret target = restored(options -> options.part(RestoredPart.ALL));

        AutoDumpException refused = failure(() -> restore(
                RestoreOptions.builder()
                        .part(RestoredPart.DATA)
                        .addTables("customer")
                        .build(),
                target));

        assertThat(refused).hasMessageContaining("is incomplete");
        assertThat(refused.hint()).hasValue("empty the tables (TRUNCATE), and run the same restore again");
    }

    @Test
    void largeObjectsThatAreThereAlreadyAreLeftOutOrRemoved() {
        DatabaseSecret target = restored(options -> options.part(RestoredPart.ALL));
        server.execute(target.database(), "TRUNCATE customer, orders, audit.log");

        AutoDumpException refused = failure(
                () -> restore(RestoreOptions.builder().part(RestoredPart.DATA).build(), target));

        assertThat(refused.hint().orElseThrow())
                .startsWith(Hints.SKIP + " large-objects; or remove")
                .contains("lo_unlink", "TRUNCATE")
                .doesNotContain(Hints.CREATE_TARGET, Hints.CLEAN_TARGET);
    }

    @Test
    void rowsForATableThatIsNotThereAreRefused() {
        DatabaseSecret target = newTarget();
        server.createDatabase(target.database());

        AutoDumpException refused = failure(
                () -> restore(RestoreOptions.builder().part(RestoredPart.DATA).build(), target));

        assertThat(refused.code()).isEqualTo(ErrorCode.TARGET_UNFIT);
        assertThat(refused).hasMessageContaining("table \"audit\".\"log1\"");
        assertThat(refused.hint().orElseThrow()).isEqualTo(Hints.SCHEMA_FIRST);
    }

    @Test
    void kindsAreSkipped() {
        DatabaseSecret target = restored(options -> options.addSkip(
                SkippableKind.TRIGGERS, SkippableKind.INDEXES, SkippableKind.COMMENTS, SkippableKind.FOREIGN_KEYS));

        assertThat(stock.schemaAndData(target.database()))
                .contains("CREATE TABLE public.orders", "customer_pkey")
                .doesNotContain("CREATE TRIGGER", "CREATE INDEX", "COMMENT ON TABLE", "FOREIGN KEY");
    }

    @Test
    void aPatternThatMatchesNothingIsAMistake() {
        RestoreOptions options = RestoreOptions.builder()
                .create(true)
                .addTables("public.custommer")
                .build();
        AutoDumpException refused = failure(() -> plan(options, newTarget()));

        assertThat(refused.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT);
        assertThat(refused).hasMessageContaining("did you mean public.customer?");
    }

    @Test
    void aScriptHasNoPartsToChoose() {
        TestDump script = TestDump.of(server, "source", DumpFormat.PLAIN, Compression.DEFAULT);
        RestoreOptions options =
                RestoreOptions.builder().create(true).addTables("customer").build();

        AutoDumpException refused = failure(() -> restorer.check(script.manifest(), newTarget(), options));

        assertThat(refused.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT);
        assertThat(refused).hasMessageContaining("contents list");
    }

    @Test
    void aTargetIsDroppedAndMadeAnewAndBelongsToTheRole() {
        server.execute("postgres", "CREATE ROLE keeper");
        DatabaseSecret target = newTarget();
        server.createDatabase(target.database());
        server.execute(target.database(), "CREATE TABLE old AS SELECT 1 AS i");
        RestoreOptions options = RestoreOptions.builder()
                .clean(true)
                .noOwner(true)
                .role("keeper")
                .build();

        RestorePlan plan = plan(options, target);
        restore(options, target);

        assertThat(plan.dropsDatabase()).isTrue();
        assertThat(stock.schemaAndData(target.database()))
                .contains("ALTER TABLE public.customer OWNER TO keeper")
                .doesNotContain("CREATE TABLE public.old");
    }

    @Test
    void saysThatARoleOrANameIsTheWrongOne() {
        DatabaseSecret target = newTarget();
        RestoreOptions asNobody =
                RestoreOptions.builder().create(true).role("nobody").build();
        AutoDumpException noRole = failure(() -> plan(asNobody, target));
        assertThat(noRole.hint().orElseThrow()).startsWith("name a role that the server has");

        server.createDatabase(target.database());
        server.execute(target.database(), "CREATE TABLE old AS SELECT 1 AS i");
        AutoDumpException full =
                failure(() -> plan(RestoreOptions.builder().create(true).build(), target));
        assertThat(full.hint().orElseThrow()).startsWith("name a database that doesn't exist yet; or ");
    }

    private DatabaseSecret restored(UnaryOperator<RestoreOptions.Builder> choice) {
        DatabaseSecret target = newTarget();
        restore(choice.apply(RestoreOptions.builder().create(true)).build(), target);
        return target;
    }

    private RestorePlan plan(RestoreOptions options, DatabaseSecret target) {
        return restorer.plan(dump.manifest(), dump.open(), target, options);
    }

    private RestoreReport restore(RestoreOptions options, DatabaseSecret target) {
        return restorer.restore(dump.manifest(), dump.open(), target, options, DumpProgress.SILENT);
    }

    private static DatabaseSecret newTarget() {
        return server.secret("part" + TARGETS.incrementAndGet());
    }

    private static AutoDumpException failure(ThrowingCallable call) {
        return catchThrowableOfType(AutoDumpException.class, call);
    }
}

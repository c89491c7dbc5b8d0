package io.autodump.postgres.restore;

import static org.assertj.core.api.Assertions.assertThat;

import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.dump.Compression;
import io.autodump.core.dump.DumpFormat;
import io.autodump.core.dump.RestoreOptions;
import io.autodump.core.port.DumpProgress;
import io.autodump.core.restore.SkippableKind;
import io.autodump.postgres.StockPrograms;
import io.autodump.postgres.TestDump;
import io.autodump.testkit.postgres.TestPostgres;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Chosen tables with exclusion constraints: an archive doesn't say what these need. */
class ExclusionConstraintIT {
    private static TestPostgres server;
    private static StockPrograms stock;
    private static TestDump dump;

    @BeforeAll
    static void start() {
        server = TestPostgres.start();
        stock = new StockPrograms(server);
        server.createDatabase("source");
        server.execute("source", """
                CREATE EXTENSION btree_gist;
                CREATE TABLE booking (room integer, during int4range,
                                      EXCLUDE USING gist (room WITH =, during WITH &&));
                CREATE SCHEMA "Lib";
                CREATE FUNCTION "Lib".bucket(integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT $1 / 10';
                CREATE TABLE grouped (n integer, EXCLUDE USING btree ("Lib".bucket(n) WITH =));
                CREATE FUNCTION "Lib".same(integer, integer) RETURNS boolean LANGUAGE sql IMMUTABLE
                    AS 'SELECT $1 = $2';
                CREATE OPERATOR "Lib".=== (FUNCTION = "Lib".same, LEFTARG = integer, RIGHTARG = integer,
                                           COMMUTATOR = OPERATOR("Lib".===));
                CREATE OPERATOR CLASS "Lib".ops FOR TYPE integer USING hash
                    AS OPERATOR 1 "Lib".===, FUNCTION 1 hashint4(integer);
                CREATE TABLE own (n integer, EXCLUDE USING hash (n "Lib".ops WITH OPERATOR("Lib".===)));
                CREATE FUNCTION "Lib".other() RETURNS integer LANGUAGE sql AS 'SELECT 1';
                CREATE TABLE plain (n integer PRIMARY KEY);
                """);
        dump = TestDump.of(server, "source", DumpFormat.CUSTOM, Compression.DEFAULT);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({"booking, EXCLUDE USING gist (room", "grouped, '(\"Lib\".bucket(n)'", "own, '(n \"Lib\".ops '"})
    void aTableComesWithWhatItsConstraintNeeds(String table, String constraint) {
        DatabaseSecret target = restored("with_" + table, options -> options.addTables(table));

        assertThat(stock.schemaAndData(target.database()))
                .contains("CREATE TABLE public." + table, constraint)
                .doesNotContain("\"Lib\".other");
    }

    @Test
    void aSchemaComesWithWhatItsConstraintsNeed() {
        DatabaseSecret target = restored("one_schema", options -> options.addSchemas("public"));

        assertThat(stock.schemaAndData(target.database()))
                .contains("EXCLUDE USING gist", "EXCLUDE USING btree", "EXCLUDE USING hash")
                .doesNotContain("\"Lib\".other");
    }

    @Test
    void aTableWithoutSuchAConstraintComesWithoutExtensions() {
        DatabaseSecret target = restored("with_plain", options -> options.addTables("plain"));

        assertThat(stock.schemaAndData(target.database()))
                .contains("CREATE TABLE public.plain")
                .doesNotContain("btree_gist", "Lib");
    }

    /** Which extension a constraint needs isn't known: none is left out because of one that is skipped. */
    @Test
    void aConstraintStaysWhereExtensionsAreSkipped() {
        DatabaseSecret target = restored(
                "without_extension", options -> options.addTables("own").addSkip(SkippableKind.EXTENSIONS));

        assertThat(stock.schemaAndData(target.database()))
                .contains("EXCLUDE USING hash")
                .doesNotContain("btree_gist");
    }

    private static DatabaseSecret restored(String database, UnaryOperator<RestoreOptions.Builder> choice) {
        DatabaseSecret target = server.secret(database);
        RestoreOptions options =
                choice.apply(RestoreOptions.builder().create(true)).build();
        new PgRestore(StockPrograms.CLIENTS)
                .restore(dump.manifest(), dump.open(), target, options, DumpProgress.SILENT);
        return target;
    }
}

package io.autodump.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autodump.core.AutoDump;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.dump.DumpSettings;
import io.autodump.core.dump.RestoreOptions;
import io.autodump.core.dump.TableRows;
import io.autodump.core.dump.VerifyMode;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.port.DumpProgress;
import io.autodump.testkit.postgres.TestPostgres;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The owner of a database gives it operators and functions with the names of the catalog's, and a search path that
 * finds them first. They would run with the rights of the user who dumps or restores.
 */
class CatalogNamesIT {
    private static final String DATABASE = "impostor";

    private static final String RAISE = "AS $$BEGIN ASSERT false; END$$";

    /** Each takes the place of one of the catalog's, by its name and the types of its arguments. */
    private static final String IMPOSTORS = """
            DO $do$
            DECLARE o record;
            BEGIN
              FOR o IN SELECT oprname AS name, oprleft::regtype AS l, oprright::regtype AS r, oprresult::regtype AS result,
                              pg_catalog.row_number() OVER () AS number
                         FROM pg_operator
                        WHERE oprkind = 'b' AND oprresult <> 0 AND oprname IN ('=', '<>', '~', '!~', '>', '<', '>=', '<=',
                              '||', '~~', '+', '-', '*', '/', '&&', '->>')
                          AND oprleft::regtype::text IN ('oid', 'text', 'name', '"char"', 'integer', 'bigint', 'boolean',
                              'smallint', 'anyarray', 'anycompatiblearray', 'numeric', 'double precision') LOOP
                EXECUTE format('CREATE FUNCTION public.f%s(%s, %s) RETURNS %s LANGUAGE plpgsql {raise}', o.number, o.l,
                    o.r, o.result);
                EXECUTE format('CREATE OPERATOR public.%s (LEFTARG = %s, RIGHTARG = %s, FUNCTION = public.f%s)', o.name,
                    o.l, o.r, o.number);
              END LOOP;
              FOR o IN SELECT p.proname AS name, pg_get_function_identity_arguments(p.oid) AS arguments,
                              CASE WHEN p.proretset THEN 'SETOF ' ELSE '' END || p.prorettype::regtype AS result
                         FROM pg_proc p
                        WHERE p.pronamespace = 'pg_catalog'::regnamespace AND p.prokind = 'f' AND p.provariadic = 0
                          AND p.proallargtypes IS NULL AND p.prorettype::regtype::text NOT LIKE 'any%'
                          AND p.proname IN ('current_setting', 'pg_backend_pid', 'current_schemas', 'set_config', 'format',
                              'quote_ident', 'has_table_privilege', 'pg_database_size', 'pg_is_in_recovery', 'version',
                              'pg_relation_size', 'pg_get_userbyid', 'split_part', 'pg_has_role', 'clock_timestamp',
                              'current_database', 'pg_encoding_to_char', 'pg_terminate_backend', 'pg_export_snapshot',
                              'starts_with', 'replace', 'lower', 'length', 'has_database_privilege') LOOP
                EXECUTE format('CREATE FUNCTION public.%I(%s) RETURNS %s LANGUAGE plpgsql {raise}', o.name, o.arguments,
                    o.result);
              END LOOP;
            END $do$;
            ALTER DATABASE impostor SET search_path = public, pg_catalog""".replace("{raise}", RAISE);

    /** Its table has a page for each row, and so is read in several sessions. */
    private static final String TABLES = """
            CREATE SCHEMA other;
            CREATE TABLE large (id int, note text) WITH (fillfactor = 10);
            INSERT INTO large SELECT i, repeat(md5(i::text), 23) FROM generate_series(1, 12000) i;
            CREATE TABLE left_out AS SELECT generate_series(1, 10) AS id;
            CREATE TABLE other.left_out AS SELECT generate_series(1, 20) AS id""";

    private static TestPostgres server;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() {
        server = TestPostgres.start();
        server.createDatabase(DATABASE);
        server.execute(DATABASE, TABLES);
        server.execute(DATABASE, IMPOSTORS);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private AutoDump autoDump() {
        return SqlSinkIT.autoDump(server, folder);
    }

    @Test
    void aDumpAndARestoreRunNothingOfTheDatabase() {
        DumpManifest manifest = dump(2);
        assertThat(manifest.parts().data()).isNotEmpty();
        assertThat(manifest.warnings()).isEmpty();

        autoDump()
                .restore(
                        manifest.key(),
                        server.secret("restored"),
                        RestoreOptions.builder()
                                .create(true)
                                .jobs(2)
                                .countRows(true)
                                .build(),
                        DumpProgress.SILENT);

        assertThat(autoDump().check("impostor", server.secret("restored"), DumpSettings.defaults()))
                .isNotEmpty();
    }

    /** The pattern has no schema, and so means the table that the database's search path finds. */
    @Test
    void aPatternMeansTheTableThatTheSearchPathFinds() {
        assertThat(dump(1).tables())
                .contains(new TableRows("other", "left_out", 20))
                .noneMatch(
                        rows -> rows.schema().equals("public") && rows.table().equals("left_out"));
    }

    @Test
    void aLookAtATargetRunsNothingOfIt() {
        DumpManifest manifest = dump(1);
        assertThatThrownBy(() -> autoDump()
                        .planRestore(
                                manifest.key(),
                                server.secret(DATABASE),
                                RestoreOptions.builder().build()))
                .isInstanceOfSatisfying(
                        AutoDumpException.class,
                        refused -> assertThat(refused.code()).isEqualTo(ErrorCode.TARGET_NOT_EMPTY));
    }

    private DumpManifest dump(int jobs) {
        return autoDump()
                .dump(
                        "impostor-" + jobs,
                        server.secret(DATABASE),
                        DumpSettings.builder()
                                .jobs(jobs)
                                .verify(VerifyMode.RESTORE)
                                .addExcludeTableData("left_out")
                                .build())
                .manifest();
    }
}

package io.autodump.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.autodump.core.AutoDump;
import io.autodump.core.dump.DumpFormat;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.dump.DumpSettings;
import io.autodump.core.dump.RestoreOptions;
import io.autodump.core.port.DumpProgress;
import io.autodump.core.server.RequiredExtension;
import io.autodump.core.testing.InMemoryDumpStore;
import io.autodump.testkit.postgres.TestPostgres;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A dump of some schemas holds the extensions that they need, or it wouldn't restore. */
@Timeout(120)
final class ExtensionsOfSchemasIT {
    private static TestPostgres server;

    @BeforeAll
    static void startServer() {
        server = TestPostgres.start();
        server.createDatabase("source");
        server.execute("source", """
                CREATE SCHEMA app; CREATE SCHEMA other; CREATE SCHEMA kit;
                CREATE EXTENSION hstore; CREATE EXTENSION cube; CREATE EXTENSION earthdistance; CREATE EXTENSION pg_trgm;
                CREATE EXTENSION "uuid-ossp" SCHEMA app; CREATE EXTENSION citext SCHEMA other; CREATE EXTENSION isn SCHEMA kit;
                CREATE TABLE app.arrays AS SELECT ARRAY['a=>1'::hstore] AS h;
                CREATE TABLE app.places (p earth, id uuid DEFAULT app.uuid_generate_v4());
                CREATE TABLE public.words (w text); CREATE INDEX ON public.words USING gin (w gin_trgm_ops);
                CREATE TABLE other.names (n other.citext);
                """);
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @ParameterizedTest
    @EnumSource
    void areDumpedAndRestored(DumpFormat format) {
        AutoDump autoDump = AutoDump.builder()
                .engine(PostgresEngine.create())
                .dumpStore(new InMemoryDumpStore())
                .build();
        DumpSettings settings =
                DumpSettings.builder().format(format).addSchemas("app").build();
        RestoreOptions create = RestoreOptions.builder().create(true).build();

        DumpManifest manifest =
                autoDump.dump("source", server.secret("source"), settings).manifest();
        autoDump.restore(manifest.key(), server.secret("copy_" + format), create, DumpProgress.SILENT);

        assertThat(manifest.serverNeeds().orElseThrow().extensions())
                .extracting(RequiredExtension::name)
                .containsExactly("cube", "earthdistance", "hstore", "uuid-ossp");
    }
}

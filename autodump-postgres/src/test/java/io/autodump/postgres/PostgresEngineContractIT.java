package io.autodump.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.database.Password;
import io.autodump.core.port.DatabaseEngine;
import io.autodump.testkit.EngineContract;
import io.autodump.testkit.postgres.TestPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The short form has a few things in its database; what is hard to dump goes there and back in {@link RoundTripIT}. */
class PostgresEngineContractIT extends EngineContract {
    private static final String FEW_THINGS = """
            CREATE TYPE mood AS ENUM ('sad', 'it''s ok');
            CREATE TABLE "odd ""table" (id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY, mood mood, text text);
            INSERT INTO "odd ""table" (mood, text) SELECT 'sad', md5(i::text) FROM generate_series(1, 20000) i;
            CREATE TABLE lines (id integer REFERENCES "odd ""table", body bytea DEFAULT '\\x00');
            INSERT INTO lines SELECT i FROM generate_series(1, 1000) i;
            CREATE INDEX ON lines (length(body));
            CREATE VIEW few AS SELECT * FROM lines WHERE id < 5;
            CREATE MATERIALIZED VIEW fewer AS SELECT * FROM few;
            CREATE FUNCTION one() RETURNS integer LANGUAGE sql AS 'SELECT 1';
            SELECT lo_from_bytea(4711, 'large');
            COMMENT ON TABLE lines IS 'äöü';
            """;

    private static final AtomicInteger NAMES = new AtomicInteger();

    private static TestPostgres server;
    private static StockPrograms stock;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() throws IOException {
        server = TestPostgres.start();
        stock = new StockPrograms(server);
        server.createDatabase("empty");
        server.createDatabase("filled");
        server.execute("filled", TestForm.FULL ? hardToDump() : FEW_THINGS);
    }

    private static String hardToDump() throws IOException {
        try (InputStream sql = TestPostgres.class.getResourceAsStream("nasty.sql")) {
            return new String(sql.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Override
    protected DatabaseEngine engine() {
        return PostgresEngine.create();
    }

    @Override
    protected DatabaseEngine failingAtItsEnd() {
        return withPgDump("failing", "\"$REAL\" \"$@\"; echo 'pg_dump: error: ran out' >&2; exit 1");
    }

    @Override
    protected DatabaseEngine hanging() {
        return withPgDump("hanging", "\"$REAL\" \"$@\"; sleep 600");
    }

    private DatabaseEngine withPgDump(String name, String script) {
        try {
            Path bin = Files.createDirectory(folder.resolve(name));
            TestDumps.withPgDump(bin, script);
            return PostgresEngine.builder().clientFolders(List.of(bin)).build();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    protected DatabaseSecret filledDatabase() {
        return server.secret("filled");
    }

    @Override
    protected DatabaseSecret emptyDatabase() {
        return server.secret("empty");
    }

    @Override
    protected DatabaseSecret newDatabase() {
        return server.secret("new " + NAMES.incrementAndGet());
    }

    @Override
    protected DatabaseSecret scratchServer() {
        return server.secret("postgres");
    }

    @Override
    protected DatabaseSecret unreachable() {
        return DatabaseSecret.builder()
                .from(server.secret("filled"))
                .port(portOfNoServer())
                .build();
    }

    private static int portOfNoServer() {
        try (ServerSocket closedAtOnce = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return closedAtOnce.getLocalPort();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    protected Optional<DatabaseSecret> withWrongPassword() {
        return Optional.of(server.secret("filled", TestPostgres.SUPERUSER, Password.of("falsches-geheimnis")));
    }

    @Override
    protected String contents(DatabaseSecret database) {
        return stock.schemaAndData(database.database());
    }

    @Test
    void listsDatabasesWithoutTemplatesAndThoseOfProviders() {
        server.createDatabase("rdsadmin");
        try {
            assertThat(engine().databases(server.secret("postgres")))
                    .contains("empty", "filled")
                    .doesNotContain("postgres", "template0", "template1", "rdsadmin");
        } finally {
            server.execute("postgres", "DROP DATABASE rdsadmin");
        }
    }
}

package io.autodump.postgres.part;

import static org.assertj.core.api.Assertions.assertThat;

import io.autodump.core.dump.DumpManifest;
import io.autodump.core.dump.DumpSettings;
import io.autodump.core.dump.RestoreOptions;
import io.autodump.core.port.DumpProgress;
import io.autodump.core.port.PreparedDump;
import io.autodump.postgres.StockPrograms;
import io.autodump.postgres.dump.PgDumpSource;
import io.autodump.postgres.restore.PgRestore;
import io.autodump.testkit.postgres.TestPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Tables that are hard to cut into parts come back row by row, from AutoDump and from PostgreSQL's own programs. */
@Timeout(600)
final class HardTablesIT {
    private static final String HARD = "hard";

    /** The names of all that stores rows, and the columns of each in the order of their names. */
    private static final String RELATIONS = """
            SELECT format('%I.%I', n.nspname, c.relname),
                   (SELECT coalesce(string_agg(format('r.%I', a.attname), ', ' ORDER BY a.attname), '')
                      FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped)
              FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
             WHERE c.relkind IN ('r', 'm') AND c.relispopulated AND n.nspname <> 'information_schema'
               AND n.nspname !~ '^pg_'""";

    private static TestPostgres server;
    private static StockPrograms stock;
    private static Map<String, String> rows;

    @BeforeAll
    static void start() throws IOException {
        server = TestPostgres.start();
        stock = new StockPrograms(server);
        server.createDatabase(HARD);
        try (InputStream sql = HardTablesIT.class.getResourceAsStream("hard.sql")) {
            assertThat(sql).isNotNull();
            server.execute(HARD, new String(sql.readAllBytes(), StandardCharsets.UTF_8));
        }
        rows = rows(HARD);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** Four sessions, and parts of 256 KiB: the largest tables are cut, and the others are in the archive. */
    @Test
    void comesBackFromFourSessions(@TempDir Path folder) {
        comesBack(4, 256 * 1024, folder);
    }

    /** Nearly every table that can be is cut, into parts of a few pages. */
    @EnabledIfSystemProperty(named = "autodump.test.full", matches = "true", disabledReason = "make test-all runs it")
    @Test
    void comesBackFromPartsOfAFewPages(@TempDir Path folder) {
        comesBack(32, 32 * 1024, folder);
    }

    private static void comesBack(int jobs, long leastPart, Path folder) {
        DumpSettings settings = DumpSettings.builder().jobs(jobs).build();
        server.dropDatabase("restored");
        server.dropDatabase("by stock");
        Dumped dumped = dump(HARD, settings, leastPart);
        assertThat(dumped.manifest().parts().data()).hasSizeGreaterThan(jobs);

        restore(dumped, "restored");
        byStockPrograms(dumped, "by stock", folder);

        assertThat(rows("restored")).isEqualTo(rows);
        assertThat(rows("by stock")).isEqualTo(rows);
        List<String> definitions = definitions(HARD);
        assertThat(definitions("restored")).isEqualTo(definitions);
        assertThat(definitions("by stock")).isEqualTo(definitions);
    }

    @Test
    void leavesOutWhatTheTagsLeaveOut(@TempDir Path folder) {
        DumpSettings settings = DumpSettings.builder()
                .jobs(4)
                .addSchemas("public")
                .addExcludeTableData("ev*_a_*", "public.dog", "toasted")
                .build();
        Dumped dumped = dump(HARD, settings, 256 * 1024);
        assertThat(dumped.manifest().parts().data().stream()
                        .map(part -> part.table().orElseThrow()))
                .isNotEmpty()
                .allMatch(table -> table.startsWith("\"public\"."))
                .noneMatch(table -> table.contains("event_new_a_")
                        || table.equals("\"public\".\"dog\"")
                        || table.equals("\"public\".\"toasted\""));

        restore(dumped, "chosen");
        byStockPrograms(dumped, "chosen by stock", folder);

        Map<String, String> source = new TreeMap<>(rows);
        source.keySet().removeIf(table -> !table.startsWith("public."));
        for (String table : List.of("event_new_a_0", "event_new_a_1", "dog", "toasted")) {
            source.put("public." + table, "");
        }
        source.keySet().removeAll(List.of("public.sums", "public.of_sums"));
        assertThat(rows("chosen")).containsAllEntriesOf(source);
        assertThat(rows("chosen by stock")).isEqualTo(rows("chosen"));
    }

    @EnabledIfSystemProperty(named = "autodump.test.full", matches = "true", disabledReason = "make test-all runs it")
    @Test
    void cutsWhatCanBeCut() {
        Dumped dumped = dump(HARD, DumpSettings.builder().jobs(32).build(), 8 * 1024);

        assertThat(dumped.manifest().parts().data().stream()
                        .map(part -> part.table().orElseThrow())
                        .distinct())
                .contains(
                        "\"public\".\"event_old\"",
                        "\"Da.ta*?\".\"mixed_here\"",
                        "\"public\".\"animal\"",
                        "\"public\".\"dog\"",
                        "\"order\".\"table\"",
                        "\"Da.ta*?\".\"a.b*c?d$e|f(g)[h]{2}^\"\"j\"\" +\"",
                        "\"public\".\"types\"",
                        "\"public\".\"toasted\"",
                        "\"public\".\"holes\"",
                        "\"public\".\"emptied\"",
                        "\"public\".\"unlogged\"",
                        "\"public\".\"hen\"")
                .doesNotContain("\"public\".\"no_columns\"", "\"public\".\"lost_columns\"");
        assertThat(dumped.manifest().parts().data())
                .filteredOn(part -> part.table().orElseThrow().equals("\"public\".\"emptied\""))
                .isNotEmpty()
                .allSatisfy(part -> assertThat(part.rows()).isZero());
    }

    /** Each row is read into memory as a whole, twice as long as in its table. */
    @EnabledIfSystemProperty(named = "autodump.test.full", matches = "true", disabledReason = "make test-all runs it")
    @Test
    void leavesVeryWideRowsToPgDump() {
        server.createDatabase("wide");
        server.execute(
                "wide",
                "CREATE TABLE wide (id integer, body bytea); ALTER TABLE wide ALTER body SET STORAGE EXTERNAL;"
                        + "INSERT INTO wide SELECT i, decode(repeat(md5(i::text), 3276800), 'hex') FROM generate_series(1, 6) i;"
                        + "CREATE TABLE narrow AS SELECT i, md5(i::text) FROM generate_series(1, 90000) i");
        Dumped dumped = dump("wide", DumpSettings.builder().jobs(4).build(), 1024 * 1024);
        assertThat(dumped.manifest().parts().data().stream()
                        .map(part -> part.table().orElseThrow()))
                .isNotEmpty()
                .containsOnly("\"public\".\"narrow\"");

        restore(dumped, "wide again");

        assertThat(rows("wide again")).isEqualTo(rows("wide"));
    }

    private record Dumped(DumpManifest manifest, MemoryParts parts) {}

    private static Dumped dump(String database, DumpSettings settings, long leastPart) {
        MemoryParts parts = new MemoryParts();
        PgDumpSource source = PgDumpSource.builder().leastPart(leastPart).build();
        try (PreparedDump dump = source.prepare(server.secret(database), settings)) {
            assertThat(dump.jobs()).isEqualTo(settings.jobs().orElseThrow());
            return new Dumped(
                    MemoryParts.manifest(dump.writeParts(parts, DumpProgress.SILENT), dump.fileType(), settings),
                    parts);
        }
    }

    private static void restore(Dumped dumped, String database) {
        RestoreOptions options = RestoreOptions.builder().create(true).jobs(4).build();
        new PgRestore(StockPrograms.CLIENTS)
                .restore(dumped.manifest(), dumped.parts(), server.secret(database), options, DumpProgress.SILENT);
    }

    private static void byStockPrograms(Dumped dumped, String database, Path folder) {
        server.createDatabase(database);
        if (!dumped.manifest().settings().schemas().isEmpty()) {
            server.execute(database, "DROP SCHEMA public");
        }
        dumped.parts().writeTo(folder);
        Path script = folder.resolve("restore.sh");
        try {
            Files.write(script, dumped.manifest().parts().restoreCommands());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        stock.output(database, "sh", "-ec", "cd '" + folder + "'; . ./restore.sh");
    }

    /**
     * A checksum of the rows of each table; empty without rows. Their order doesn't count, and neither does that of the
     * columns, which pg_dump changes in tables that inherit some.
     */
    private static Map<String, String> rows(String database) {
        Map<String, String> rows = new TreeMap<>();
        try (Connection connection = server.connection(database);
                Statement statement = connection.createStatement()) {
            statement.execute("SET search_path = ''");
            for (Map.Entry<String, String> relation :
                    answers(statement, RELATIONS).entrySet()) {
                String query = "SELECT 'rows', CASE WHEN count(*) = 0 THEN '' ELSE count(*) || ' ' ||"
                        + " md5(string_agg(one, '' ORDER BY one)) END FROM (SELECT md5(ROW(" + relation.getValue()
                        + ")::text) AS one FROM ONLY " + relation.getKey() + " r) all_rows";
                rows.put(relation.getKey(), answers(statement, query).getOrDefault("rows", ""));
            }
            return rows;
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static Map<String, String> answers(Statement statement, String query) throws SQLException {
        Map<String, String> answers = new TreeMap<>();
        try (ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                answers.put(rows.getString(1), rows.getString(2));
            }
        }
        return answers;
    }

    private static List<String> definitions(String database) {
        return new String(stock.dump(database, "--schema-only"), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.startsWith("\\restrict ") && !line.startsWith("\\unrestrict "))
                .sorted()
                .toList();
    }
}

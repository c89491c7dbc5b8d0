package io.autodump.cli.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.autodump.cli.command.CommandLineRun.Result;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.testing.FakeDatabaseEngine;
import io.autodump.core.testing.FakeDumpSource;
import io.autodump.core.wire.DumpManifestJson;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MonitoringCommandsTest {
    private static final String DAILY =
            "{\"autodump:start-schedule\": \"0 7 - - -\"," + " \"autodump:retention\": \"last=2\"}";
    private static final String KEY = "orders/shop/2026/11/22/shop-2026-11-22T08-00-00Z.dump.zst";

    private final Path folder;
    private final CommandLineRun autodump;
    private final CommandLineRun failing;

    MonitoringCommandsTest(@TempDir Path folder) throws IOException {
        this.folder = folder;
        this.autodump = new CommandLineRun(
                        folder, new FakeDatabaseEngine(FakeDumpSource.printing("rows".getBytes(UTF_8)), "postgres"))
                .secret("orders", DAILY);
        this.failing = new CommandLineRun(
                folder, new FakeDatabaseEngine(FakeDumpSource.failingAfter("rows".getBytes(UTF_8)), "postgres"));
    }

    @Test
    void isWellWhenAllIsWell() {
        autodump.run("dump", "orders");

        Result status = autodump.run("status");

        assertThat(status.err()).isEmpty();
        assertThat(status.exitStatus()).isZero();
        assertThat(status.out().lines())
                .containsExactly(
                        "SECRET  STATUS  LAST GOOD DUMP          AGE  SIZE  TREND  PROVEN  NEXT RUN",
                        "orders  fresh   2026-11-22 08:00:00Z  0.0 s   4 B      -  never   2026-11-23 07:00:00Z",
                        "",
                        "1 database: 1 fresh");
    }

    @Test
    void tellsTheHistoryOfEachDatabaseOfASecret(@TempDir Path other) throws IOException {
        FakeDatabaseEngine engine = new FakeDatabaseEngine(
                        (database, settings) -> (database.database().equals("hr")
                                        ? FakeDumpSource.failingAfter("rows".getBytes(UTF_8))
                                        : FakeDumpSource.printing("rows".getBytes(UTF_8)))
                                .prepare(database, settings),
                        "postgres")
                .withDatabases("hr", "crm");
        CommandLineRun erp = new CommandLineRun(other, engine)
                .secret("erp", "{\"autodump:start-schedule\": \"0 7 - - -\", \"autodump:databases\": \"*\"}");

        erp.run("dump", "erp");

        assertThat(erp.run("history", "erp").out().lines().map(line -> line.replaceAll(" +", " ")))
                .hasSize(3)
                .satisfies(lines -> {
                    assertThat(lines.get(0)).startsWith("RUN DATABASE OUTCOME ");
                    assertThat(lines.get(1)).startsWith("2026-11-22 08:00:00Z crm made ");
                    assertThat(lines.get(2)).startsWith("2026-11-22 08:00:00Z hr failed ");
                });
    }

    @Test
    void exitsWithItsOwnStatusWhenADumpFails() {
        failing.run("dump", "orders");

        Result status = autodump.run("status");

        assertThat(status.exitStatus()).isEqualTo(6);
        assertThat(status.out())
                .contains(
                        "orders  failing  none",
                        "orders is failing: AD-3021 pg_dump exited with status 1 after 4 bytes; nothing was published",
                        "  HINT: ",
                        "  1 attempt at the run of 2026-11-22 08:00:00Z, the last at 2026-11-22 08:00:00Z",
                        "1 database: 1 failing");
        assertThat(status.out() + autodump.run("history", "orders").out()).doesNotContain("geheim-4711");
    }

    @Test
    void showsAPausedAndAnInvalidDatabase() throws IOException {
        autodump.secret("orders", "{\"autodump:start-schedule\": \"0 7 - - -\", \"autodump:enabled\": \"false\"}");
        autodump.secret("stock", "{\"autodump:start-schedul\": \"0 7 - - -\"}");

        Result all = autodump.run("status");

        assertThat(all.exitStatus()).isEqualTo(6);
        assertThat(all.out())
                .contains("orders  paused", "stock is unprotected: autodump:start-schedul: isn't a tag of AutoDump's");
        assertThat(autodump.run("status", "orders").exitStatus()).isZero();
    }

    @Test
    void countsNoDatabaseIfNoSecretCanBeRead() throws IOException {
        Files.writeString(folder.resolve("secrets/orders.json"), "{");

        Result status = autodump.run("status");

        assertThat(status.exitStatus()).isEqualTo(5);
        assertThat(status.out()).isEqualToIgnoringNewLines("0 databases");
        assertThat(status.err()).contains("orders");
    }

    @Test
    void leavesARecordThatIsNoDump() throws IOException {
        failing.run("dump", "orders");

        Path record = folder.resolve("dumps/orders/shop/2026/11/22/shop-2026-11-22T08-00-00Z.failed.json");
        assertThat(Files.readString(record)).contains("\"code\" : \"AD-3021\"").doesNotContain("geheim-4711");
        assertThat(autodump.run("list").err()).startsWith("no dumps yet");
    }

    @Test
    void refusesANameThatNoSecretHas() {
        Result history = autodump.run("history", "");

        assertThat(history.exitStatus()).as(history.err()).isEqualTo(2);
        assertThat(history.err()).startsWith("AD-1004 ");
    }

    @Test
    void tellsTheHistory() throws IOException {
        failing.run("dump", "orders");
        autodump.run("dump", "orders");
        old("2026-11-20T08:00:00Z", false);

        Result history = autodump.run("history", "orders");

        assertThat(history.exitStatus()).isZero();
        assertThat(history.out().lines().skip(1))
                .satisfiesExactly(
                        made -> assertThat(made)
                                .matches("2026-11-22 08:00:00Z  made +4 B +0.0 s +1  " + KEY.replace(".", "\\.")),
                        old -> assertThat(old).startsWith("2026-11-20 08:00:00Z  made"));
        assertThat(autodump.run("history", "orders", "--limit", "1").out().lines())
                .hasSize(2);
    }

    @Test
    void prunesAndSaysWhy() throws IOException {
        autodump.run("dump", "orders");
        old("2026-11-18T08:00:00Z", false);
        old("2026-11-19T08:00:00Z", false);

        Result dryRun = autodump.run("prune", "--dry-run");
        Result prune = autodump.run("prune", "orders");

        assertThat(dryRun.out().lines())
                .containsExactly(
                        "keep    " + KEY + "  the newest good dump, younger than a day, last 1 of 2",
                        "keep    " + key("2026-11-19") + "  last 2 of 2",
                        "delete  " + key("2026-11-18") + "  not in last=2",
                        "would delete 1 dump, 0 files without a manifest, 0 records");
        assertThat(prune.out()).endsWith("deleted 1 dump, 0 files without a manifest, 0 records\n");
        assertThat(prune.exitStatus()).isZero();
        assertThat(autodump.run("list").out()).endsWith("2 dumps, 8 B\n");
    }

    @Test
    void drillsTheLatestDumpAndFindsItAsTheLatestProvenOne() {
        autodump.run("dump", "orders");
        Result before = autodump.run("verify", "latest-proven:orders");

        Result drill = autodump.run("drill");

        assertThat(before.exitStatus()).isEqualTo(2);
        assertThat(before.err()).contains("no restore has proven a dump of \"orders\"", "HINT: prove the latest one");
        assertThat(drill.err()).isEmpty();
        assertThat(drill.exitStatus()).isZero();
        assertThat(drill.out()).startsWith("proven " + KEY).contains("a fake server", "3 rows in 1 table");
        assertThat(autodump.run("verify", "latest-proven:orders").exitStatus()).isZero();
        assertThat(autodump.run("list").out()).contains("4 B  proven");
        assertThat(autodump.run("status").out()).contains("-  2026-11-22 08:00:00Z  2026-11-23 07:00:00Z");
        assertThat(autodump.run("status", "--json").out()).contains("\"lastProof\" : {");
        assertThat(autodump.run("history", "orders").out()).contains("proven");
        assertThat(autodump.run("drill", "--dump", "latest-proven:orders", "--json")
                        .out())
                .contains("\"proven\" : true");
    }

    @Test
    void failsLoudlyIfADrillDoesNotProveItsDump() throws IOException {
        autodump.run("dump", "orders");
        Files.writeString(folder.resolve("untrue.sql"), "false");

        Result drill = autodump.run("drill", "orders", "--assert", "untrue.sql");
        Result json = autodump.run("drill", "orders", "--assert", "untrue.sql", "--json");
        Result status = autodump.run("status");

        assertThat(drill.exitStatus()).isEqualTo(4);
        assertThat(drill.err()).startsWith("AD-3033 the drill didn't prove dump " + KEY + ": untrue.sql isn't true");
        assertThat(json.out()).contains("\"proven\" : false", "\"code\" : \"AD-3033\"");
        assertThat(status.exitStatus()).isEqualTo(6);
        assertThat(status.out()).contains("orders: the last restore drill failed at 2026-11-22 08:00:00Z: AD-3033");
        assertThat(autodump.run("drill", "orders").exitStatus()).isZero();
        assertThat(autodump.run("status").exitStatus()).isZero();
    }

    @Test
    void acknowledgesASuspiciousDump() throws IOException {
        autodump.run("dump", "orders");
        suspicious();
        Result before = autodump.run("status");

        Result acknowledge = autodump.run("acknowledge", "latest:orders", "--note", "2019 was archived");

        assertThat(before.exitStatus()).isEqualTo(6);
        assertThat(before.out())
                .contains(
                        "orders is suspicious: 4 bytes, the last 10 had 1.0 GiB",
                        "  HINT: if that is right: autodump acknowledge " + KEY);
        assertThat(acknowledge.out()).startsWith("acknowledged " + KEY + ": 4 bytes, the last 10");
        assertThat(autodump.run("status").exitStatus()).isZero();
        assertThat(autodump.run("history", "orders").out()).contains("acknowledged");
    }

    @Test
    void acknowledgesNothingThatIsNotSuspicious() {
        autodump.run("dump", "orders");

        assertThat(autodump.run("acknowledge", KEY).out()).isEqualTo(KEY + " isn't suspicious; nothing was changed\n");
    }

    @ParameterizedTest
    @CsvSource({"status", "history orders", "prune --dry-run", "acknowledge latest:orders"})
    void printsTheDocumentThatIsPublished(String line) throws IOException {
        failing.run("dump", "orders");
        autodump.run("dump", "orders");
        old("2026-11-18T08:00:00Z", false);
        old("2026-11-19T08:00:00Z", true);
        suspicious();

        Result result = autodump.run((line + " --json").split(" ", -1));

        assertThat(result.err()).isEmpty();
        assertThat(result.out().replaceAll("\"host\" : \"[^\"]+\"", "\"host\" : \"X\""))
                .isEqualTo(golden(line.split(" ", -1)[0] + ".json"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "status ordres | AD-1005 | did you mean orders?",
                "status --margin 2h | AD-1004 | --margin is an ISO-8601 duration",
                "history | AD-1004 | Missing required parameter",
                "history ordres | AD-1005 | did you mean orders?",
                "history orders --limit 0 | AD-1004 | --limit is 1 to 10000, not 0",
                "prune ordres | AD-1005 | did you mean orders?",
                "drill orders --dump latest:orders | AD-1004 | contradict each other",
                "drill orders --assert absent.sql | AD-1006 | no finished dump",
                "drill --dump nonsense | AD-1004 | neither the id or the key of a dump nor latest:NAME",
                "acknowledge nonsense | AD-1004 | neither the id or the key of a dump nor latest:NAME"
            })
    void explainsMistakes(String line, String code, String message) {
        Result result = autodump.run(line.split(" ", -1));

        assertThat(result.exitStatus()).isEqualTo(2);
        assertThat(result.err()).startsWith(code).contains(message);
    }

    @Test
    void helpsWithEveryCommandByAnExample() {
        for (String command : List.of("status", "history", "prune", "acknowledge")) {
            assertThat(autodump.run(command, "--help").out()).contains("Usage: autodump " + command, "Examples:\n  ");
        }
    }

    private static String key(String day) {
        return "orders/shop/" + day.replace('-', '/') + "/shop-" + day + "T08-00-00Z.dump.zst";
    }

    /** A dump of an earlier day, made from today's. */
    private void old(String at, boolean proven) throws IOException {
        autodump.run("dump", "orders");
        Path dumps = folder.resolve("dumps");
        String day = at.substring(0, 10);
        Path file = dumps.resolve(key(day));
        Files.createDirectories(file.getParent());
        Files.copy(dumps.resolve(KEY), file);
        String manifest = Files.readString(dumps.resolve(KEY + ".manifest.json"))
                .replace("2026/11/22", day.replace('-', '/'))
                .replace("2026-11-22T08", day + "T08");
        Files.writeString(
                dumps.resolve(key(day) + ".manifest.json"),
                proven ? manifest.replace("\"verify\" : \"archive\"", "\"verify\" : \"restore\"") : manifest);
    }

    /** Today's dump becomes suspicious. */
    private void suspicious() throws IOException {
        Path manifest = folder.resolve("dumps").resolve(KEY + ".manifest.json");
        String json = Files.readString(manifest);
        Files.writeString(
                manifest,
                DumpManifestJson.write(DumpManifest.builder()
                        .from(DumpManifestJson.parse("manifest", json))
                        .addSuspicions("4 bytes, the last 10 had 1.0 GiB")
                        .build()));
    }

    private static String golden(String name) throws IOException {
        try (InputStream in = MonitoringCommandsTest.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), UTF_8);
        }
    }
}

package io.autodump.cli.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.autodump.cli.command.CommandLineRun.Result;
import io.autodump.core.testing.FakeDatabaseEngine;
import io.autodump.core.testing.FakeDumpSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManagementTest {
    private static final Pattern ID = Pattern.compile("(?m)^([0-9a-f]{8}) ");
    private static final String NIGHTLY = "{\"autodump:start-schedule\": \"30 2 - - -\"}";

    @TempDir
    Path folder;

    private CommandLineRun autodump;

    @BeforeEach
    void folderWithOneSecret() throws IOException {
        autodump = new CommandLineRun(
                folder, new FakeDatabaseEngine(FakeDumpSource.printing("rows".getBytes(UTF_8)), "postgres"));
        autodump.secret("orders", NIGHTLY);
    }

    @Test
    void dumpsSeveralAndAllButThePausedOnes() throws IOException {
        autodump.secret("bills", NIGHTLY)
                .secret("paused", "{\"autodump:start-schedule\": \"30 2 - - -\", \"autodump:enabled\": \"false\"}");

        Result both = autodump.run("dump", "orders", "bills");
        assertThat(both.exitStatus()).isZero();
        assertThat(both.out()).contains("of secret orders", "of secret bills");

        Result all = autodump.run("dump", "--all", "--dry-run");
        assertThat(all.out())
                .contains("would dump shop of secret orders; nothing was dumped", "of secret bills")
                .doesNotContain("paused");
        assertThat(autodump.run("dump").exitStatus()).isEqualTo(2);
        assertThat(autodump.run("dump", "--all", "orders").err()).contains("exclude each other");
        assertThat(autodump.run("dump", "orders", "nobody").exitStatus()).isEqualTo(2);
    }

    /** Exit status 0 would tell a cron job that each database has its dump. */
    @Test
    void failsForSecretsThatCannotBeRead() throws IOException {
        Files.writeString(folder.resolve("secrets/broken.json"), "{");

        Result some = autodump.run("dump", "--all");
        Files.delete(folder.resolve("secrets/orders.json"));
        Result none = autodump.run("dump", "--all", "--json");

        assertThat(some.exitStatus()).isEqualTo(2);
        assertThat(some.out()).contains("of secret orders");
        assertThat(some.err()).contains("AD-1012", "broken.json");
        assertThat(none.exitStatus()).isEqualTo(2);
        assertThat(none.out()).contains("\"code\" : \"AD-1012\"");
    }

    @Test
    void failsIfThereIsNoSecretAtAllAndSaysIfEachIsPaused() throws IOException {
        autodump.secret("orders", "{\"autodump:start-schedule\": \"30 2 - - -\", \"autodump:enabled\": \"false\"}");
        Result paused = autodump.run("dump", "--all");
        Files.delete(folder.resolve("secrets/orders.json"));

        assertThat(paused.exitStatus()).isZero();
        assertThat(paused.err()).contains("each secret is paused or belongs to another deployment");
        for (String[] line : List.of(new String[] {"dump", "--all"}, new String[] {"drill"})) {
            Result none = autodump.run(line);
            assertThat(none.exitStatus()).isEqualTo(2);
            assertThat(none.err()).startsWith("AD-1005 no secret in /test/secrets has an autodump: tag; nothing was ");
        }
    }

    @Test
    void listsWithinEightyColumnsWithATotal() throws IOException {
        String longName = "a-secret-with-a-name-that-nobody-would-want-to-type-twice";
        autodump.secret(longName, NIGHTLY);
        autodump.run("dump", "orders");
        autodump.run("dump", longName);

        Result list = autodump.run("list");

        assertThat(list.out().lines()).hasSize(4).allMatch(line -> line.length() <= 100);
        assertThat(list.out()).contains("ID ", "AGE", "SIZE", "STATE", "2 dumps, ", "-type-twice");
        assertThat(autodump.run("list", "--limit", "1").out()).contains("1 dump, ");
        assertThat(autodump.run("list", "--since", "1d").out()).contains("2 dumps, ");
        assertThat(autodump.run("list", "--since", "2026-11-23").err()).contains("none of 2 dumps");
        assertThat(autodump.run("list", "--since", "yesterday").err()).contains("--since must be");
        assertThat(autodump.run("list", "--long").out()).contains("KEY", ".dump.zst");
    }

    @Test
    void takesOptionsFromTheEnvironmentUnlessTheyAreGiven() {
        autodump.run("dump", "orders");

        Result none = autodump.variables(
                        Map.of("AUTODUMP_STORE", folder.resolve("other").toString()))
                .run("list");
        assertThat(none.err()).contains("no dumps");
        assertThat(autodump.run("list", "--store", folder.resolve("dumps").toString())
                        .out())
                .contains("1 dump");
        assertThat(autodump.run("config").out())
                .contains("AUTODUMP_STORE")
                .containsPattern("secrets +\\./secrets +/test/autodump.yaml, line 1")
                .containsPattern("max-concurrent-dumps +2 +default");
        assertThat(autodump.variables(Map.of("AUTODUMP_LIST_JSON", "true"))
                        .run("list")
                        .out())
                .startsWith("{");
        assertThat(autodump.variables(Map.of("AUTODUMP_LIST_LIMIT", "many"))
                        .run("list")
                        .exitStatus())
                .isEqualTo(2);
    }

    @Test
    void findsADumpByTheBeginningOfItsIdAndDeletesItOnlyOnConsent() {
        autodump.run("dump", "orders");
        String id = id(autodump.run("list").out());

        assertThat(autodump.run("verify", id.substring(0, 5)).out()).startsWith("OK");
        assertThat(autodump.run("verify", "0000000").err()).contains("no finished dump with the id 0000000");
        assertThat(autodump.run("delete", id).err()).contains("pass --yes");
        assertThat(autodump.typing("another").run("delete", id).err()).contains("that isn't " + id);
        assertThat(autodump.run("list").out()).contains(id);

        Result deleted = autodump.typing(id).run("delete", id);

        assertThat(deleted.exitStatus()).isZero();
        assertThat(deleted.out()).startsWith("deleted ");
        assertThat(autodump.run("list").err()).contains("no dumps");
        autodump.run("dump", "orders");
        assertThat(autodump.run("delete", "latest:orders", "--yes").exitStatus())
                .isZero();
    }

    @Test
    void addsASecretThatOnlyItsOwnerCanRead() throws IOException {
        Result added = autodump.typing("geheim-0815")
                .run(
                        "secret",
                        "add",
                        "team/bills",
                        "--host",
                        "db.example.com",
                        "--user",
                        "app",
                        "--schedule",
                        "0 3 * * *");

        Path file = folder.resolve("secrets/team/bills.json");
        assertThat(added.exitStatus()).isZero();
        assertThat(added.out() + added.err()).contains("team/bills.json").doesNotContain("geheim-0815");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(autodump.run("plan", "team/bills").out()).contains("0 3 * * * (every day at 03:00)");
        assertThat(Files.readString(file)).contains("\"databasename\" : \"bills\"");
        assertThat(autodump.run("secret", "add", "team/bills", "--host", "x", "--user", "y")
                        .exitStatus())
                .isEqualTo(2);
        assertThat(autodump.run("secret", "add", "../bills", "--host", "x", "--user", "y")
                        .exitStatus())
                .isEqualTo(2);
        assertThat(autodump.run("secret", "add", "other", "--host", "x", "--user", "y", "--schedule", "daily")
                        .err())
                .contains("start-schedule");
    }

    @Test
    void keepsThePasswordWhereAnOptionSays() throws IOException {
        autodump.run("secret", "add", "bills", "--host", "x", "--user", "y", "--password-env", "BILLS");

        assertThat(Files.readString(folder.resolve("secrets/bills.json")))
                .contains("\"password-env\" : \"BILLS\"")
                .doesNotContain("\"password\"");
        assertThat(autodump.run("secret", "add", "more", "--host", "x", "--user", "y")
                        .err())
                .contains("there is no password");
    }

    @Test
    void helpListsOwnOptionsBeforeThoseOfAllCommandsAndOnlyWhatIsObeyed() {
        String list = autodump.run("list", "--help").out();
        assertThat(list.indexOf("--limit")).isBetween(list.indexOf("Options:"), list.indexOf("Global options:"));
        assertThat(list.indexOf("--store")).isGreaterThan(list.indexOf("Global options:"));
        for (String command : List.of("init", "version", "completion", "help")) {
            assertThat(autodump.run(command, "--help").out())
                    .contains("--color")
                    .doesNotContain("--store");
        }
        assertThat(autodump.run("--help").out()).doesNotContain("  names ");
    }

    @Test
    void saysNothingButResultsIfItShallBeQuiet() {
        assertThat(autodump.run("dump", "orders", "--quiet").err()).isEmpty();
        assertThat(autodump.run("list", "-q", "--since", "2030-01-01").err()).isEmpty();
    }

    @Test
    void completesNamesOfSecretsAndDumps() {
        autodump.run("dump", "orders");

        assertThat(autodump.run("names", "secrets").out()).isEqualTo("orders\n");
        assertThat(autodump.run("names", "dumps").out()).contains("latest:orders\n");
        assertThat(autodump.run("completion").out()).contains("autodump names");
        assertThat(autodump.run("completion", "fish").out()).contains("autodump names dumps");
    }

    @Test
    void doctorMissesTheIdentityThatAProofOfAnEncryptedDumpNeeds() throws IOException {
        autodump.secret("orders", "{\"autodump:verify\": \"restore\"}");
        String encrypted = "secrets: ./secrets\nstore: ./dumps\nscratch: orders\nencrypt-to:"
                + " age13uer3hlv5dsf6mvjfsegqr83pxsadgcypnksl2jmue93xajkvccsleavyd\n";
        Files.writeString(folder.resolve("autodump.yaml"), encrypted);

        assertThat(autodump.run("doctor", "orders").out()).contains("AD-1015").contains("identity-file: FILE");

        Files.writeString(folder.resolve("autodump.yaml"), encrypted + "identity-file: ./keys\n");
        assertThat(autodump.run("doctor", "orders").out()).doesNotContain("AD-1015");
    }

    @Test
    void bashCompletesTheNamesOfStores() throws Exception {
        Files.writeString(
                folder.resolve("autodump.yaml"),
                "secrets: ./secrets\nstore: ./dumps\nstores: {disk: ./disk, offsite: ./offsite}\n");
        assertThat(autodump.run("names", "stores").out()).isEqualTo("disk\noffsite\n");
        assertThat(autodump.run("completion", "fish").out()).contains("-l store -r -a '(autodump names stores");
        Path script = Files.writeString(
                folder.resolve("completion"), autodump.run("completion").out() + """
                        autodump() { [ "$1 $2" = "names stores" ] && printf 'disk\\noffsite\\n'; }
                        COMP_WORDS=(autodump list --store o) COMP_CWORD=3
                        _autodump_with_names
                        echo "${COMPREPLY[@]}"
                        """);

        Process bash = new ProcessBuilder("bash", script.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();

        assertThat(new String(bash.getInputStream().readAllBytes(), UTF_8)).isEqualTo("offsite\n");
    }

    private static String id(String list) {
        Matcher id = ID.matcher(list);
        assertThat(id.find()).isTrue();
        return id.group(1);
    }
}

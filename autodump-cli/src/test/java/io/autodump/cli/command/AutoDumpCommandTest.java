package io.autodump.cli.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.autodump.cli.command.CommandLineRun.Result;
import io.autodump.core.dump.NotIncluded;
import io.autodump.core.port.DumpSource;
import io.autodump.core.testing.FakeDatabaseEngine;
import io.autodump.core.testing.FakeDumpSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AutoDumpCommandTest {
    private static final String KEY = "orders/shop/2026/11/22/shop-2026-11-22T08-00-00Z.dump.zst";
    private static final String DAILY = "{\"autodump:start-schedule\": \"30 2 - - -\", \"autodump:timezone\":"
            + " \"Europe/Vienna\", \"autodump:retention\": \"daily=7\"}";

    private final FakeDatabaseEngine engine =
            new FakeDatabaseEngine(FakeDumpSource.printing("rows".getBytes(UTF_8)), "postgres");
    private final Path folder;
    private final CommandLineRun autodump;

    AutoDumpCommandTest(@TempDir Path folder) throws IOException {
        this.folder = folder;
        this.autodump = new CommandLineRun(folder, engine).secret("orders", DAILY);
    }

    @Test
    void plansTheNextFiveRunsOfEverySecret() {
        Result plan = autodump.run("plan");

        assertThat(plan.exitStatus()).isZero();
        assertThat(plan.err()).isEmpty();
        assertThat(plan.out().lines())
                .startsWith(
                        "orders  scheduled",
                        "  schedule   30 2 * * * (every day at 02:30), in Europe/Vienna, catch-up 6 h 00 min",
                        "  settings   custom, zstd:3, jobs auto, verify archive",
                        "  retention  daily=7")
                .contains(
                        "  next runs  Mon 2026-11-23 02:30:00 +01:00  2026-11-23T01:30:00Z  in 17 h 30 min",
                        "             Fri 2026-11-27 02:30:00 +01:00  2026-11-27T01:30:00Z  in 4 d 17 h");
    }

    @Test
    void doctorNamesWhatKilledProcessesLeftWithItsSize() throws IOException {
        Path temporary = Files.createDirectories(folder.resolve("dumps/.autodump-tmp"));
        Files.write(temporary.resolve("of-a-dead-process.partial"), new byte[2048]);
        Path day = Files.createDirectories(folder.resolve("dumps/orders/shop/2026/11/20"));
        Files.write(day.resolve("shop-2026-11-20T08-00-00Z.dump"), new byte[3 << 20]);

        Result doctor = autodump.run("doctor");

        assertThat(doctor.out())
                .contains(
                        "1 unfinished file of processes that were killed, 2.0 KiB: ",
                        "of-a-dead-process.partial",
                        "HINT: the next dump removes them",
                        "1 file without a manifest, so not a dump, 3.0 MiB: ",
                        "shop-2026-11-20T08-00-00Z.dump");
    }

    @Test
    void plansTheOthersWhenOneIsInvalidAndExitsWithTwo() throws IOException {
        autodump.secret("broken", "{\"autodump:start-schedul\": \"0 2 * * *\", \"autodump:format\": \"tar\"}");

        Result plan = autodump.run("plan");

        assertThat(plan.exitStatus()).isEqualTo(2);
        assertThat(plan.out())
                .contains(
                        "broken  invalid",
                        "  autodump:start-schedul: isn't a tag of AutoDump's; did you mean autodump:start-schedule?",
                        "  autodump:format: \"tar\" isn't one of custom, plain",
                        "orders  scheduled",
                        "2 secrets: 1 scheduled, 1 invalid");
    }

    @Test
    void plansWhatCanBeReadAndThenReportsWhatCannot() throws IOException {
        Files.writeString(folder.resolve("secrets/torn.json"), "{\"name\": ");

        Result plan = autodump.run("plan", "--json");

        assertThat(plan.exitStatus()).isEqualTo(2);
        assertThat(plan.out()).contains("\"name\" : \"orders\"", "\"code\" : \"AD-1012\"", "\"problems\"");
        assertThat(plan.err()).contains("AD-1012", "torn.json");
    }

    @Test
    void dumpsEachDatabaseOfAServerAndFindsTheDumpsOfEach() throws IOException {
        engine.withDatabases("crm", "hr", "test");
        autodump.secret("erp", "{\"autodump:databases\": \"* !test\", \"autodump:start-schedule\": \"0 2 * * *\"}");

        Result dump = autodump.run("dump", "erp", "--json");
        Result status = autodump.run("status", "erp");
        Result several = autodump.run("verify", "latest:erp");
        Result one = autodump.run("verify", "latest:erp/crm");
        Result restore = autodump.run("restore", "latest:erp/crm", "--to", "erp");
        Result named = autodump.run("restore", "latest:erp/crm", "--to", "erp", "--database", "copy");

        assertThat(dump.exitStatus()).as(dump.err()).isZero();
        assertThat(dump.out()).contains("\"dumps\"", "\"database\" : \"crm\"", "\"database\" : \"hr\"");
        assertThat(status.out()).contains("erp/crm", "erp/hr", "2 databases: 2 fresh");
        assertThat(several.exitStatus()).isEqualTo(2);
        assertThat(several.err()).contains("dumps of several databases (crm, hr)", "name one: latest:erp/crm");
        assertThat(one.exitStatus()).as(one.err()).isZero();
        assertThat(restore.exitStatus()).isEqualTo(2);
        assertThat(restore.err()).contains("--database DATABASE");
        assertThat(named.exitStatus()).as(named.err()).isZero();
    }

    @Test
    void planAndDoctorSayWhichSecretsAnotherDeploymentDumps() throws IOException {
        autodump.secret("blue", "{\"autodump:deployment\": \"blue\", \"autodump:start-schedule\": \"0 2 * * *\"}");

        Result plan = autodump.run("plan");
        Result doctor = autodump.run("doctor", "blue");

        assertThat(plan.out())
                .contains("blue  elsewhere: dumped by the deployment blue (autodump:deployment)", "1 elsewhere");
        assertThat(doctor.out()).contains("not scheduled here: the secret belongs to the deployment blue");
    }

    @Test
    void dumpsListsVerifiesAndRestores() {
        Result dump = autodump.run("dump", "orders");
        Result list = autodump.run("list", "orders");
        Result verify = autodump.run("verify", "latest:orders");
        Result restore = autodump.run("restore", KEY, "--to", "orders", "--database", "copy");

        assertThat(List.of(dump, list, verify, restore)).allSatisfy(result -> {
            assertThat(result.exitStatus()).isZero();
            assertThat(result.err()).isEmpty();
        });
        assertThat(dump.out()).contains("dumped shop of secret orders", "key     " + KEY, "42 archive entries");
        assertThat(list.out().lines().skip(1))
                .containsExactly("105050db  orders  shop      2026-11-22 08:00:00Z  0 s   4 B  ok", "1 dump, 4 B");
        assertThat(verify.out()).startsWith("OK: SHA-256 matches, ");
        assertThat(restore.out()).contains("into    copy on localhost:5432", "tables  1 with 3 rows");
        assertThat(engine.fakeRestorer().restored())
                .hasValueSatisfying(bytes -> assertThat(bytes).hasSize(4));
    }

    @Test
    void showsWhatADumpDoesNotHoldAndEndsWellAllTheSame() throws IOException {
        NotIncluded subscription = new NotIncluded("subscription", "from_hub", "left out", "create it again");
        CommandLineRun partial = new CommandLineRun(
                        folder,
                        new FakeDatabaseEngine(
                                FakeDumpSource.printingAllBut("rows".getBytes(UTF_8), subscription), "postgres"))
                .secret("orders", DAILY);

        Result dump = partial.run("dump", "orders");
        Result again = partial.run("dump", "orders", "--json");
        Result list = partial.run("list");
        Result plan = partial.run("plan");

        assertThat(plan.exitStatus()).isZero();
        assertThat(plan.err()).isEmpty();
        assertThat(plan.out().lines()).contains("  left out   subscription from_hub: left out; create it again");
        assertThat(partial.run("plan", "orders", "--json").out()).contains("\"name\" : \"from_hub\"");
        assertThat(dump.exitStatus()).isZero();
        assertThat(dump.out()).startsWith("dumped shop of secret orders, with warnings");
        assertThat(dump.err()).contains("warning: not in the dump: subscription from_hub: left out; create it again");
        assertThat(again.out()).contains("\"kind\" : \"subscription\"");
        assertThat(again.err()).contains("warning: not in the dump: subscription from_hub");
        assertThat(list.out()).containsPattern("4 B +warnings\n");
    }

    @Test
    void dumpsARunOnlyOnce() {
        autodump.run("dump", "orders");

        assertThat(autodump.run("dump", "orders").out()).startsWith("already dumped: shop of secret orders");
    }

    @Test
    void takesAFileInTheStoreForItsDump() {
        autodump.run("dump", "orders");

        assertThat(autodump.run("verify", "dumps/" + KEY).exitStatus()).isZero();
        assertThat(autodump.run("verify", folder.resolve("dumps").resolve(KEY).toString())
                        .exitStatus())
                .isZero();
    }

    @Test
    void listsNothingOfADumpThatFailed() throws IOException {
        CommandLineRun failing = new CommandLineRun(
                folder, new FakeDatabaseEngine(FakeDumpSource.failingAfter("rows".getBytes(UTF_8)), "postgres"));

        Result dump = failing.run("dump", "orders");
        Result list = failing.run("list");

        assertThat(dump.exitStatus()).isEqualTo(4);
        assertThat(dump.out()).isEmpty();
        assertThat(dump.err())
                .startsWith("AD-3021 pg_dump exited with status 1 after 4 bytes; nothing was published\nHINT: ");
        assertThat(list.out()).isEmpty();
        assertThat(list.err()).startsWith("no dumps yet");
    }

    @Test
    void reportsADumpThatWasTamperedWith() throws IOException {
        autodump.run("dump", "orders");
        Files.writeString(folder.resolve("dumps").resolve(KEY), "lies");

        Result verify = autodump.run("verify", "latest:orders");

        assertThat(verify.exitStatus()).isEqualTo(5);
        assertThat(verify.err()).startsWith("AD-4004 dump " + KEY + " isn't what was dumped");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plan",
                "list",
                "dump orders",
                "verify latest:orders",
                "doctor",
                "restore latest:orders --to orders"
            })
    void printsTheDocumentThatIsPublished(String line) throws IOException {
        if (!line.startsWith("dump")) {
            autodump.run("dump", "orders");
        }

        Result result = autodump.run((line + " --json").split(" ", -1));

        String name = line.split(" ", -1)[0] + ".json";
        assertThat(withoutWhatDiffers(result.out())).isEqualTo(golden(name));
        assertThat(result.err()).isEmpty();
    }

    @Test
    void blamesNoAccountOnAwsForAFolder() throws IOException {
        autodump.run("dump", "orders");
        try (Stream<Path> files = Files.walk(folder.resolve("dumps"))) {
            for (Path dump : files.filter(file -> file.toString().contains(".dump")
                            && !file.toString().endsWith(".json")
                            && Files.isRegularFile(file))
                    .toList()) {
                Files.writeString(dump, "other bytes");
            }
        }

        Result result = autodump.run("verify", "latest:orders", "--json");

        assertThat(result.exitStatus()).isEqualTo(5);
        assertThat(result.out())
                .contains("\"code\" : \"AD-4004\"", "\"category\" : \"infrastructure\"", "autodump list");
    }

    @Test
    void showsWhatARestoreWouldDoAndChangesNothing() throws IOException {
        autodump.run("dump", "orders");
        String[] possible = "restore latest:orders --to orders --create --dry-run".split(" ", -1);
        String[] impossible =
                "restore latest:orders --to orders --clean --role stranger --skip rules --dry-run".split(" ", -1);

        Result works = autodump.run(possible);
        Result fails = autodump.run(impossible);
        Result document = autodump.run(
                Stream.concat(Stream.of(impossible), Stream.of("--json")).toArray(String[]::new));

        assertThat(works.exitStatus()).isZero();
        assertThat(works.out())
                .startsWith("would restore " + KEY)
                .contains("; the database is created", "makes     table 1", "estimated ", "nothing was changed");
        assertThat(fails.exitStatus()).isEqualTo(2);
        assertThat(fails.out())
                .startsWith("can't restore " + KEY)
                .contains("dropped and created anew", "HINT: --skip publications; or restore as a superuser");
        assertThat(document.out()).isEqualTo(golden("restore-plan.json"));
        assertThat(engine.fakeRestorer().restored()).isEmpty();
    }

    @Test
    void dropsADatabaseOnlyIfItsNameIsTyped() {
        autodump.run("dump", "orders");
        String[] clean = "restore latest:orders --to orders --create-roles --clean".split(" ", -1);

        Result unconfirmed = autodump.typing("shopp").run(clean);
        assertThat(unconfirmed.exitStatus()).isEqualTo(2);
        assertThat(unconfirmed.err()).contains("--clean drops database \"shop\"", "HINT: type the name");
        assertThat(engine.fakeRestorer().restored()).isEmpty();

        assertThat(autodump.typing("shop").run(clean).exitStatus()).isZero();
        assertThat(autodump.run("restore", "--create-roles", "latest:orders", "--to", "orders")
                        .exitStatus())
                .isZero();
        assertThat(autodump.run(Stream.concat(Stream.of(clean), Stream.of("--yes"))
                                .toArray(String[]::new))
                        .exitStatus())
                .isZero();
    }

    @Test
    void printsFailuresAsDocumentsToo() throws IOException {
        Result result = autodump.run("verify", "latest:absent", "--json");

        assertThat(result.exitStatus()).isEqualTo(2);
        assertThat(result.out()).isEqualTo(golden("error.json"));
        assertThat(result.err()).startsWith("AD-1006 ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "dmup | there is no command \"dmup\"; did you mean dump? | autodump --help",
                "dump | there is no name of a secret | autodump dump --help",
                "dump '' | the name of a secret has 1 to 2,048 characters | autodump plan",
                "plan '' | the name of a secret has 1 to 2,048 characters | autodump plan",
                "list '' | the name of a secret has 1 to 2,048 characters | autodump plan",
                "restore latest:orders --to '' | the name of a secret has 1 to 2,048 characters | autodump plan",
                "restore latest:orders --to orders --database '' | --database must be a name | autodump restore --help",
                "plan a b | \"b\" is one argument too many | autodump plan --help",
                "dump orders --jsn | there is no option --jsn; did you mean --json? | autodump dump --help",
                "restore latest:orders | Missing required argument | autodump restore --help",
                "restore latest:orders --to a --url b | mutually exclusive | autodump restore --help",
                "restore latest:orders --to orders --jobs 0 | --jobs is 1 to 32, not 0 | autodump restore --help",
                "restore latest:orders --to orders --skip rule | did you mean rules? | autodump restore --help",
                "restore latest:orders --to orders --create-roles=x | --create-roles can have the value login |"
                        + " autodump restore --help",
                "restore latest:orders --to orders --clean --into-nonempty | contradict | autodump restore --help",
                "verify nonsense | neither the id or the key of a dump nor latest:NAME | autodump list",
                "help dmup | there is no command \"dmup\"; did you mean dump? | autodump --help",
                "plan --color=pink | Invalid value for option '--color' | --help"
            })
    void explainsMistakesOnTheCommandLine(String line, String message, String hint) {
        String[] arguments = Stream.of(line.split(" ", -1))
                .map(text -> text.replace("''", ""))
                .toArray(String[]::new);
        Result result = autodump.run(arguments);

        assertThat(result.exitStatus()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
        assertThat(result.err().lines()).hasSize(2);
        assertThat(result.err()).startsWith("AD-1004 ").contains(message, "HINT: ", hint);
    }

    @Test
    void suggestsTheNearestSecret() {
        Result result = autodump.run("dump", "order");

        assertThat(result.exitStatus()).isEqualTo(2);
        assertThat(result.err()).startsWith("AD-1005 ").contains("did you mean orders?");
    }

    @Test
    void takesThePasswordOfAUrlFromAFileTheEnvironmentOrAPerson() throws IOException {
        autodump.run("dump", "orders");
        Files.writeString(folder.resolve("pw"), "from-a-file\n");
        String[] restore = {"restore", "latest:orders", "--url", "postgres://me@localhost/copy"};
        String[] withFile = Stream.concat(Stream.of(restore), Stream.of("--password-file", "pw"))
                .toArray(String[]::new);

        assertThat(autodump.run(restore).err()).startsWith("AD-1004 there is no password for --url");
        assertThat(autodump.run(withFile).exitStatus()).isZero();
        assertThat(autodump.variables(Map.of("PGPASSWORD", "")).run(restore).exitStatus())
                .isZero();
        assertThat(autodump.variables(Map.of()).typing("typed").run(restore).exitStatus())
                .isZero();
    }

    @Test
    void neverShowsAPassword() throws IOException {
        autodump.secret("broken", "{\"autodump:format\": \"tar\"}");
        Stream<String> everything = Stream.of(
                        "plan",
                        "plan --json",
                        "dump orders",
                        "dump orders --json",
                        "doctor",
                        "doctor --json",
                        "list --json",
                        "dump broken --debug",
                        "verify latest:orders --json",
                        "restore latest:orders --to orders --json",
                        "run --once",
                        "run --once --json")
                .map(line -> autodump.run(line.split(" ", -1)))
                .map(result -> result.out() + result.err());

        assertThat(everything).noneMatch(text -> text.contains("geheim-4711"));
    }

    @Test
    void findsWhatIsWrongAndExitsWithTheWorst() {
        Result doctor = autodump.run("doctor");

        assertThat(doctor.exitStatus()).isEqualTo(4);
        assertThat(doctor.out())
                .contains(
                        "  ok    pg_dump         15.18 in /usr/bin",
                        "  FAIL  privileges      AD-3010 can't be read: table payroll",
                        "        HINT: GRANT pg_read_all_data TO autodump",
                        "1 failure, 0 warnings");
        assertThat(folder.resolve("dumps")).doesNotExist();
    }

    @Test
    void saysThatTheConfigurationIsMissing() throws IOException {
        Files.delete(folder.resolve("autodump.yaml"));

        Result result = autodump.run("list");

        assertThat(result.exitStatus()).isEqualTo(2);
        assertThat(result.err())
                .startsWith("AD-1003 there is no /test/autodump.yaml\nHINT: write one with: autodump init");
    }

    @Test
    void beginsWithInit() throws IOException {
        Files.delete(folder.resolve("autodump.yaml"));
        Path fresh = folder.resolve("fresh");

        assertThat(autodump.run("init", "fresh").out()).contains("wrote /test/fresh/autodump.yaml");
        assertThat(autodump.run("plan", "--config", "fresh/autodump.yaml").out())
                .startsWith("example  paused by autodump:enabled=false");
        assertThat(autodump.run("init", fresh.toString()).exitStatus()).isEqualTo(2);
    }

    @Test
    void helpsWithEveryCommandByAnExample() {
        List<String> commands =
                List.of("init", "doctor", "plan", "dump", "run", "list", "verify", "restore", "completion", "help");

        assertThat(commands).allSatisfy(command -> {
            Result help = autodump.run(command, "--help");
            assertThat(help.exitStatus()).isZero();
            assertThat(help.out()).contains("Usage: autodump " + command, "Examples:\n  ");
            assertThat(help.out()).isEqualTo(autodump.run("help", command).out());
        });
    }

    @Test
    void showsItsHelpWhenThereIsNothingToDo() {
        Result result = autodump.run();

        assertThat(result.exitStatus()).isZero();
        assertThat(result.err()).isEmpty();
        assertThat(result.out()).contains("Usage: autodump", "Commands:", "Exit status:");
    }

    @Test
    void refusesToListTheDumpsOfANameThatNobodyHas() {
        Result list = autodump.run("list", "ordres");

        assertThat(list.exitStatus()).isEqualTo(2);
        assertThat(list.out()).isEmpty();
        assertThat(list.err())
                .startsWith("AD-1005 there is no secret \"ordres\"")
                .contains("did you mean orders?");
    }

    @Test
    void failsWhenItsOutputCannotBeWritten() throws IOException {
        Result list = autodump.toFullDisk().run("list", "--json");

        assertThat(list.exitStatus()).isEqualTo(3);
        assertThat(list.err()).startsWith("AD-2012 standard output couldn't be written");
    }

    @Test
    void warnsOfWhatLooksLikeASecretAndIsIgnored() throws IOException {
        Files.createSymbolicLink(folder.resolve("secrets/stock.json"), folder.resolve("gone.json"));
        Files.writeString(folder.resolve("secrets/UPPER.JSON"), "{}");

        assertThat(autodump.run("plan").err().lines())
                .hasSize(2)
                .anyMatch(line -> line.startsWith("warning: /test/secrets/stock.json: is ignored: "))
                .anyMatch(line -> line.startsWith("warning: /test/secrets/UPPER.JSON: is ignored: "));
        assertThat(autodump.run("doctor").out())
                .contains("  warn  files           /test/secrets/stock.json: is ignored: ", "2 warnings");
        assertThat(autodump.run("run", "--once").out())
                .contains("/test/secrets/stock.json: is ignored: ", "/test/secrets/UPPER.JSON: is ignored: ");
    }

    @Test
    void findsThatTheStoreIsABrokenLink() throws IOException {
        Files.createSymbolicLink(folder.resolve("dumps"), folder.resolve("unmounted"));

        Result doctor = autodump.run("doctor");

        assertThat(doctor.exitStatus()).isEqualTo(5);
        assertThat(doctor.out())
                .contains(
                        "AD-4001 /test/dumps is a symbolic link to a folder that doesn't exist",
                        "HINT: mount or create");
    }

    @Test
    void showsANameWithALineBreakOnOneLine() throws IOException {
        Files.writeString(folder.resolve("secrets/a\nb.json"), "{}");

        Result plan = autodump.run("plan");

        assertThat(plan.exitStatus()).isEqualTo(2);
        assertThat(plan.err()).contains("a\\u000ab.json");
        assertThat(autodump.run("dump", "a\nc").err()).contains("there is no secret \"a c\"");
    }

    @Test
    void completesItsCommands() {
        assertThat(autodump.run("completion", "zsh").out()).contains("_picocli_autodump", "--into-nonempty");
    }

    @Test
    void reportsAFaultOfItsOwnWithoutAStackTraceUnlessAsked() throws IOException {
        DumpSource broken = (database, settings) -> {
            throw new IllegalStateException("broken inside");
        };
        CommandLineRun faulty = new CommandLineRun(folder, new FakeDatabaseEngine(broken, "postgres"));

        Result quiet = faulty.run("dump", "orders");
        Result debug = faulty.run("dump", "orders", "--debug");

        assertThat(quiet.exitStatus()).isEqualTo(70);
        assertThat(quiet.err().lines()).hasSize(2);
        assertThat(quiet.err()).startsWith("AD-9001 ").contains("broken inside", "--debug");
        assertThat(debug.err()).contains("at io.autodump.");
    }

    @Test
    void reportsAnErrorOfJavaAsAFaultOfItsOwn() throws IOException {
        Result quiet = failingWith(new StackOverflowError()).run("dump", "orders");
        Result json = failingWith(new StackOverflowError()).run("dump", "orders", "--json");

        assertThat(quiet.exitStatus()).isEqualTo(70);
        assertThat(quiet.err().lines()).hasSize(2);
        assertThat(quiet.err()).startsWith("AD-9001 ").contains("StackOverflowError", "--debug");
        assertThat(json.out()).contains("\"AD-9001\"");
    }

    @Test
    void saysThatJavaNeedsMoreMemory() throws IOException {
        Result dump = failingWith(new OutOfMemoryError("Java heap space")).run("dump", "orders");

        assertThat(dump.exitStatus()).isEqualTo(70);
        assertThat(dump.err())
                .startsWith("AD-9001 Java ran out of memory: Java heap space\nHINT: ")
                .contains("AUTODUMP_JAVA_OPTS=-Xmx");
    }

    private CommandLineRun failingWith(Error error) throws IOException {
        DumpSource failing = (database, settings) -> {
            throw error;
        };
        return new CommandLineRun(folder, new FakeDatabaseEngine(failing, "postgres"));
    }

    @Test
    void coloursOnlyWhenAskedTo() {
        assertThat(autodump.run("plan").out()).doesNotContain("\u001b");
        assertThat(autodump.run("plan", "--color=always").out()).contains("\u001b[32mscheduled\u001b[0m");
        assertThat(autodump.run("--color", "never", "plan").out()).doesNotContain("\u001b");
    }

    private static String withoutWhatDiffers(String document) {
        return document.replaceAll("[0-9.]+ GiB free", "9.9 GiB free")
                .replaceAll("(system zone|time-zone rules) [\\w/+-]+", "$1 X")
                .replaceAll("\"toolVersion\" : \"[^\"]+\"", "\"toolVersion\" : \"X\"");
    }

    private static String golden(String name) throws IOException {
        try (InputStream in = AutoDumpCommandTest.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), UTF_8);
        }
    }
}

package io.autodump.cli.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.autodump.cli.command.CommandLineRun.Result;
import io.autodump.core.testing.FakeDatabaseEngine;
import io.autodump.core.testing.FakeDumpSource;
import io.autodump.testkit.aws.S3Rules;
import io.autodump.testkit.aws.StrictS3;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CopyCommandsTest {
    private static final String NIGHTLY = "{\"autodump:start-schedule\": \"30 2 - - -\"}";

    @TempDir
    Path folder;

    private CommandLineRun autodump;

    @BeforeEach
    void folderWithTwoStores() throws IOException {
        autodump = new CommandLineRun(
                folder, new FakeDatabaseEngine(FakeDumpSource.printing("rows".getBytes(UTF_8)), "postgres"));
        autodump.secret("orders", NIGHTLY);
        configure("stores:\n  disk: ./disk\n  tape:\n    store: ./tape\n    retention: last=2\ncopy-to: disk\n");
    }

    @Test
    void copiesEachDumpAndFindsItInTheOtherStoreByName() throws IOException {
        Result dump = autodump.run("dump", "orders");

        assertThat(dump.exitStatus()).isZero();
        assertThat(dump.err()).contains("copied to disk: orders/shop/2026/11/22/");
        assertThat(files("disk")).isEqualTo(files("dumps")).hasSize(2);
        assertThat(autodump.run("list", "--store", "disk").out()).contains("1 dump, ");
        assertThat(autodump.run("verify", "latest:orders", "--store", "disk").out())
                .startsWith("OK");
        assertThat(autodump.run("list", "--show-restore", "latest:orders", "--store", "disk")
                        .out())
                .contains("/test/disk");
        assertThat(autodump.run("list", "--store", "tape").err()).contains("no dumps");
        assertThat(autodump.run("copy").out()).isEqualTo("0 dumps copied to disk\n");
    }

    @Test
    void copiesToABucketWithItsOwnSettings() throws IOException {
        System.setProperty("aws.accessKeyId", "test");
        System.setProperty("aws.secretAccessKey", "test");
        try (StrictS3 server = StrictS3.start(S3Rules.r2())) {
            configure("stores:\n  offsite:\n    store: s3://copies/nightly\n    aws:\n      store-kind: r2\n"
                    + "      s3-endpoint: " + server.endpoint() + "\ncopy-to: offsite\n");

            assertThat(autodump.run("dump", "orders").err()).contains("copied to offsite: orders/shop/");

            assertThat(server.keys()).hasSize(2).allMatch(key -> key.startsWith("copies/nightly/orders/shop/"));
            assertThat(autodump.run("list", "--store", "offsite").out()).contains("1 dump, ");
            assertThat(autodump.run("verify", "latest:orders", "--store", "offsite")
                            .out())
                    .startsWith("OK");
            assertThat(autodump.run("doctor").out()).contains("store offsite");
            assertThat(autodump.run("status").exitStatus()).isZero();
        }
    }

    @AfterEach
    void withoutCredentials() {
        System.clearProperty("aws.accessKeyId");
        System.clearProperty("aws.secretAccessKey");
    }

    @Test
    void keepsTheDumpIfItsCopyFailsAndCatchesUpLater() throws IOException {
        Files.writeString(folder.resolve("disk"), "not a folder");

        Result dump = autodump.run("dump", "orders");

        assertThat(dump.exitStatus()).isZero();
        assertThat(dump.out()).contains("of secret orders");
        assertThat(dump.err()).contains("warning:", "disk", "AD-4001");
        assertThat(autodump.run("copy").exitStatus()).isEqualTo(5);
        assertThat(autodump.run("status").exitStatus()).isEqualTo(5);
        assertThat(autodump.run("status").err()).contains("the copies in disk aren't known");

        Files.delete(folder.resolve("disk"));
        Result missing = autodump.run("copy", "--dry-run");
        assertThat(missing.exitStatus()).isZero();
        assertThat(missing.out()).contains("missing in disk: orders/shop/", "1 dump missing in disk");
        assertThat(autodump.run("status").out()).contains("orders: the copy in disk of the dump of", "isn't there yet");

        Result copy = autodump.run("copy", "orders", "--json");
        assertThat(copy.exitStatus()).isZero();
        assertThat(copy.out()).contains("\"name\" : \"disk\"", "\"key\" : \"orders/shop/");
        assertThat(autodump.run("status").out()).doesNotContain("copy");
        assertThat(autodump.run("status", "--json").out()).contains("\"missing\" : [ ]", "\"late\" : [ ]");
    }

    @Test
    void saysThatACopyIsMissing() throws IOException {
        autodump.run("dump", "orders");
        deleteAll("disk");

        assertThat(autodump.run("status", "--margin", "PT0S").out())
                .contains("orders: 1 copy is missing in disk, the newest of the dump of", "autodump copy orders");
        assertThat(autodump.run("status", "--margin", "PT0S").exitStatus()).isEqualTo(6);
        assertThat(autodump.run("copy").out()).contains("1 dump copied to disk");
    }

    @Test
    void copiesNothingFromAStoreThatWasChosenByItsName() {
        assertThat(autodump.run("dump", "orders", "--store", "tape").exitStatus())
                .isZero();

        assertThat(folder.resolve("tape/orders")).isDirectory();
        assertThat(folder.resolve("disk")).doesNotExist();
        assertThat(autodump.run("copy", "--store", "tape").err()).contains("are copied nowhere");
        assertThat(autodump.run("list").err()).contains("no dumps");
    }

    @Test
    void catchesUpInARun() throws IOException {
        configure("");
        autodump.run("dump", "orders");
        configure("stores: {disk: ./disk}\ncopy-to: [disk]\n");

        Result run = autodump.run("run", "--once");

        assertThat(run.exitStatus()).isZero();
        assertThat(run.out() + run.err()).contains("copied to disk: orders/shop/");
        assertThat(files("disk")).isEqualTo(files("dumps"));
    }

    @Test
    void prunesAStoreByItsOwnRetention() throws IOException {
        autodump.run("dump", "orders");

        assertThat(autodump.run("prune", "--dry-run").out()).doesNotContain("keep");
        autodump.run("dump", "orders", "--store", "tape");
        assertThat(autodump.run("prune", "--dry-run", "--store", "tape").out()).contains("keep");
    }

    @Test
    void checksEveryStoreAndShowsWhereItsSettingsComeFrom() throws IOException {
        Files.writeString(folder.resolve("tape"), "not a folder");

        Result doctor = autodump.run("doctor");
        assertThat(doctor.out()).contains("store disk", "store tape", "/test/tape is a file and no folder");
        assertThat(autodump.run("config").out())
                .containsPattern("stores.tape.retention +last=2 +/test/autodump.yaml, line 7")
                .containsPattern("copy-to +disk");
        assertThat(autodump.run("config", "--store", "tape").out()).containsPattern("store +tape +--store");
    }

    @Test
    void triesEachDatabaseThatADumpWouldMake() throws IOException {
        FakeDumpSource source = FakeDumpSource.printing("rows".getBytes(UTF_8));
        autodump = new CommandLineRun(
                folder, new FakeDatabaseEngine(source, "postgres").withDatabases("bills", "stock", "other"));
        autodump.secret("erp", "{\"autodump:databases\": \"bills stock\"}");

        Result dryRun = autodump.run("dump", "erp", "--dry-run");

        assertThat(dryRun.exitStatus()).isZero();
        assertThat(dryRun.out().lines().filter(line -> line.startsWith("would dump")))
                .containsExactly(
                        "would dump bills of secret erp; nothing was dumped",
                        "would dump stock of secret erp; nothing was dumped");
        assertThat(autodump.run("dump", "erp", "--dry-run", "--json").out()).contains("erp/bills/", "erp/stock/");
    }

    private void configure(String more) throws IOException {
        Files.writeString(folder.resolve("autodump.yaml"), "secrets: ./secrets\nstore: ./dumps\n" + more);
    }

    private List<String> files(String store) throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve(store))) {
            return files.filter(file ->
                            Files.isRegularFile(file) && !file.toString().contains(".autodump-tmp"))
                    .map(file -> folder.resolve(store).relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    private void deleteAll(String store) throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve(store))) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}

package io.autodump.cli.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ObjectArrays;
import io.autodump.cli.command.CommandLineRun.Result;
import io.autodump.core.testing.FakeDatabaseEngine;
import io.autodump.core.testing.FakeDumpSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the commands show of a dump of several parts in a folder. */
class DumpsOfPartsCommandTest {
    private static final String KEY = "orders/shop/2026/11/22/shop-2026-11-22T08-00-00Z.dump.zst";
    private static final String PARTS = "dumps/orders/shop/2026/11/22/shop-2026-11-22T08-00-00Z";

    private final FakeDatabaseEngine engine = new FakeDatabaseEngine(
            FakeDumpSource.printingParts("archive".getBytes(UTF_8), "1\n2\n".getBytes(UTF_8), "3\n".getBytes(UTF_8)),
            "postgres");
    private final Path folder;
    private final CommandLineRun autodump;

    DumpsOfPartsCommandTest(@TempDir Path folder) throws IOException {
        this.folder = folder;
        this.autodump = new CommandLineRun(folder, engine).secret("orders", "{}");
    }

    @Test
    void dumpsListsVerifiesAndRestores() throws IOException {
        Result dump = autodump.run("dump", "orders");
        Result list = autodump.run("list", "--long", "orders");
        Result verify = autodump.run("verify", "latest:orders");
        Result restore = autodump.run("restore", KEY, "--to", "orders", "--database", "copy");

        assertThat(List.of(dump, list, verify, restore)).allSatisfy(result -> {
            assertThat(result.err()).isEmpty();
            assertThat(result.exitStatus()).isZero();
        });
        assertThat(dump.out())
                .contains(
                        "key     " + KEY,
                        "size    13 B in 3 parts (13 bytes)",
                        "holds   44 entries, 42 in the archive");
        assertThat(list.out()).containsPattern("13 B in 3 parts .*" + KEY);
        assertThat(verify.out()).startsWith("OK: SHA-256 of 3 parts matches, 42 archive entries are readable");
        assertThat(engine.fakeRestorer().restoredParts()).hasSize(3);
        assertThat(folder.resolve(PARTS).resolve("data/0002.copy.zst")).hasContent("3\n");
        assertThat(folder.resolve("dumps").resolve(KEY)).doesNotExist();
        assertThat(autodump.run("list", "--json").out()).contains("\"schemaVersion\" : 2", "\"parts\" : [");
    }

    @Test
    void saysOfWhichPartsItCountedTheRows() {
        autodump.run("dump", "orders");

        assertThat(restored()).contains("and each part had as many rows as the manifest says");
        assertThat(restored("--table", "t1")).contains("and each part that was restored had as many rows");
        assertThat(restored("--schema-only")).contains("check   pg_restore reported no error; no rows were restored\n");
    }

    private String restored(String... options) {
        return autodump.run(ObjectArrays.concat(
                        new String[] {"restore", KEY, "--to", "orders", "--database", "copy"}, options, String.class))
                .out();
    }

    @Test
    void takesAPartInTheStoreForItsDump() {
        autodump.run("dump", "orders");

        assertThat(autodump.run("verify", PARTS + "/archive.dump.zst").out()).startsWith("OK: ");
    }

    @Test
    void namesAMissingPart() throws IOException {
        autodump.run("dump", "orders");
        Files.delete(folder.resolve(PARTS).resolve("data/0001.copy.zst"));

        Result verify = autodump.run("verify", KEY);

        assertThat(verify.exitStatus()).isEqualTo(5);
        assertThat(verify.err()).contains("has a manifest but its part data/0001.copy.zst is missing");
    }

    @Test
    void printsTheCommandsThatRestoreWithoutAutoDump() {
        autodump.run("dump", "orders");

        assertThat(autodump.run("list", "--show-restore", "latest:orders").out().lines())
                .containsExactly(
                        "# Run this in a copy of /test/" + PARTS + ".",
                        "# Create an empty database first, and set PGHOST, PGUSER and PGDATABASE to reach it.",
                        "restore with stock tools");
        assertThat(autodump.run("list", "orders", "--show-restore", KEY).exitStatus())
                .isEqualTo(2);
    }

    @Test
    void printsTheCommandThatRestoresADumpOfOneFile(@TempDir Path other) throws IOException {
        CommandLineRun single = new CommandLineRun(
                        other, new FakeDatabaseEngine(FakeDumpSource.printing("rows".getBytes(UTF_8)), "postgres"))
                .secret("orders", "{}");
        single.run("dump", "orders");

        assertThat(single.run("list", "--show-restore", KEY).out())
                .endsWith("zstd -dc ./shop-2026-11-22T08-00-00Z.dump.zst | pg_restore --exit-on-error"
                        + " -d \"$PGDATABASE\"\n");
    }
}

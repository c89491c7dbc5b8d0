package io.autodump.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The machine fails: memory, descriptors, disk, clock. */
@Timeout(3600)
class MachineFaultIT {
    private static final int EPERM = 1;
    private static final int ENOLCK = 37;
    private static final long YEARS_75 = 75L * 365 * 86400;

    private final ChaosWorld world;

    MachineFaultIT(@TempDir Path folder) {
        world = new ChaosWorld(folder, ChaosDatabase.server());
    }

    @Test
    void runsOutOfMemory() {
        for (int megabytes : ChaosForm.isFull() ? List.of(6, 8, 10, 12, 14, 16, 20, 24) : List.of(9)) {
            ChaosProcess.Ended ended = world.plan()
                    .option("-Xmx" + megabytes + "m")
                    .start("dump", "orders")
                    .await();
            assertThat(ended.exitStatus() == 0)
                    .as(megabytes + " MiB: " + ended)
                    .isEqualTo(!world.listing().dumps().isEmpty());
            world.assertRecovers();
            forget();
        }
    }

    private void forget() {
        ChaosWorld.files(world.store()).forEach(MachineFaultIT::delete);
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Test
    void runsOutOfFileDescriptors() throws Exception {
        assumeTrue(isInstalled("prlimit"), "prlimit limits descriptors");
        int most = ChaosForm.isShort() ? 45 : 70;
        for (int files = 20; files <= most; files += ChaosForm.isFull() ? 2 : 25) {
            ChaosProcess.Ended ended = world.plan()
                    .through("prlimit", "--nofile=" + files)
                    .start("dump", "orders")
                    .await();
            assertThat(ended.exitStatus() == 0)
                    .as(files + " descriptors: " + ended)
                    .isEqualTo(!world.listing().dumps().isEmpty());
            world.assertRecovers();
            forget();
        }
    }

    /** From a disk that holds nothing to one that lacks the last kilobytes. */
    @Test
    void fillsTheDiskAtRandomSizes() throws Exception {
        Random random = ChaosForm.random("disk");
        Files.createDirectories(world.store());
        for (int i = 0; i < ChaosForm.times(1, 2, 40); i++) {
            int kilobytes = 16 + random.nextInt(ChaosForm.isShort() ? 1000 : 5000);
            onDisk("size=" + kilobytes + "k", ended -> {
                if (ended.exitStatus() != 0) {
                    world.assertFailed(ended, "AD-4001");
                    assertThat(ended.err()).contains("HINT: free some space");
                }
            });
        }
    }

    /** Room, and no inode for one more file. */
    @Test
    void runsOutOfInodes() throws Exception {
        Files.createDirectories(world.store());
        int most = ChaosForm.isShort() ? 8 : 14;
        for (int inodes = 2; inodes <= most; inodes += ChaosForm.isFull() ? 1 : 6) {
            onDisk("size=64m,nr_inodes=" + inodes, ended -> {
                if (ended.exitStatus() != 0) {
                    world.assertFailed(ended, "AD-4001");
                    assertThat(ended.err()).contains("no inodes");
                }
            });
        }
    }

    /** What is checked while the disk is mounted. */
    private interface Check {
        void of(ChaosProcess.Ended ended);
    }

    private void onDisk(String options, Check check) throws Exception {
        String store = world.store().toString();
        assumeTrue(run("mount", "-t", "tmpfs", "-o", options, "none", store), "may mount a small disk");
        try {
            check.of(world.autodump("dump", "orders").await());
            world.assertEveryDumpIsWhole();
            assertThat(ChaosWorld.files(world.store()).stream()
                            .filter(file -> file.toString().endsWith(".dump.zst"))
                            .count())
                    .as("a file without a manifest isn't left")
                    .isEqualTo(world.listing().dumps().size());
            forget();
            assertThat(run("mount", "-o", "remount,size=64m,nr_inodes=1000", store))
                    .isTrue();
            world.assertRecovers();
        } finally {
            run("umount", store);
        }
    }

    @Test
    void cannotWriteToADiskThatIsMountedReadOnly() throws Exception {
        Files.createDirectories(world.store());
        String store = world.store().toString();
        assumeTrue(run("mount", "-t", "tmpfs", "-o", "ro", "none", store), "may mount a disk");
        try {
            ChaosProcess.Ended ended = world.autodump("dump", "orders").await();
            world.assertFailed(ended, "AD-4001");
            assertThat(ended.err()).contains("HINT: mount the disk");
        } finally {
            run("umount", store);
        }
        world.assertRecovers();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ro", "size=40k"})
    void cannotUseTheFolderForTemporaryFiles(String options) throws Exception {
        String folder = world.folder().resolve("tmp").toString();
        assumeTrue(run("mount", "-t", "tmpfs", "-o", options, "none", folder), "may mount a disk");
        try {
            ChaosProcess.Ended ended = world.autodump("dump", "orders").await();
            assertThat(ended.exitStatus()).as(ended.err()).isNotZero();
            assertThat(ended.err())
                    .startsWith("AD-2003 ")
                    .contains("HINT: make the folder for temporary files")
                    .doesNotContain("Exception", "\tat ");
        } finally {
            run("umount", folder);
        }
        world.assertRecovers();
    }

    /** Errors of the system, by their numbers on Linux, and a word of the right hint. */
    enum Errno {
        EIO(5, "heck the disk of"),
        EACCES(13, "let the user who runs AutoDump"),
        ENOSPC(28, "df -i"),
        EROFS(30, "for writing"),
        ELOOP(40, "symbolic link"),
        ESTALE(116, "heck the disk of"),
        EDQUOT(122, "quota");

        private final int number;
        private final String hint;

        Errno(int number, String hint) {
            this.number = number;
            this.hint = hint;
        }
    }

    static List<Errno> errors() {
        return Stream.of(Errno.values())
                .filter(ChaosForm::isAskedFor)
                .filter(error -> ChaosForm.isFull() || error == Errno.EIO)
                .toList();
    }

    /** Each change to a file of the store fails with this error, for good. */
    @ParameterizedTest
    @MethodSource("errors")
    void failsAtEveryChangeToItsFiles(Errno error) {
        int calls = KilledIT.changes(world);
        for (int call : KilledIT.chosen(calls, error.name())) {
            Map<String, String> failing = Shim.create()
                    .on("/dumps/", Shim.CHANGES)
                    .failFrom(call, error.number)
                    .variables();
            ChaosProcess.Ended ended =
                    world.plan().variables(failing).start("dump", "orders").await();
            if (ended.exitStatus() != 0) {
                world.assertFailed(ended, "AD-4001", "AD-4003", "AD-4004");
                // Whether the last sync failed or not, the file has its name: that has a hint of its own.
                if (!ended.err().contains("AD-4003")) {
                    assertThat(ended.err()).as("call " + call).contains(error.hint);
                }
            }
            world.assertRecovers();
        }
    }

    /** The work is done, and the answer says that it isn't, as over a network that breaks. */
    @Test
    void losesTheAnswerOfEveryChangeToItsFiles() {
        int calls = KilledIT.changes(world);
        for (int call : KilledIT.chosen(calls, "answer")) {
            Map<String, String> failing = Shim.create()
                    .on("/dumps/", "rename,link,unlink,mkdir,fsync")
                    .loseAnswer(call, Errno.EIO.number)
                    .variables();
            ChaosProcess.Ended ended =
                    world.plan().variables(failing).start("dump", "orders").await();
            if (ended.exitStatus() != 0) {
                world.assertFailed(ended, "AD-4001", "AD-4003", "AD-4004");
            }
            world.assertRecovers();
        }
    }

    @ParameterizedTest
    @CsvSource({"link, " + EPERM, "lock, " + ENOLCK})
    void worksOnAFileSystemWithoutLinksOrLocks(String call, int errno) {
        Map<String, String> lacking =
                Shim.create().on("/dumps/", call).failFrom(1, errno).variables();

        ChaosProcess.Ended dump =
                world.plan().variables(lacking).start("dump", "orders").await();
        ChaosProcess.Ended verify =
                world.plan().variables(lacking).start("verify", "latest:orders").await();

        assertThat(dump.exitStatus()).as(dump.err()).isZero();
        assertThat(verify.exitStatus()).as(verify.err()).isZero();
        world.assertRecovers();
    }

    /** The stored file can't be read on. */
    @Test
    void saysThatAStoredDumpCannotBeReadOn() {
        world.nextRun(world.server().secret(ChaosDatabase.SHOP));
        Map<String, String> failing = Shim.create()
                .on(".dump.zst", "read,pread64")
                .failFrom(3, Errno.EIO.number)
                .variables();

        ChaosProcess.Ended ended =
                world.plan().variables(failing).start("verify", "latest:orders").await();

        world.assertFailed(ended, "AD-4001");
        world.assertRecovers();
    }

    @Test
    void survivesAClockThatIsYearsAhead() {
        Map<String, String> ahead = Shim.create().moveClock(YEARS_75).variables();

        ChaosProcess.Ended dump =
                world.plan().variables(ahead).start("dump", "orders").await();
        world.nextRun(world.server().secret(ChaosDatabase.SHOP));
        ChaosProcess.Ended verify = world.autodump("verify", "latest:orders").await();

        assertThat(dump.exitStatus()).as(dump.err()).isZero();
        assertThat(dump.err()).contains("the clock of this machine shows 21", "the server's shows 20");
        assertThat(verify.exitStatus()).as(verify.err()).isZero();
        assertThat(verify.err()).contains("passed over orders/shop/21");
        world.assertRecovers();
    }

    @ParameterizedTest
    @CsvSource({"-" + YEARS_75, "-86400", "-3600", "3600", "86400"})
    void survivesAClockThatStepsDuringADump(long seconds) {
        Random random = ChaosForm.random("clock" + seconds);
        for (int i = 0; i < ChaosForm.times(seconds == -3600 ? 1 : 0, 10); i++) {
            Map<String, String> stepping =
                    Shim.create().moveClockAfter(seconds, random.nextInt(2000)).variables();
            ChaosProcess.Ended ended =
                    world.plan().variables(stepping).start("dump", "orders").await();
            assertThat(ended.exitStatus()).as(ended.err()).isZero();
            world.assertRecovers();
        }
    }

    private static boolean isInstalled(String program) throws Exception {
        return run(program, "--version");
    }

    private static boolean run(String... command) throws Exception {
        List<String> words = new ArrayList<>(List.of(command));
        try {
            Process process = new ProcessBuilder(words)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(1, TimeUnit.MINUTES) && process.exitValue() == 0;
        } catch (IOException notInstalled) {
            return false;
        }
    }
}

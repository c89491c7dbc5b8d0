package io.autodump.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The limit is far below the time that the children would take if nothing ended them. */
@Timeout(60)
final class ChildProcessTest {
    private static final int MUCH = 3_000_000;

    @Test
    void leavesAChildItsGraceAlsoWhenTheThreadThatStopsItIsInterrupted(@TempDir Path folder) throws Exception {
        Path cancelled = folder.resolve("cancelled");
        try (ChildProcess child = start("trap 'sleep 0.3; : > " + cancelled + "; exit 0' TERM; echo; read never")) {
            assertThat(child.stdout().read()).isEqualTo('\n');

            Thread.currentThread().interrupt();
            child.stop();

            assertThat(Thread.interrupted())
                    .as("the interrupt is still pending")
                    .isTrue();
            assertThat(cancelled).exists();
            assertThat(child.isAlive()).isFalse();
        }
    }

    /** The shell ends at once; what it has started goes on to write. It holds the child's stderr too, or doesn't. */
    @Test
    void readsToTheRealEndWhateverOfTheChildHasEnded() throws Exception {
        String without = "exec 2>/dev/null; ";
        for (String before : List.of("", without, without, without, without)) {
            try (ChildProcess child = start("(" + before + "sleep 0.3; head -c " + MUCH + " /dev/zero) & exit 0")) {
                assertThat(child.waitFor()).isZero();
                assertThat(child.stdout().readAllBytes()).hasSize(MUCH);
            }
        }
    }

    @Test
    void readsStderrOfWhatTheChildHasLeftBehind() throws Exception {
        try (ChildProcess child = start("(sleep 0.3; echo late >&2) & exit 3")) {
            assertThat(child.waitFor()).isEqualTo(3);
            assertThat(child.stderrLines()).containsExactly("late");
        }
    }

    @Test
    void closeWakesAReadThatWaitsForAProcessThatIsLeftBehind() throws Exception {
        ChildProcess child = start("sleep 600 2>/dev/null & echo; exit 0");
        assertThat(child.stdout().read()).isEqualTo('\n');
        CompletableFuture<Integer> reading = CompletableFuture.supplyAsync(() -> readOne(child));
        child.waitFor();

        child.close();

        assertThat(reading.join()).isEqualTo(-2);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void closeEndsTheProcessThatIsLeftBehind() throws Exception {
        ChildProcess child = start("sleep 600 2>/dev/null & echo $!; exit 0");
        ProcessHandle left = ProcessHandle.of(Long.parseLong(line(child))).orElseThrow();
        child.waitFor();

        child.close();

        left.onExit().join();
    }

    /** Between fork and exec a new child holds all that this process has open, the pipes of others among it. */
    @Test
    void closeSparesAProgramThatIsJustBeingStarted() throws Exception {
        List<CompletableFuture<Void>> starters = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            starters.add(CompletableFuture.runAsync(
                    ChildProcessTest::startAndEndOften, command -> new Thread(command).start()));
        }
        for (CompletableFuture<Void> starter : starters) {
            starter.get();
        }
    }

    private static void startAndEndOften() {
        for (int i = 0; i < 50; i++) {
            try (ChildProcess child = start("echo; exit 0")) {
                assertThat(child.stdout().read()).isEqualTo('\n');
                assertThat(child.waitFor()).isZero();
            } catch (IOException | InterruptedException failed) {
                throw new AssertionError(failed);
            }
        }
    }

    @Test
    void closeWakesAWriteThatNothingReads() throws Exception {
        ChildProcess child = start("exec sleep 600");
        CompletableFuture<Boolean> writing =
                CompletableFuture.supplyAsync(() -> ProgramFeed.offer(child.stdin(), new byte[MUCH], 0, MUCH));

        child.close();

        assertThat(writing.join()).isFalse();
    }

    @Test
    void anInterruptWakesAReadAndAWaitAndAWrite() throws Exception {
        try (ChildProcess child = start("exec sleep 600")) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> child.stdout().read()).isInstanceOf(IOException.class);
            assertThat(ProgramFeed.offer(child.stdin(), new byte[MUCH], 0, MUCH))
                    .isFalse();
            assertThatThrownBy(child::waitFor).isInstanceOf(InterruptedException.class);
        }
    }

    @Test
    void endsAChildThatTakesLongerThanItMay() throws Exception {
        try (ChildProcess child = start("trap '' TERM; while :; do sleep 600; done")) {
            assertThat(child.waitFor(Duration.ofMillis(100))).isEmpty();
            assertThat(child.isAlive()).isFalse();
        }
        try (ChildProcess child = start("exit 4")) {
            assertThat(child.waitFor(Duration.ofMinutes(1))).hasValue(4);
        }
    }

    @Test
    void discardsTheOutputThatNobodyReads() throws Exception {
        try (ChildProcess child = ChildProcess.startWithoutOutput(
                List.of("/bin/sh", "-c", "head -c " + MUCH + " /dev/zero"), PATH, line -> false, line -> line)) {
            assertThat(child.waitFor()).isZero();
            assertThat(child.stdout().read()).isEqualTo(-1);
        }
    }

    @Test
    void readsTheRestOfWhatTheCallerDoesNotWantAndDoesNotWaitForAnotherProcess() throws Exception {
        try (ChildProcess child = start("echo one; echo two")) {
            assertThat(child.stdout().read()).isEqualTo('o');
            assertThat(child.waitFor()).isZero();
            child.discardOutput();
            assertThat(child.stdout().read()).isEqualTo(-1);
        }
        try (ChildProcess child = start("echo one; ( exec 2>/dev/null; sleep 3000 & )")) {
            assertThat(child.waitFor()).isZero();
            child.discardOutput();
        }
    }

    @Test
    void leavesNothingOnDiskWhileItRuns() throws Exception {
        try (ChildProcess child = start("echo; read never")) {
            assertThat(child.stdout().read()).isEqualTo('\n');
            assertThat(ownFolders()).isEmpty();
        }
    }

    @Test
    void leavesNothingOnDiskIfTheProgramCannotBeStarted() {
        assertThatThrownBy(() -> ChildProcess.start(List.of("/nonexistent/program"), PATH, line -> false, line -> line))
                .isInstanceOfSatisfying(
                        AutoDumpException.class,
                        failure -> assertThat(failure.code()).isEqualTo(ErrorCode.PROCESS_NOT_STARTED));
        assertThat(ownFolders()).isEmpty();
    }

    private static final Map<String, String> PATH = Map.of("PATH", "/usr/bin:/bin");

    private static String[] ownFolders() {
        String prefix = "autodump-" + ProcessHandle.current().pid() + "-";
        return new File(System.getProperty("java.io.tmpdir")).list((parent, name) -> name.startsWith(prefix));
    }

    private static String line(ChildProcess child) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int read = child.stdout().read();
                read != '\n';
                read = child.stdout().read()) {
            line.append((char) read);
        }
        return line.toString();
    }

    /** The byte, -1 at the end, -2 if the pipe was given up, whose end must not be taken for that of the output. */
    private static int readOne(ChildProcess child) {
        try {
            return child.stdout().read();
        } catch (IOException closed) {
            return -2;
        }
    }

    private static ChildProcess start(String script) {
        return ChildProcess.start(List.of("/bin/sh", "-c", script), PATH, line -> false, line -> line);
    }
}

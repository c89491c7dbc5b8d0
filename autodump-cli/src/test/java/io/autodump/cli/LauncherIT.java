package io.autodump.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code bin/autodump} in a small checkout, and the command that a build leaves, with a java and a mvn that only say
 * that they were called.
 */
class LauncherIT {
    private static final int OPERATOR_STATUS = 3;
    private static final Duration DAY = Duration.ofDays(1);
    private static final boolean ROOT = "root".equals(System.getProperty("user.name"));
    private static final Path COMMAND = Path.of("src/main/dist/bin/autodump");
    /** All that the launcher calls, apart from java and mvn. */
    private static final List<String> TOOLS = List.of(
            "cat",
            "cp",
            "cut",
            "dirname",
            "echo",
            "env",
            "find",
            "head",
            "id",
            "kill",
            "mkdir",
            "mktemp",
            "mv",
            "ps",
            "readlink",
            "rm",
            "sed",
            "sh",
            "sleep",
            "stty");

    private final List<Process> processes = new ArrayList<>();
    private final Path folder;
    private final Path module;
    private final Path programs;
    private final Path mavenWasCalled;

    LauncherIT(@TempDir Path folder) {
        this.folder = folder;
        this.module = folder.resolve("checkout/autodump-cli");
        this.programs = folder.resolve("programs");
        this.mavenWasCalled = folder.resolve("maven-was-called");
    }

    @BeforeEach
    void makeCheckout() throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.createDirectories(module.resolve("src/main"));
        Files.writeString(folder.resolve("checkout/pom.xml"), "");
        Files.createDirectory(folder.resolve("checkout/bin"));
        Files.copy(Path.of("../bin/autodump"), launcher());
        script(launcher(), Files.readString(launcher()));
        Files.createDirectories(programs.resolve("java/bin"));
        Files.writeString(programs.resolve("java/release"), "JAVA_VERSION=\"17.0.15\"\n");
        script(programs.resolve("java/bin/java"), "#!/bin/sh\necho \"runs: $*\"\n");
        for (String tool : TOOLS) {
            Files.createSymbolicLink(programs.resolve(tool), find(tool));
        }
    }

    @AfterEach
    void cleanUp() throws IOException {
        processes.forEach(Process::destroyForcibly);
        try (Stream<Path> folders = Files.walk(folder)) {
            for (Path each : folders.filter(Files::isDirectory).toList()) {
                Files.setPosixFilePermissions(each, PosixFilePermissions.fromString("rwxr-xr-x"));
            }
        }
    }

    @Test
    void runsWhatIsBuiltAndUpToDateWithoutMaven() throws Exception {
        built(Instant.now().plus(DAY));

        Ended ended = launch().await();

        assertThat(ended.exitStatus()).as(ended.err()).isZero();
        assertThat(ended.out()).contains("runs: ").endsWith("plan");
        assertThat(ended.err()).isEmpty();
    }

    @Test
    void buildsWhatIsOlderThanItsSourcesAndRunsIt() throws Exception {
        built(Instant.now().minus(DAY));
        maven();

        Ended ended = launch().await();

        assertThat(ended.exitStatus()).as(ended.err()).isZero();
        assertThat(mavenWasCalled).exists();
        assertThat(ended.out()).contains("runs: ");
        assertThat(ended.err()).isEqualTo("autodump: building it (this takes a minute, once)");
    }

    @Test
    void runsAnOlderBuildWithAWarningWhereItsUserHasNoWritePermission() throws Exception {
        built(Instant.now().minus(DAY));
        maven();

        Ended ended = launchWithoutWritePermission().await();

        assertThat(ended.exitStatus()).as(ended.err()).isZero();
        assertThat(ended.out()).contains("runs: ");
        assertThat(ended.err().lines())
                .satisfiesExactly(
                        warning -> assertThat(warning)
                                .startsWith("autodump: WARNING: running an older build")
                                .contains("no write permission on " + module.toRealPath()),
                        hint -> assertThat(hint).startsWith("HINT: build it as the user that owns it"));
        assertThat(mavenWasCalled).doesNotExist();
    }

    @Test
    void failsWithAHintWhereItWasNeverBuiltAndItsUserHasNoWritePermission() throws Exception {
        maven();

        Ended ended = launchWithoutWritePermission().await();

        assertThat(ended.exitStatus()).as(ended.err()).isEqualTo(OPERATOR_STATUS);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err().lines())
                .satisfiesExactly(
                        message -> assertThat(message)
                                .startsWith("autodump: this checkout was never built, and can't be built now")
                                .contains("no write permission on " + module.toRealPath()),
                        hint -> assertThat(hint).startsWith("HINT: build it as the user that owns it"));
    }

    @Test
    void runsAnOlderBuildWithAWarningWhereThereIsNoMaven() throws Exception {
        built(Instant.now().minus(DAY));

        Ended ended = launch().await();

        assertThat(ended.exitStatus()).as(ended.err()).isZero();
        assertThat(ended.out()).contains("runs: ");
        assertThat(ended.err()).contains("running an older build", "mvn is not on the PATH");
    }

    @Test
    void failsWithAHintWhereItWasNeverBuiltAndThereIsNoMaven() throws Exception {
        Ended ended = launch().await();

        assertThat(ended.exitStatus()).as(ended.err()).isEqualTo(OPERATOR_STATUS);
        assertThat(ended.err()).contains("never built", "mvn is not on the PATH", "HINT: ");
    }

    @Test
    void waitsForABuildThatRunsAndThenRunsWhatThatOneBuilt() throws Exception {
        maven();
        lock(ProcessHandle.current().pid());
        Launched launched = launch();
        assertThat(launched.firstErrorLine()).isEqualTo("autodump: waiting for another build");

        built(Instant.now().plus(DAY));
        unlock();

        Ended ended = launched.await();
        assertThat(ended.exitStatus()).as(ended.err()).isZero();
        assertThat(ended.out()).contains("runs: ");
        assertThat(mavenWasCalled).doesNotExist();
    }

    @Test
    void waitsForABuildOfAnotherUserAsWell() throws Exception {
        lock(ProcessHandle.current().pid());
        Launched launched = launchWithoutWritePermission();
        assertThat(launched.firstErrorLine()).isEqualTo("autodump: waiting for another build");

        permissions("rwxr-xr-x");
        built(Instant.now().plus(DAY));
        unlock();

        assertThat(launched.await().exitStatus()).isZero();
    }

    @Test
    void takesOverTheLockOfABuildThatWasKilled() throws Exception {
        maven();
        Process gone = new ProcessBuilder("true").start();
        assertThat(gone.waitFor(1, TimeUnit.MINUTES)).isTrue();
        lock(gone.pid());

        Ended ended = launch().await();

        assertThat(ended.exitStatus()).as(ended.err()).isZero();
        assertThat(mavenWasCalled).exists();
        assertThat(module.resolve("target/.building")).doesNotExist();
    }

    private Path launcher() {
        return folder.resolve("checkout/bin/autodump");
    }

    /** Leaves what a build leaves, as of this time. */
    private void built(Instant when) throws IOException {
        Path libraries = Files.createDirectories(module.resolve("target/quick/dist/lib"));
        Files.writeString(libraries.resolve("autodump-cli-1.jar"), "");
        Path command = Files.createDirectories(libraries.resolveSibling("bin")).resolve("autodump");
        Files.copy(COMMAND, command, StandardCopyOption.REPLACE_EXISTING);
        Files.setLastModifiedTime(Files.createFile(module.resolve("target/quick/dist/built")), FileTime.from(when));
    }

    private void maven() throws IOException {
        script(programs.resolve("mvn"), """
                #!/bin/sh
                : >'%s'
                dist=autodump-cli/target/quick/dist
                mkdir -p $dist/lib $dist/bin && : >$dist/lib/autodump-cli-1.jar
                cp '%s' $dist/bin/autodump
                """.formatted(mavenWasCalled, COMMAND.toAbsolutePath()));
    }

    private void lock(long owner) throws IOException {
        Path lock = Files.createDirectories(module.resolve("target/.building"));
        Files.writeString(lock.resolve("pid"), owner + "\n");
    }

    private void unlock() throws IOException {
        Files.delete(module.resolve("target/.building/pid"));
        Files.delete(module.resolve("target/.building"));
    }

    private Launched launch() throws IOException {
        return start(List.of(launcher().toString(), "plan"));
    }

    /**
     * As another user where this one is root, whom no permission stops; as this one in a read-only module elsewhere.
     */
    private Launched launchWithoutWritePermission() throws IOException {
        if (!ROOT) {
            permissions("r-xr-xr-x");
            return launch();
        }
        assumeTrue(Files.exists(Path.of("/usr/bin/setpriv")), "acting as another user takes setpriv (util-linux)");
        return start(List.of(
                "/usr/bin/setpriv",
                "--reuid=65534",
                "--regid=65534",
                "--clear-groups",
                launcher().toString(),
                "plan"));
    }

    private void permissions(String permissions) throws IOException {
        for (Path each : List.of(module.resolve("target"), module)) {
            if (Files.exists(each)) {
                Files.setPosixFilePermissions(each, PosixFilePermissions.fromString(permissions));
            }
        }
    }

    private Launched start(List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectInput(new File("/dev/null"));
        builder.environment().clear();
        builder.environment().put("PATH", programs.toString());
        builder.environment().put("JAVA_HOME", programs.resolve("java").toString());
        Launched launched = new Launched(builder.start());
        processes.add(launched.process());
        return launched;
    }

    private static void script(Path file, String text) throws IOException {
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static Path find(String tool) {
        return Stream.of("/usr/bin", "/bin")
                .map(place -> Path.of(place, tool))
                .filter(Files::exists)
                .findFirst()
                .orElse(Path.of("/nowhere", tool));
    }

    private record Ended(int exitStatus, String out, String err) {}

    private record Launched(Process process) {
        String firstErrorLine() throws IOException {
            return process.errorReader(StandardCharsets.UTF_8).readLine();
        }

        Ended await() throws IOException, InterruptedException {
            assertThat(process.waitFor(1, TimeUnit.MINUTES)).as("it ends").isTrue();
            return new Ended(
                    process.exitValue(),
                    text(process.inputReader(StandardCharsets.UTF_8)),
                    text(process.errorReader(StandardCharsets.UTF_8)));
        }

        private static String text(java.io.BufferedReader reader) {
            return String.join("\n", reader.lines().toList());
        }
    }
}

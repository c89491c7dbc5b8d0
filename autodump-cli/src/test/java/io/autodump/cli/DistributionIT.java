package io.autodump.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The archive that people install, unpacked elsewhere and run by another user. */
@Timeout(300)
class DistributionIT {
    private static final boolean ROOT = "root".equals(System.getProperty("user.name"));

    @TempDir
    private static Path folder;

    private static Path installed;

    @BeforeAll
    static void unpack() throws Exception {
        assumeTrue(isThere("tar") && isThere("gzip"), "making the archive takes GNU tar and gzip");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        run(
                Map.of(
                        "DIST",
                        Path.of("target/dist").toAbsolutePath().toString(),
                        "RELEASE",
                        folder.resolve("release").toString(),
                        "MAN_PAGES",
                        "no",
                        "PACKAGE",
                        "no"),
                List.of("../scripts/build-dist"));
        Path archive = only(folder.resolve("release"), "autodump-.*\\.tar\\.gz");
        run(Map.of(), List.of("tar", "-xzf", archive.toString(), "-C", folder.toString()));
        installed = folder.resolve(archive.getFileName().toString().replace(".tar.gz", ""));
    }

    @Test
    void runsForAnotherUserAndWritesNothingIntoItsFolder() throws Exception {
        assumeTrue(ROOT && isThere("setpriv"), "acting as another user takes root and setpriv");
        List<Path> before = files(installed);
        Path home = Files.createDirectory(folder.resolve("home"));
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxrwxrwx"));
        List<String> other = List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");

        String version = autodump(other, home, "version");
        autodump(other, home, "init", home.resolve("backups").toString());
        String plan = autodump(
                other, home, "plan", "-c", home.resolve("backups/autodump.yaml").toString());

        assertThat(version).startsWith("autodump ");
        assertThat(plan).contains("example");
        assertThat(files(installed)).isEqualTo(before);
        assertThat(files(home.resolve(".cache/autodump"))).isNotEmpty();
    }

    @Test
    void completesInEveryShellThatIsHere() throws Exception {
        run(Map.of(), List.of("bash", "-n", "share/bash-completion/completions/autodump"), installed);
        String fish = Files.readString(installed.resolve("share/fish/vendor_completions.d/autodump.fish"));

        assertThat(fish)
                .contains("complete -c autodump -n __fish_use_subcommand -f -a restore -d 'Verifies a dump")
                .contains("complete -c autodump -n '__fish_seen_subcommand_from restore' -l to -r");
        assertThat(Files.readString(installed.resolve("share/zsh/site-functions/_autodump")))
                .startsWith("#compdef autodump\n");
        if (isThere("fish")) {
            run(Map.of(), List.of("fish", "--no-execute", "share/fish/vendor_completions.d/autodump.fish"), installed);
        }
    }

    @Test
    void hasWhatAnInstallationNeeds() {
        assertThat(installed)
                .isDirectoryContaining(path -> path.endsWith("LICENSE"))
                .isDirectoryRecursivelyContaining("glob:**/share/systemd/autodump.service");
    }

    private static String autodump(List<String> as, Path home, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(as);
        command.add(installed.resolve("bin/autodump").toString());
        command.addAll(List.of(arguments));
        return run(Map.of("HOME", home.toString()), command, home);
    }

    private static String run(Map<String, String> variables, List<String> command) throws Exception {
        return run(variables, command, Path.of("").toAbsolutePath());
    }

    private static String run(Map<String, String> variables, List<String> command, Path place) throws Exception {
        File output = Files.createTempFile(folder, "output", "").toFile();
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(place.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().putAll(variables);
        Process process = builder.start();
        assertThat(process.waitFor(3, TimeUnit.MINUTES)).as("it ends").isTrue();
        String text = Files.readString(output.toPath());
        assertThat(process.exitValue()).as(text).isZero();
        return text;
    }

    private static Path only(Path place, String name) throws IOException {
        return files(place).stream()
                .filter(file -> file.getFileName().toString().matches(name))
                .findFirst()
                .orElseThrow();
    }

    private static List<Path> files(Path place) throws IOException {
        try (Stream<Path> found = Files.walk(place)) {
            return found.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private static boolean isThere(String program) {
        return Stream.of("/bin", "/usr/bin").anyMatch(place -> Files.isExecutable(Path.of(place, program)));
    }
}

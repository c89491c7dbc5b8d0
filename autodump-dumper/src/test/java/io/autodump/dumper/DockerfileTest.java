package io.autodump.dumper;

import static org.assertj.core.api.Assertions.assertThat;

import io.autodump.core.contract.DumperNames;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DockerfileTest {
    @TempDir
    private Path folder;

    @Test
    void runsAsTheUserThatTheJobDefinitionNames() throws IOException {
        assertThat(Files.readAllLines(Path.of("Dockerfile"))).contains("USER " + DumperNames.USER);
    }

    @Test
    void installsTheClientsThatThereAreAndPrintsTheirVersions() throws Exception {
        assertThat(clients("", "15 17"))
                .isEqualTo("imageClients: 15,17\n postgresql-client-15 postgresql-client-17\n0");
    }

    @Test
    void failsIfAVersionThatWasAskedForIsNotThere() throws Exception {
        assertThat(clients("15 16", "15 16 17")).endsWith("0");
        assertThat(clients("15 16 18", "15 17"))
                .startsWith("The package sources have no client programs of 16 18: add a source")
                .endsWith("1");
    }

    @Test
    void failsIfThereIsNoClient() throws Exception {
        assertThat(clients("", "")).contains("none of 13 to 18").endsWith("1");
    }

    /** Runs the lines of the Dockerfile that choose the clients; returns their output and the exit status. */
    private String clients(String wanted, String available) throws IOException, InterruptedException {
        String file = Files.readString(Path.of("Dockerfile"));
        String lines = file.substring(
                file.indexOf("    clients=\"\""),
                file.indexOf("    apt-get install -qq --yes --no-install-recommends $clients"));
        Path aptCache = Files.writeString(
                folder.resolve("apt-cache"),
                "#!/bin/sh\ncase \" $AVAILABLE \" in *\" ${2#postgresql-client-} \"*) ;; *) exit 1 ;; esac\n");
        Files.setPosixFilePermissions(aptCache, PosixFilePermissions.fromString("rwx------"));
        String script = "(" + lines.replace("\\\n", "\n") + " echo \"$clients\") 2>&1; echo $?";
        ProcessBuilder shell = new ProcessBuilder("sh", "-c", script);
        shell.environment().put("POSTGRES_VERSIONS", wanted);
        shell.environment().put("PATH", folder + ":" + System.getenv("PATH"));
        shell.environment().put("AVAILABLE", available);
        Process process = shell.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output.strip();
    }
}

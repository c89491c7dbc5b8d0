package io.autodump.dumper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.autodump.core.contract.DumperNames;
import io.autodump.core.dump.DumpManifest;
import io.autodump.testkit.postgres.TestPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * The image, built by its Dockerfile. It runs as its own user on a read-only root file system, with what a container
 * engine gives it besides: /proc, some devices, and /dev/shm in which nothing is executed.
 */
@EnabledIfSystemProperty(named = "autodump.test.full", matches = "true", disabledReason = "make test-all runs it")
class ImageIT {
    private static final int USER = 65532;

    private static BuiltImage image;
    private static TestPostgres server;

    @TempDir
    private Path folder;

    @BeforeAll
    static void build() throws Exception {
        assumeTrue(Boolean.getBoolean("autodump.image.test"), "the image's test is switched off");
        assumeTrue(
                BuiltImage.canBeBuiltHere(),
                "building the image in a test takes root on Debian, with the packages buildah and debootstrap");
        image = BuiltImage.build();
        server = TestPostgres.start();
    }

    @AfterAll
    static void remove() throws IOException {
        for (AutoCloseable there :
                Stream.of(server, image).filter(Objects::nonNull).toList()) {
            try {
                there.close();
            } catch (Exception failed) {
                throw new IOException(failed);
            }
        }
    }

    @Test
    void makesAVerifiedDumpOnAReadOnlyRootFileSystemAsItsOwnUser() throws Exception {
        try (ContainerEnvironment around = new ContainerEnvironment(server);
                DumperProcess dumper = image.run(
                        folder, around.environment(around.secret(ContainerEnvironment.TAGS), around.bucket()))) {
            assertThat(dumper.exitStatus()).as(dumper.text()).isZero();

            DumpManifest manifest = around.theOnlyDump();
            around.verify(manifest);
            assertThat(dumper.line("dump succeeded").path("key").asText())
                    .isEqualTo(manifest.key().value());
            assertThat(dumper.lines())
                    .allSatisfy(line -> assertThat(line.has("timestamp")).isTrue());
            around.assertNoPasswordIn(dumper.text());
        }
    }

    @Test
    void endsInOrderWhenItIsStoppedAsTheFirstProcessOfItsContainer() throws Exception {
        try (ContainerEnvironment around = new ContainerEnvironment(server);
                Connection locked = around.lockedTable();
                DumperProcess dumper = image.run(
                        folder, around.environment(around.secret(ContainerEnvironment.TAGS), around.bucket()))) {
            dumper.await(() -> around.dumpsThatWait() > 0);
            dumper.terminate();

            assertThat(dumper.exitStatus()).as(dumper.text()).isEqualTo(3);
            assertThat(dumper.line("dump failed").path("code").asText()).isEqualTo("AD-2010");
            around.assertNothingIsStored();
            assertThat(locked.isClosed()).isFalse();
        }
    }

    /** As with {@code --cap-drop=ALL --security-opt=no-new-privileges}; every test here runs like that. */
    @Test
    void needsNoCapability() throws Exception {
        try (ContainerEnvironment around = new ContainerEnvironment(server);
                Connection locked = around.lockedTable();
                DumperProcess dumper = image.run(
                        folder, around.environment(around.secret(ContainerEnvironment.TAGS), around.bucket()))) {
            dumper.await(() -> around.dumpsThatWait() > 0);

            assertThat(dumper.statusOfJava())
                    .contains("Uid:\t65532\t65532\t65532\t65532", "NoNewPrivs:\t1")
                    .contains("CapPrm:\t0000000000000000", "CapEff:\t0000000000000000")
                    .contains("CapBnd:\t0000000000000000", "CapAmb:\t0000000000000000");
            locked.rollback();
            assertThat(dumper.exitStatus()).as(dumper.text()).isZero();
        }
    }

    @Test
    void drillsOnAServerOfItsOwnInTheFolderForScratchData() throws Exception {
        Path scratch = Files.createDirectory(folder.resolve("scratch"));
        for (String owner : List.of("unix:uid", "unix:gid")) {
            Files.setAttribute(scratch, owner, USER);
        }
        try (ContainerEnvironment around = new ContainerEnvironment(server)) {
            DumpManifest dump = around.dump();
            Map<String, String> environment =
                    around.environment(around.secret(ContainerEnvironment.TAGS), around.bucket());
            environment.put("VOLUMES", scratch + ":/scratch");
            try (DumperProcess drill = image.run(folder, environment, DumperNames.DRILL)) {
                assertThat(drill.exitStatus()).as(drill.text()).isZero();
                assertThat(drill.line("drill succeeded").path("key").asText())
                        .isEqualTo(dump.key().value());
            }
            assertThat(around.objects(".proven.json")).hasSize(1);
            assertThat(scratch).as("what the drill left").isEmptyDirectory();
        }
    }

    @Test
    void itsSmokeTestPasses() throws Exception {
        try (DumperProcess dumper = image.run(folder, Map.of(), "smoke")) {
            assertThat(dumper.exitStatus()).as(dumper.text()).isZero();
            assertThat(dumper.line("temporary folder").path("found").asText()).isEqualTo("/dev/shm on tmpfs");
            dumper.line("the image is sound");
        }
    }

    @Test
    void itsClassDataArchiveIsUsed() throws Exception {
        // With this option Java ends at once if it can't use the archive; the other is the answer to a wrong argument.
        try (DumperProcess dumper = image.runWith("-Xshare:on", folder, Map.of(), "nothing")) {
            assertThat(dumper.exitStatus()).as(dumper.text()).isEqualTo(2);
        }
        assertThat(Files.size(image.root().resolve("opt/autodump/dumper.jsa"))).isGreaterThan(10_000_000);
    }

    @Test
    void runsAsAnUnprivilegedUserByItsNumberAndWithoutAShell() {
        JsonNode config = image.config();
        assertThat(config.path("User").asText()).isEqualTo("65532:65532");
        assertThat(config.path("Entrypoint").get(0).asText()).isEqualTo("/usr/bin/java");
        assertThat(config.path("Labels").path("org.opencontainers.image.title").asText())
                .isEqualTo("AutoDump dumper");
        assertThat(config.path("Labels")
                        .path("org.opencontainers.image.version")
                        .asText())
                .isNotEqualTo("development");
    }

    @Test
    void holdsNothingByWhichAProgramRunsAsSomebodyElse() throws Exception {
        Process find =
                new ProcessBuilder("find", image.root().toString(), "-xdev", "-type", "f", "-perm", "/6000").start();
        List<String> found = new String(find.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        assertThat(find.waitFor()).isZero();
        assertThat(found).isEmpty();
    }
}

package io.autodump.examples.modular;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.autodump.testkit.aws.S3Server;
import io.autodump.testkit.postgres.TestPostgres;
import java.io.File;
import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModulePathIT {
    /** The program's classes, and the jars of all that it needs. */
    private static final List<Path> MODULE_PATH = List.of(Path.of("target/classes"), Path.of("target/modules"));

    private static final String MODULE = "io.autodump.examples.modular";

    private static TestPostgres postgres;

    @TempDir
    Path folder;

    @BeforeAll
    static void startServer() {
        postgres = TestPostgres.start();
        postgres.createDatabase("orders");
        postgres.execute("orders", "CREATE TABLE orders AS SELECT generate_series(1, 1000) AS id");
    }

    @AfterAll
    static void stopServer() {
        postgres.close();
        S3Server.stop();
    }

    @Test
    void theProgramDumpsToAFolder() throws Exception {
        Path dumps = folder.resolve("dumps");

        assertThat(run(dumps.toString(), Map.of())).startsWith("team/orders/").endsWith(" bytes\n");
    }

    @Test
    void theProgramDumpsToS3() throws Exception {
        String bucket = S3Server.newBucket();

        String printed = run(
                "s3://" + bucket,
                Map.of(
                        "AWS_ENDPOINT_URL_S3",
                        S3Server.endpoint().toString(),
                        "AWS_REGION",
                        "us-east-1",
                        "AWS_ACCESS_KEY_ID",
                        S3Server.ACCESS_KEY_ID,
                        "AWS_SECRET_ACCESS_KEY",
                        S3Server.SECRET_ACCESS_KEY));

        assertThat(printed).startsWith("team/orders/").endsWith(" bytes\n");
    }

    @Test
    void noPackageIsInTwoModules() {
        Map<String, Set<String>> modulesOf = new TreeMap<>();
        for (ModuleReference module : modules()) {
            for (String name : module.descriptor().packages()) {
                modulesOf
                        .computeIfAbsent(name, missing -> new TreeSet<>())
                        .add(module.descriptor().name());
            }
        }

        assertThat(modulesOf.values())
                .isNotEmpty()
                .allSatisfy(names -> assertThat(names).hasSize(1));
    }

    @Test
    void ourOwnJarsAreModulesWithADescriptor() {
        Stream<ModuleDescriptor> ours = modules().stream()
                .map(ModuleReference::descriptor)
                .filter(module -> module.name().startsWith("io.autodump"));

        assertThat(ours.collect(Collectors.toMap(ModuleDescriptor::name, ModuleDescriptor::isAutomatic)))
                .containsOnlyKeys(
                        MODULE,
                        "io.autodump.aws",
                        "io.autodump.core",
                        "io.autodump.local",
                        "io.autodump.postgres",
                        "io.autodump.process")
                .doesNotContainValue(true);
    }

    private static Set<ModuleReference> modules() {
        return ModuleFinder.of(MODULE_PATH.toArray(Path[]::new)).findAll();
    }

    private String run(String store, Map<String, String> environment) throws IOException, InterruptedException {
        File printed = folder.resolve("printed").toFile();
        // The JVM's own warnings belong to no program: JDK 24 and later warn of zstd's native library.
        File warnings = folder.resolve("warnings").toFile();
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "--module-path",
                MODULE_PATH.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)),
                "--module",
                MODULE + "/io.autodump.examples.modular.TeamBackup",
                store,
                postgres.host(),
                Integer.toString(postgres.port()),
                "orders",
                TestPostgres.SUPERUSER);
        builder.environment().putAll(environment);
        Process program =
                builder.redirectOutput(printed).redirectError(warnings).start();
        try (var password = program.outputWriter()) {
            password.write(postgres.password().reveal() + "\n");
        }
        try {
            assertThat(program.waitFor(120, SECONDS)).as("ended in time").isTrue();
        } finally {
            program.destroyForcibly();
        }
        String text = Files.readString(printed.toPath());
        assertThat(program.exitValue())
                .as("%s%s", text, Files.readString(warnings.toPath()))
                .isZero();
        return text;
    }
}

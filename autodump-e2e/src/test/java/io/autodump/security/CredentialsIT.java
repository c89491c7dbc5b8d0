package io.autodump.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.autodump.core.contract.DumperNames;
import io.autodump.program.JavaProgram;
import io.autodump.testkit.aws.FakeAws;
import io.autodump.testkit.aws.S3Server;
import io.autodump.testkit.postgres.TestPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A password is in the memory of AutoDump and in a private file, and nowhere else, however much is logged. */
class CredentialsIT {
    private static final String AWS_KEY = "wJalrXUtnFEMI-K7MDENG-example";
    private static final String LOG_EVERYTHING = """
            handlers = java.util.logging.ConsoleHandler
            .level = ALL
            java.util.logging.ConsoleHandler.level = ALL
            """;

    private static TestPostgres server;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() {
        server = TestPostgres.start();
        server.createDatabase("shop");
        server.execute("shop", "CREATE TABLE orders AS SELECT i FROM generate_series(1, 100) i");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void noPasswordIsInArgumentsEnvironmentsLogsAndFilesWhenEverythingIsLogged() throws Exception {
        String password = server.password().reveal();
        RecordingClients clients = new RecordingClients(folder);
        prepare(clients, "orders", password);
        prepare(clients, "wrong", "another-password-4711");
        List<List<String>> commands = List.of(
                List.of("doctor"),
                List.of("dump", "orders", "--debug"),
                List.of("dump", "wrong", "--debug"),
                List.of("list"),
                List.of("verify", "latest:orders", "--debug"),
                List.of("restore", "latest:orders", "--debug", "--create", "--url", url("copy")),
                List.of("restore", "latest:orders", "--debug", "--url", url("nowhere")));
        StringBuilder printed = new StringBuilder();
        for (List<String> command : commands) {
            printed.append(run(password, command));
        }

        assertThat(printed.toString())
                .contains("dumped shop", "restored", "AD-3002", "org.postgresql")
                .doesNotContain(password, "another-password-4711", AWS_KEY);
        assertThat(clients.arguments())
                .hasSizeGreaterThan(5)
                .allSatisfy(words -> assertThat(String.join(" ", words)).doesNotContain(password));
        assertThat(clients.environments())
                .hasSizeGreaterThan(5)
                .allSatisfy(variables -> assertThat(variables)
                        .noneMatch(variable -> variable.contains(password) || variable.contains(AWS_KEY))
                        .noneMatch(variable -> variable.startsWith("AWS_") || variable.startsWith("PGPASSWORD")));
        assertThat(filesThatHold(password)).containsExactly("orders.json");
    }

    /** The log of the container, with every library told to log everything. */
    @Test
    void noPasswordIsInTheLogOfTheContainer() throws Exception {
        Files.createDirectories(folder.resolve("tmp"));
        Files.writeString(folder.resolve("logging.properties"), LOG_EVERYTHING);
        String password = server.password().reveal();
        String bucket = S3Server.newBucket();
        String printed;
        try (FakeAws aws = FakeAws.start()) {
            String arn = aws.secrets()
                    .put(
                            "orders",
                            Map.of(),
                            value(password).put("bucketname", bucket).toString());
            printed = java(
                    JavaProgram.CONTAINER,
                    List.of(),
                    Map.of(
                            "AWS_ENDPOINT_URL",
                            aws.endpoint().toString(),
                            "AWS_ENDPOINT_URL_S3",
                            S3Server.endpoint().toString(),
                            "AWS_ACCESS_KEY_ID",
                            S3Server.ACCESS_KEY_ID,
                            "AWS_SECRET_ACCESS_KEY",
                            S3Server.SECRET_ACCESS_KEY,
                            DumperNames.SECRET_ARN,
                            arn,
                            DumperNames.SCHEDULED_AT,
                            "2026-11-22T08:00:00Z",
                            DumperNames.BUCKETS,
                            bucket));
        }
        assertThat(printed).contains("dump succeeded").doesNotContain(password, S3Server.SECRET_ACCESS_KEY);
        assertThat(printed.lines()).allSatisfy(line -> assertThat(line).startsWith("{"));
        assertThat(filesThatHold(password)).isEmpty();
    }

    private static ObjectNode value(String password) {
        return new JsonMapper()
                .createObjectNode()
                .put("username", TestPostgres.SUPERUSER)
                .put("password", password)
                .put("databasename", "shop")
                .put("endpoint", server.host())
                .put("port", server.port())
                .put("engine", "postgres");
    }

    private static String url(String database) {
        return "postgres://" + TestPostgres.SUPERUSER + "@" + server.host() + ":" + server.port() + "/" + database;
    }

    private void prepare(RecordingClients clients, String name, String password) throws IOException {
        Files.createDirectories(folder.resolve("secrets"));
        Files.createDirectories(folder.resolve("tmp"));
        Files.writeString(folder.resolve("logging.properties"), LOG_EVERYTHING);
        Files.writeString(
                folder.resolve("autodump.yaml"),
                "secrets: ./secrets\nstore: ./dumps\nclients: [" + clients.programs() + "]\n");
        ObjectNode secret = new JsonMapper().createObjectNode().put("name", name);
        secret.set("value", value(password));
        Path file = Files.writeString(folder.resolve("secrets").resolve(name + ".json"), secret.toString());
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    /** Runs the command as a person does who has a password and AWS's keys in the environment. */
    private String run(String password, List<String> arguments) throws Exception {
        return java(
                JavaProgram.COMMAND,
                arguments,
                Map.of("PGPASSWORD", password, "AWS_SECRET_ACCESS_KEY", AWS_KEY, "AWS_ACCESS_KEY_ID", "AKIDEXAMPLE"));
    }

    private String java(JavaProgram program, List<String> arguments, Map<String, String> variables) throws Exception {
        List<String> command = program.words(List.of(
                "-Djava.io.tmpdir=" + folder.resolve("tmp"),
                "-Djava.util.logging.config.file=" + folder.resolve("logging.properties")));
        command.addAll(arguments);
        Path log = folder.resolve("log");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("AWS_") || name.equals("JAVA_TOOL_OPTIONS"));
        builder.environment().putAll(variables);
        Process process = builder.start();
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        String printed = Files.readString(log, StandardCharsets.UTF_8);
        Files.delete(log);
        return printed;
    }

    private List<String> filesThatHold(String password) throws IOException {
        List<String> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(password)) {
                    found.add(String.valueOf(file.getFileName()));
                }
            }
        }
        return found;
    }
}

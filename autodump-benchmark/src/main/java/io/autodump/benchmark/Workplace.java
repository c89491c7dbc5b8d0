package io.autodump.benchmark;

import io.autodump.core.database.DatabaseSecret;
import io.autodump.testkit.aws.S3Server;
import io.autodump.testkit.postgres.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A folder with configurations and secrets, for commands that run in it.
 *
 * @param folder where the commands run; the secrets are in its folder {@code secrets}
 */
public record Workplace(Path folder) {
    /** Makes the folder. */
    public static Workplace in(Path folder) throws IOException {
        Files.createDirectories(folder.resolve("secrets"));
        return new Workplace(folder);
    }

    /**
     * Writes a configuration with a store in a folder.
     *
     * @param file its name, such as {@code autodump.yaml}
     * @param store relative to the workplace
     */
    public void storeInFolder(String file, String store) throws IOException {
        Files.writeString(folder.resolve(file), "secrets: ./secrets\nstore: ./" + store + "\n");
    }

    /**
     * Writes a configuration with a bucket of the S3 server of this process. The commands need {@link #credentials}.
     *
     * @param file its name, such as {@code s3.yaml}
     */
    public void storeInBucket(String file, String bucket) throws IOException {
        Files.writeString(folder.resolve(file), """
                secrets: ./secrets
                store: s3://%s
                aws:
                  region: eu-central-1
                  s3-endpoint: %s
                  path-style: true
                """.formatted(bucket, S3Server.endpoint()));
    }

    /**
     * Starts a server that hashes its password 4,096 times, as by default. So does each client that connects. Tests
     * save that time.
     */
    public static TestPostgres server() {
        TestPostgres server = TestPostgres.start();
        server.execute(
                "postgres",
                "ALTER ROLE " + TestPostgres.SUPERUSER + " PASSWORD '"
                        + server.password().reveal() + "'");
        return server;
    }

    /** The environment variables with which a command may use the S3 server. */
    public static Map<String, String> credentials() {
        return Map.of("AWS_ACCESS_KEY_ID", S3Server.ACCESS_KEY_ID, "AWS_SECRET_ACCESS_KEY", S3Server.SECRET_ACCESS_KEY);
    }

    /**
     * Writes a secret.
     *
     * @param tags without the prefix {@code autodump:}
     */
    public void writeSecret(String name, Map<String, String> tags, DatabaseSecret database) throws IOException {
        Path file = folder.resolve("secrets").resolve(name + ".json");
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        String tagged = tags.entrySet().stream()
                .map(tag -> "\"autodump:%s\": \"%s\"".formatted(tag.getKey(), tag.getValue()))
                .sorted()
                .collect(Collectors.joining(", "));
        Files.writeString(file, """
                {"name": "%s", "tags": {%s}, "value": {"username": "%s", "password": "%s",
                 "databasename": "%s", "endpoint": "%s", "port": %d, "engine": "postgres"}}""".formatted(
                        name,
                        tagged,
                        database.username(),
                        database.password().reveal(),
                        database.database(),
                        database.host(),
                        database.port()));
    }
}

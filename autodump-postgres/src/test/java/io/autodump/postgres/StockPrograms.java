package io.autodump.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.autodump.postgres.client.PostgresClient;
import io.autodump.postgres.client.PostgresClients;
import io.autodump.testkit.postgres.TestPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * What somebody without AutoDump has: {@code pg_dump}, {@code pg_restore}, {@code psql}, {@code zstd} and {@code gzip}.
 */
public final class StockPrograms {
    public static final PostgresClients CLIENTS = PostgresClients.discover();

    private static final int LONGEST_MINUTES = 5;

    private final TestPostgres server;
    private final PostgresClient client;

    public StockPrograms(TestPostgres server) {
        this(server, client());
    }

    /** With other programs than those that fit the server of the tests. */
    public StockPrograms(TestPostgres server, PostgresClient client) {
        this.server = server;
        this.client = client;
    }

    /** As fits the server of the tests. */
    public static PostgresClient client() {
        return CLIENTS.forServer(15);
    }

    public byte[] dump(String database, String... options) {
        return run(database, new byte[0], program("pg_dump"), options);
    }

    /** Everything in the database as text, without what differs from one {@code pg_dump} to the next. */
    public String schemaAndData(String database) {
        return new String(dump(database, "--encoding=UTF8"), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.startsWith("\\restrict ") && !line.startsWith("\\unrestrict "))
                .reduce(new StringBuilder(), (all, line) -> all.append(line).append('\n'), StringBuilder::append)
                .toString();
    }

    public void restore(String database, byte[] archive) {
        run(database, archive, program("pg_restore"), "--exit-on-error", "--dbname=");
    }

    public void runScript(String database, byte[] script) {
        run(database, script, program("psql"), "-X", "-q", "-v", "ON_ERROR_STOP=1");
    }

    /** A program that connects to a database by itself. */
    public byte[] output(String database, String program, String... arguments) {
        return run(database, new byte[0], program, arguments);
    }

    public byte[] filter(byte[] input, String program, String... arguments) {
        return run("postgres", input, program, arguments);
    }

    private String program(String name) {
        return client.program(name).toString();
    }

    /** Fails the test unless the program ends well. */
    private byte[] run(String database, byte[] input, String program, String... arguments) {
        try {
            Path in = Files.createTempFile("stock", ".in");
            Path out = Files.createTempFile("stock", ".out");
            Path err = Files.createTempFile("stock", ".err");
            try {
                Files.write(in, input);
                ProcessBuilder builder = new ProcessBuilder(
                        Stream.concat(Stream.of(program), Stream.of(arguments)).toList());
                builder.environment().putAll(environment(database));
                Process process = builder.redirectInput(in.toFile())
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile())
                        .start();
                assertThat(process.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES))
                        .as(program + " ends")
                        .isTrue();
                assertThat(process.exitValue())
                        .as(program + ": " + Files.readString(err))
                        .isZero();
                return Files.readAllBytes(out);
            } finally {
                Files.delete(in);
                Files.delete(out);
                Files.delete(err);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    private Map<String, String> environment(String database) {
        return Map.of(
                "PGHOST", server.host(),
                "PGPORT", String.valueOf(server.port()),
                "PGUSER", TestPostgres.SUPERUSER,
                "PGPASSWORD", server.password().reveal(),
                "PGDATABASE", database);
    }
}

package io.autodump.examples.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.autodump.core.secret.DatabaseSecret;
import io.autodump.testkit.postgres.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The whole way on one machine, with a real server and the real command: a tagged secret becomes a verified dump that
 * restores. Exits with 0 only if every table of the restored database has the rows of the source.
 */
public final class Demo {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final int LEAST_SECONDS_AHEAD = 5;

    private final Path folder;
    private final Command autodump;
    private final ObjectMapper json = new ObjectMapper();

    private Demo(Path checkout, Path folder) {
        this.folder = folder;
        this.autodump = new Command(checkout.resolve("bin/autodump"), folder);
    }

    /**
     * Runs the demo.
     *
     * @param arguments the checkout and the folder to work in, which is emptied first
     */
    public static void main(String[] arguments) throws Exception {
        new Demo(Path.of(arguments[0]).toAbsolutePath(), Path.of(arguments[1]).toAbsolutePath()).run();
    }

    private void run() throws IOException, SQLException, InterruptedException {
        empty(folder);
        step("1. A PostgreSQL server of its own, with a database of about 100 MB");
        try (TestPostgres postgres = TestPostgres.start()) {
            postgres.createDatabase("shop");
            Shop.fill(postgres, "shop");
            say("PostgreSQL on 127.0.0.1:" + postgres.port() + " holds a shop of " + Shop.megabytes(postgres, "shop")
                    + " MB");

            step("2. A secret, tagged with a schedule; this is all that a team does");
            ZonedDateTime due = nextMinute();
            writeConfiguration(postgres, due);
            autodump.run("doctor", "shop");
            autodump.run("plan", "shop");

            step("3. The scheduler scans, waits for " + due.toInstant() + ", checks the tags and dumps");
            dumpOnSchedule();
            autodump.run("list");

            step("4. The dump is verified and restored into a second database");
            autodump.run("verify", "latest:shop");
            autodump.run("restore", "latest:shop", "--to", "shop-copy", "--create");

            step("5. Every table is compared");
            compare(Shop.rows(postgres, "shop"), Shop.rows(postgres, "shop_copy"));
        }
        say("");
        say("The server is gone. The dump and its manifest, the secrets and the configuration are in " + folder);
        say("Look at them with: cd " + folder + " && ../../bin/autodump list");
    }

    private void writeConfiguration(TestPostgres postgres, ZonedDateTime due) throws IOException {
        Files.createDirectories(folder.resolve("secrets"));
        Files.writeString(folder.resolve("autodump.yaml"), "secrets: ./secrets\nstore: ./dumps\n");
        ObjectNode tags = json.createObjectNode()
                .put("autodump:start-schedule", due.getMinute() + " " + due.getHour() + " - - -")
                .put("autodump:retention", "daily=7 weekly=5");
        writeSecret("shop", tags, postgres.secret("shop"));
        writeSecret("shop-copy", json.createObjectNode(), postgres.secret("shop_copy"));
    }

    private void writeSecret(String name, ObjectNode tags, DatabaseSecret database) throws IOException {
        ObjectNode secret = json.createObjectNode().put("name", name);
        secret.set("tags", tags);
        secret.putObject("value")
                .put("username", database.username())
                .put("password", database.password().reveal())
                .put("databasename", database.database())
                .put("endpoint", database.host())
                .put("port", database.port())
                .put("engine", database.engine());
        Path file = folder.resolve("secrets").resolve(name + ".json");
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, json.writerWithDefaultPrettyPrinter().writeValueAsString(secret) + "\n");
        say("wrote secrets/" + name + ".json" + (tags.isEmpty() ? "" : " with tags " + tags));
    }

    /** The first full minute that leaves the scheduler time to start. */
    private static ZonedDateTime nextMinute() {
        return Instant.now()
                .plusSeconds(LEAST_SECONDS_AHEAD)
                .truncatedTo(ChronoUnit.MINUTES)
                .plus(1, ChronoUnit.MINUTES)
                .atZone(ZoneOffset.UTC);
    }

    private void dumpOnSchedule() throws IOException, InterruptedException {
        Process scheduler = autodump.start("run");
        try {
            Instant deadline = Instant.now().plus(PATIENCE);
            while (!hasDump()) {
                if (!scheduler.isAlive() || Instant.now().isAfter(deadline)) {
                    throw new IllegalStateException("the scheduler made no dump");
                }
            }
        } finally {
            scheduler.destroy();
            if (!scheduler.waitFor(1, TimeUnit.MINUTES)) {
                scheduler.destroyForcibly();
            }
        }
    }

    /** Waits a second for the next look: a dump exists once its manifest does. */
    private boolean hasDump() throws IOException, InterruptedException {
        TimeUnit.SECONDS.sleep(1);
        try (Stream<Path> files =
                Files.exists(folder.resolve("dumps")) ? Files.walk(folder.resolve("dumps")) : Stream.empty()) {
            if (files.noneMatch(file -> file.toString().endsWith(".manifest.json"))) {
                return false;
            }
        }
        JsonNode listed = json.readTree(autodump.output("list", "--json"));
        return !listed.path("dumps").isEmpty();
    }

    private static void compare(Map<String, Long> source, Map<String, Long> restored) {
        int width = source.keySet().stream().mapToInt(String::length).max().orElse(0);
        source.forEach((table, rows) -> say(String.format(
                "  %-" + width + "s %,10d rows  %s",
                table,
                rows,
                rows.equals(restored.get(table)) ? "same" : "DIFFERS: " + restored.get(table))));
        if (source.isEmpty() || !source.equals(restored)) {
            throw new IllegalStateException("the restored database differs from its source");
        }
        say(source.size() + " tables, "
                + String.format(
                        "%,d",
                        source.values().stream().mapToLong(Long::longValue).sum())
                + " rows: the restored database is the same as its source.");
    }

    private static void empty(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
        Files.createDirectories(folder);
    }

    private static void step(String title) {
        say("");
        say("== " + title);
    }

    static void say(String line) {
        System.out.println(line);
    }
}

package io.autodump.examples.demo;

import io.autodump.core.contract.TagNames;
import io.autodump.core.secret.SecretId;
import io.autodump.testkit.postgres.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The whole way, with a real PostgreSQL, the real command and an AWS account that is all in this process: a tagged
 * secret becomes a verified dump in S3 that restores. Exits with 0 only if every table of the restored database has the
 * rows of the source.
 */
public final class Demo {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Map<String, String> NIGHTLY =
            new TreeMap<>(Map.of(TagNames.START_SCHEDULE, "30 2 - - -", TagNames.RETENTION, "daily=7 weekly=5"));

    private final Path folder;
    private final Command autodump;

    private Demo(Path checkout, Path folder) {
        this.folder = folder;
        this.autodump = new Command(checkout.resolve("bin/autodump"), folder, Account.credentials());
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
        step("1. A PostgreSQL server of its own, with a database of about 100 MB, and an AWS account in this process");
        try (TestPostgres postgres = TestPostgres.start();
                Account account = new Account()) {
            postgres.createDatabase("shop");
            Shop.fill(postgres, "shop");
            say("PostgreSQL on 127.0.0.1:" + postgres.port() + " holds a shop of " + Shop.megabytes(postgres, "shop")
                    + " MB");
            Files.writeString(folder.resolve("autodump.yaml"), account.configuration());
            say("autodump.yaml:");
            account.configuration().lines().forEach(line -> say("    " + line));

            step("2. A secret in Secrets Manager, tagged with a schedule; this is all that a team does");
            SecretId secret = account.putSecret("shop", NIGHTLY, postgres.secret("shop"));
            account.putSecret("shop-copy", Map.of(), postgres.secret("shop_copy"));
            say(NIGHTLY);
            autodump.run("doctor", "shop");
            Instant began = Instant.now();
            autodump.run("plan", "shop");
            Duration start = Duration.between(began, Instant.now());

            step("3. So that you don't have to wait for the night, the tags now schedule a run in some seconds");
            ComingRun run = ComingRun.after(
                    secret, Instant.now().plus(start.multipliedBy(6)).plusSeconds(5));
            account.retag(secret, run.tags());
            say(run.tags());

            step("4. The scheduler scans, waits for " + run.due() + ", checks the tags and dumps into S3");
            dumpOnSchedule(account);
            autodump.run("list");

            step("5. The dump is verified and restored into a second database");
            autodump.run("verify", "latest:shop");
            autodump.run("restore", "latest:shop", "--to", "shop-copy", "--create");

            step("6. Every table is compared");
            compare(Shop.rows(postgres, "shop"), Shop.rows(postgres, "shop_copy"));
        }
        say("");
        say("The server, the account and the bucket were in this process, and are gone.");
        say("With a database of yours: bin/autodump init");
        say("In an AWS account:        bin/autodump doctor --secrets aws --store s3://BUCKET");
    }

    private void dumpOnSchedule(Account account) throws IOException, InterruptedException {
        Process scheduler = autodump.start("run");
        try {
            Instant deadline = Instant.now().plus(PATIENCE);
            while (!account.hasDump()) {
                TimeUnit.SECONDS.sleep(1);
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

    private static void say(Map<String, String> tags) {
        tags.forEach((key, value) -> say("secret shop: " + key + " = " + value));
    }

    static void say(String line) {
        System.out.println(line);
    }
}

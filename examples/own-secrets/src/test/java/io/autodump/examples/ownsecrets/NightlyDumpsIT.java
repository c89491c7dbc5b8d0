package io.autodump.examples.ownsecrets;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.autodump.testkit.postgres.TestPostgres;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NightlyDumpsIT {
    @TempDir
    Path folder;

    @Test
    void dumpsWhatItCanAndNamesWhatItCannot() throws IOException {
        try (TestPostgres postgres = TestPostgres.start()) {
            postgres.createDatabase("orders");
            postgres.execute("orders", "CREATE TABLE orders (id int); INSERT INTO orders VALUES (1)");
            Properties properties = new Properties();
            put(properties, "orders", postgres, "orders");
            put(properties, "gone", postgres, "gone");
            Path file = folder.resolve("databases.properties");
            try (Writer writer = Files.newBufferedWriter(file)) {
                properties.store(writer, null);
            }
            ByteArrayOutputStream printed = new ByteArrayOutputStream();

            int status = new NightlyDumps(file, folder.resolve("dumps"), new PrintStream(printed, true, UTF_8)).run();

            assertThat(status).isEqualTo(4);
            assertThat(printed.toString(UTF_8))
                    .contains("orders: orders/orders/")
                    .contains("gone: AD-3004")
                    .contains("HINT: ");
        }
    }

    private static void put(Properties properties, String name, TestPostgres postgres, String database) {
        properties.setProperty(name + "/tag/autodump:start-schedule", "@daily");
        properties.setProperty(name + "/value", """
                {"username": "%s", "password": "%s", "databasename": "%s", "endpoint": "%s", "port": %d,
                 "engine": "postgres"}""".formatted(
                TestPostgres.SUPERUSER, postgres.password().reveal(), database, postgres.host(), postgres.port()));
    }
}

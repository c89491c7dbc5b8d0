package io.autodump.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.autodump.postgres.client.PostgresClients;
import io.autodump.testkit.program.Script;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PostgresChecksTest {
    @Test
    void saysWhichPgDumpCannotBeUsed(@TempDir Path folder) {
        Script.write(folder.resolve("pg_dump"), "echo something else");

        assertThat(new PostgresChecks(() -> PostgresClients.of(List.of(folder))).clients())
                .singleElement()
                .satisfies(finding -> assertThat(finding.message())
                        .contains("found in " + folder, "answered --version with \"something else\""));
    }
}

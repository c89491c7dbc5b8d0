package io.autodump.postgres.dump;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.database.Password;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.port.DumpProgress;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What {@code pg_dump} says on standard error is progress or becomes a message with a hint. */
class PgDumpMessagesFuzzTest {
    private static final DatabaseSecret DATABASE = DatabaseSecret.builder()
            .username("app")
            .password(Password.of("secret"))
            .database("shop")
            .host("localhost")
            .build();

    @FuzzTest
    void fuzz(byte[] input) {
        List<String> lines = new String(input, StandardCharsets.UTF_8).lines().toList();
        PgDumpProgress progress = new PgDumpProgress(DumpProgress.SILENT, () -> {}, warning -> {});
        lines.forEach(progress::test);
        AutoDumpException failed = PgDumpFailure.exited(1, input.length % 2, lines, DATABASE);
        assertThat(failed.hint()).isPresent();
    }
}

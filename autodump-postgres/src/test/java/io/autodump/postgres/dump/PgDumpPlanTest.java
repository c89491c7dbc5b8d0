package io.autodump.postgres.dump;

import static org.assertj.core.api.Assertions.assertThat;

import io.autodump.core.dump.Compression;
import io.autodump.core.dump.DumpFormat;
import io.autodump.core.dump.DumpSettings;
import io.autodump.postgres.FakeProgram;
import io.autodump.postgres.client.PostgresClient;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PgDumpPlanTest {
    @ParameterizedTest
    @CsvSource({
        // format, compression, threads, client has zstd -> given to pg_dump, extension, threads here
        "CUSTOM, zstd:5, 1, true,  zstd:5, .dump,     1",
        "CUSTOM, zstd:5, 4, true,  0,      .dump.zst, 4",
        "CUSTOM, zstd:5, 1, false, 0,      .dump.zst, 1",
        "CUSTOM, gzip:7, 4, true,  7,      .dump,     1",
        "CUSTOM, none,   1, true,  0,      .dump,     1",
        "PLAIN,  zstd:5, 1, true,  0,      .sql.zst,  1",
        "PLAIN,  zstd:5, 4, false, 0,      .sql.zst,  4",
        "PLAIN,  gzip:7, 1, true,  0,      .sql.gz,   1",
        "PLAIN,  none,   1, false, 0,      .sql,      1"
    })
    void choosesWhoCompresses(
            DumpFormat format,
            String compression,
            int threads,
            boolean zstd,
            String innerLevel,
            String extension,
            int used) {
        DumpSettings settings = DumpSettings.builder()
                .format(format)
                .compression(Compression.parse(compression).orElseThrow())
                .build();

        PgDumpPlan plan = PgDumpPlan.of(settings, zstd, threads);

        assertThat(plan.innerLevel()).isEqualTo(innerLevel);
        assertThat(plan.fileType().extension()).isEqualTo(extension);
        assertThat(plan.threads()).isEqualTo(used);
    }

    @ParameterizedTest
    @CsvSource({"17, 17, false", "18, 17, false", "18, 18, true", "19, 18, true"})
    void dumpsStatisticsWhereARestoreCanTakeThemIn(int client, int server, boolean asked, @TempDir Path folder)
            throws IOException {
        FakeProgram.add(folder, "pg_dump", "exit 0");
        PgDumpPlan plan = PgDumpPlan.of(DumpSettings.defaults(), true, 1);

        assertThat(plan.command(
                                new PostgresClient(folder, client + ".1", client),
                                server,
                                DumpSettings.defaults(),
                                Duration.ofMinutes(1),
                                Optional.empty(),
                                List.of())
                        .contains("--statistics"))
                .isEqualTo(asked);
    }

    @ParameterizedTest
    @CsvSource({"15, false", "16, true", "18, true"})
    void asksClientsFrom16OnWhetherTheyHaveZstd(int major, boolean worth) {
        assertThat(PgDumpPlan.couldUseZstdOf(new PostgresClient(Path.of("/bin"), major + ".1", major)))
                .isEqualTo(worth);
    }
}

package io.autodump.postgres.dump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.postgres.FakeProgram;
import io.autodump.postgres.client.PostgresClient;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ZstdSupportTest {
    private final Path folder;

    ZstdSupportTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void knowsWhatTheClientSaysOfItself() throws IOException {
        PostgresClient without = FakeProgram.client(
                folder, 17, "pg_dump", "echo 'pg_dump: error: this build does not support compression with zstd' >&2");

        assertThat(new ZstdSupport().of(without)).isFalse();
    }

    @Test
    void remembersNoAnswerThatItDidNotGet() throws IOException {
        // It says nothing and doesn't end, so that the wait for it is what the interrupt meets.
        PostgresClient with = FakeProgram.client(folder, 17, "pg_dump", "exec sleep 60");
        ZstdSupport zstd = new ZstdSupport();

        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> zstd.of(with))
                .isInstanceOfSatisfying(
                        AutoDumpException.class,
                        failure -> assertThat(failure.code()).isEqualTo(ErrorCode.INTERRUPTED));
        assertThat(Thread.interrupted()).isTrue();
        FakeProgram.add(folder, "pg_dump", "echo 'no such server' >&2; exit 1");
        assertThat(zstd.of(with)).isTrue();
    }
}

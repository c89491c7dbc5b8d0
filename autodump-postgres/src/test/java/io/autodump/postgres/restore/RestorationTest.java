package io.autodump.postgres.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.database.Password;
import io.autodump.core.database.TlsMode;
import io.autodump.core.dump.Checksum;
import io.autodump.core.dump.Compression;
import io.autodump.core.dump.DumpFileType;
import io.autodump.core.dump.DumpFormat;
import io.autodump.core.dump.DumpKey;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.dump.DumpSettings;
import io.autodump.core.dump.RestoreOptions;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.port.DumpProgress;
import io.autodump.postgres.FakeProgram;
import io.autodump.postgres.client.PostgresClient;
import io.autodump.postgres.load.LoadListener;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RestorationTest {
    private static final Instant WHEN = Instant.parse("2026-11-22T08:00:00Z");
    private static final String WHOLE_SCRIPT =
            "cat >/dev/null; printf -- '--\\n-- PostgreSQL database dump\\n--\\n\\n--\\n-- PostgreSQL database dump complete\\n--\\n\\n'; ";

    /** Format 1.14: the header, eight numbers, three texts that are empty, and no entry. */
    private static final byte[] EMPTY_ARCHIVE = Arrays.copyOf(
            new byte[] {'P', 'G', 'D', 'M', 'P', 1, 14, 0, Integer.BYTES, Long.BYTES, 1},
            11 + 12 * (1 + Integer.BYTES));

    private final Path folder;

    RestorationTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void takesAnArchiveThatBecameAScriptToItsEnd() throws IOException {
        restoreOnOlderServer(WHOLE_SCRIPT + "exit 0");

        assertThat(received()).content().contains("-- PostgreSQL database dump complete");
    }

    @Test
    void doesNotTakeAScriptForWholeWhoseArchiveHadErrors() {
        assertThatThrownBy(() -> restoreOnOlderServer(
                        WHOLE_SCRIPT + "echo 'pg_restore: error: could not read from input file' >&2; exit 1"))
                .hasMessageContaining("could not read from input file")
                .isInstanceOfSatisfying(
                        AutoDumpException.class,
                        failure -> assertThat(failure.code()).isEqualTo(ErrorCode.DUMP_CORRUPT));
    }

    private void restoreOnOlderServer(String pgRestore) throws IOException {
        PostgresClient client = FakeProgram.client(folder, 17, "pg_restore", pgRestore);
        FakeProgram.add(folder, "psql", "cat >'" + received() + "'");
        new Restoration(
                        client,
                        manifest(),
                        target(),
                        15,
                        RestoreOptions.DEFAULTS,
                        Optional.empty(),
                        LoadListener.of(DumpProgress.SILENT))
                .run(
                        OpenedDump.open(
                                manifest(),
                                new ByteArrayInputStream(EMPTY_ARCHIVE),
                                RestoreOptions.DEFAULTS,
                                DumpProgress.SILENT),
                        Map.of());
    }

    /** What psql was given. */
    private Path received() {
        return folder.resolve("received.sql");
    }

    private static DatabaseSecret target() {
        return DatabaseSecret.builder()
                .username("app")
                .password(Password.of("hunter2"))
                .database("shop")
                .host("localhost")
                .build();
    }

    private static DumpManifest manifest() {
        DumpFileType archive = new DumpFileType(DumpFormat.CUSTOM, Compression.NONE);
        return DumpManifest.builder()
                .key(DumpKey.of(Optional.empty(), "orders", "shop", WHEN, archive.extension()))
                .secretName("orders")
                .database("shop")
                .engine("postgres")
                .scheduledAt(WHEN)
                .startedAt(WHEN)
                .finishedAt(WHEN)
                .serverVersion("15.18")
                .clientVersion("17.0")
                .tls(TlsMode.DISABLE)
                .replica(false)
                .fileType(archive)
                .settings(DumpSettings.defaults())
                .sourceBytes(1)
                .storedBytes(1)
                .checksum(Checksum.ofSha256(new byte[32]))
                .toolVersion("test")
                .build();
    }
}

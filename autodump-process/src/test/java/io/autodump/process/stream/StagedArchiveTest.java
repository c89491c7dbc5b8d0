package io.autodump.process.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.error.Hints;
import io.autodump.process.PrivateFolders;
import io.autodump.testkit.ActingInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;

class StagedArchiveTest {
    private static final byte[] ARCHIVE = "archive".repeat(100_000).getBytes(StandardCharsets.UTF_8);

    @Test
    void holdsTheArchiveForThisUserAloneUntilItIsClosed() throws IOException {
        Path file;
        try (StagedArchive staged =
                StagedArchive.of(new ByteArrayInputStream(ARCHIVE), ARCHIVE.length, PrivateFolders.temporary())) {
            file = staged.file();
            assertThat(Files.readAllBytes(file)).isEqualTo(ARCHIVE);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
        }
        assertThat(Files.exists(file)).isFalse();
    }

    @Test
    void passesOnThatTheArchiveCouldNotBeRead() {
        assertThatThrownBy(() -> StagedArchive.of(
                        ActingInputStream.failing(ARCHIVE, 1000, "gone"), ARCHIVE.length, PrivateFolders.temporary()))
                .isInstanceOf(IOException.class)
                .hasMessage("gone");
    }

    @Test
    void saysHowMuchRoomIsMissing() {
        AutoDumpException refused = catchThrowableOfType(
                AutoDumpException.class,
                () -> StagedArchive.of(new ByteArrayInputStream(ARCHIVE), Long.MAX_VALUE, PrivateFolders.temporary()));
        assertThat(refused.code()).isEqualTo(ErrorCode.RESTORE_FAILED);
        assertThat(refused).hasMessageContaining(String.valueOf(Long.MAX_VALUE));
        assertThat(refused.hint().orElseThrow()).contains(Hints.ONE_JOB).contains("java.io.tmpdir");
    }
}

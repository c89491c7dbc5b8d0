package io.autodump.core.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.channels.AsynchronousCloseException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import org.junit.jupiter.api.Test;

class IoReasonTest {
    @Test
    void namesNoClassOfJavas() {
        for (Exception failure : List.of(
                new NoSuchFileException("/a"),
                new AccessDeniedException("/a"),
                new FileSystemLoopException("/a"),
                new DirectoryNotEmptyException("/a"),
                new FileSystemException("/a"),
                new FileSystemException("/a", null, "Input/output error"),
                new FileNotFoundException("/a (Permission denied)"),
                new AsynchronousCloseException(),
                new IOException(),
                new IOException(new SocketException("Connection reset")),
                new UnknownHostException("db.example.com"),
                new IOException("PKIX path building failed: sun.security.provider.certpath.SunCertPathBuilderException:"
                        + " unable to find valid certification path"),
                new IOException("NoSuchFileException: /a"),
                new IOException("hostnameverifier org.postgresql.ssl.PGjdbcHostnameVerifier refused it"))) {
            assertThat(IoReason.of(failure)).isNotBlank().doesNotContain("Exception", "java.", "sun.", "org.");
        }
    }

    @Test
    void keepsWhatASystemSaid() {
        assertThat(IoReason.of(new FileSystemException("/a", null, "No space left on device")))
                .isEqualTo("/a: No space left on device");
        assertThat(IoReason.of(new NoSuchFileException("/a"))).isEqualTo("/a: no such file or folder");
        assertThat(IoReason.of(new UnknownHostException("db.example.com")))
                .isEqualTo("the name db.example.com can't be resolved");
        assertThat(IoReason.of(new IOException(new SocketException("Connection reset"))))
                .isEqualTo("Connection reset");
    }
}

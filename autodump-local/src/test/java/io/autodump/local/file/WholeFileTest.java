package io.autodump.local.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeFileTest {
    private static final byte[] PAGE = "page".getBytes(UTF_8);

    @TempDir
    private Path folder;

    @Test
    void givesANewFileThePermissionsOfAnyNewFile() throws IOException {
        Path file = folder.resolve("new");
        Path other = Files.createFile(folder.resolve("other"));

        WholeFile.write(file, PAGE);

        assertThat(file).hasBinaryContent(PAGE);
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(Files.getPosixFilePermissions(other));
        assertEntries(2);
    }

    @Test
    void keepsThePermissionsOfAnEarlierFile() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "earlier and longer");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));

        WholeFile.write(file, PAGE);

        assertThat(file).hasBinaryContent(PAGE);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-r-----");
        assertEntries(1);
    }

    @Test
    void writesWhatLinksPointTo() throws IOException {
        Path inner = Files.createDirectory(folder.resolve("inner"));
        Files.createSymbolicLink(inner.resolve("second"), Path.of("../third"));
        Path first = Files.createSymbolicLink(folder.resolve("first"), Path.of("inner/second"));

        WholeFile.write(first, PAGE);
        WholeFile.write(first, PAGE);

        assertThat(first).isSymbolicLink();
        assertThat(inner.resolve("second")).isSymbolicLink();
        assertThat(Files.isRegularFile(folder.resolve("third"), LinkOption.NOFOLLOW_LINKS))
                .isTrue();
        assertThat(folder.resolve("third")).hasBinaryContent(PAGE);
        assertEntries(3);
    }

    @Test
    void refusesLinksInACircle() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("link"));

        assertThatThrownBy(() -> WholeFile.write(link, PAGE)).isInstanceOf(FileSystemLoopException.class);
    }

    @Test
    void writesIntoAPipe() throws Exception {
        Path pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        Process reader = new ProcessBuilder("cat", pipe.toString()).start();

        WholeFile.write(pipe, PAGE);

        assertThat(reader.getInputStream().readAllBytes()).isEqualTo(PAGE);
        assertThat(Files.isRegularFile(pipe)).isFalse();
        assertEntries(1);
    }

    @Test
    void refusesAFolderAndWhatIsInNone() {
        assertThatThrownBy(() -> WholeFile.write(folder, PAGE))
                .isInstanceOf(FileSystemException.class)
                .hasMessage(folder + ": is a folder");
        assertThatThrownBy(() -> WholeFile.write(folder.resolve("none/file"), PAGE))
                .isInstanceOf(FileSystemException.class)
                .hasMessage(folder.resolve("none") + ": no such folder");
    }

    private void assertEntries(int number) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            assertThat(entries).hasSize(number);
        }
    }
}

package io.autodump.local.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegularFileTest {
    private static final int TIMES = 5_000;

    @TempDir
    private Path folder;

    @Test
    void refusesAFolder() {
        assertThatThrownBy(() -> RegularFile.require(folder))
                .isInstanceOf(FileSystemException.class)
                .hasMessageContaining("isn't a regular file");
    }

    @Test
    void acceptsAFileAndWhatIsNotThere() throws IOException {
        Path file = folder.resolve("file");

        assertThatCode(() -> RegularFile.require(file)).doesNotThrowAnyException();
        Files.createFile(file);
        assertThatCode(() -> RegularFile.require(file)).doesNotThrowAnyException();
    }

    /** The first dumps in a store create its lock file at the same moment. */
    @Test
    void acceptsAFileThatComesAndGoesMeanwhile() {
        Path file = folder.resolve("lock");
        CompletableFuture<Void> other = CompletableFuture.runAsync(() -> comeAndGo(file));

        while (!other.isDone()) {
            assertThat(RegularFile.isOther(file)).isFalse();
        }

        assertThatCode(other::join).doesNotThrowAnyException();
    }

    private static void comeAndGo(Path file) {
        try {
            for (int i = 0; i < TIMES; i++) {
                Files.createFile(file);
                Files.delete(file);
            }
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        }
    }
}

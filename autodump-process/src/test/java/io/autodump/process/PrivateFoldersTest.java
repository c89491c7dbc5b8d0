package io.autodump.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrivateFoldersTest {
    @TempDir
    Path parent;

    @Test
    void removesThePasswordsOfProcessesThatAreGone() throws Exception {
        Process gone = new ProcessBuilder("true").start();
        assertThat(gone.waitFor(1, TimeUnit.MINUTES)).isTrue();
        Path left = folder("autodump-" + gone.pid() + "-123");

        PrivateFolders.removeLeftBehind(parent);

        assertThat(left).doesNotExist();
    }

    @Test
    void keepsThoseOfProcessesThatRunAndWhatIsNotAutoDumps() throws IOException {
        Path own = folder("autodump-" + ProcessHandle.current().pid() + "-123");
        Path foreign = folder("autodump-notes");

        PrivateFolders.removeLeftBehind(parent);

        assertThat(own.resolve(PrivateFolders.PASSFILE)).exists();
        assertThat(foreign.resolve(PrivateFolders.PASSFILE)).exists();
    }

    private Path folder(String name) throws IOException {
        Path folder = Files.createDirectory(parent.resolve(name));
        Files.writeString(folder.resolve(PrivateFolders.PASSFILE), "*:*:*:*:secret");
        return folder;
    }
}

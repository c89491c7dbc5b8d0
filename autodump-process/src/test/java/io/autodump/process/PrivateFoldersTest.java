package io.autodump.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
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
        Path ofAnEarlierRelease = folder("autodump-" + gone.pid() + "-456");
        Files.createFile(left.resolve("owner"));
        Files.setLastModifiedTime(
                ofAnEarlierRelease, FileTime.from(Instant.now().minusSeconds(60)));

        PrivateFolders.removeLeftBehind(parent);

        assertThat(left).doesNotExist();
        assertThat(ofAnEarlierRelease).doesNotExist();
    }

    /** In another container, a process has a number of its own that says nothing here. */
    @Test
    void keepsTheFolderOfALivingProcessWhateverItsNumberIs() throws Exception {
        Process gone = new ProcessBuilder("true").start();
        assertThat(gone.waitFor(1, TimeUnit.MINUTES)).isTrue();
        Path living = folder("autodump-" + gone.pid() + "-123");
        Path young = folder("autodump-" + gone.pid() + "-456");
        Path owner = Files.createFile(living.resolve("owner"));
        try (FileChannel channel = FileChannel.open(owner, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            PrivateFolders.removeLeftBehind(parent);

            assertThat(lock.isValid()).isTrue();
            assertThat(living.resolve(PrivateFolders.PASSFILE)).exists();
            assertThat(young.resolve(PrivateFolders.PASSFILE)).exists();
        }
    }

    @Test
    void endsTheChildrenOfAProcessThatWasKilled() throws Exception {
        Path left = folder("autodump-" + Integer.MAX_VALUE + "-123");
        Files.createFile(left.resolve("owner"));
        ProcessBuilder waiting = new ProcessBuilder("sleep", "600");
        waiting.environment()
                .put("PGPASSFILE", left.resolve(PrivateFolders.PASSFILE).toString());
        Process child = waiting.start();
        assumeTrue(Files.isDirectory(Path.of("/proc/self")), "processes show their environment");

        PrivateFolders.removeLeftBehind(parent);

        assertThat(child.waitFor(1, TimeUnit.MINUTES)).isTrue();
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

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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
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

        PrivateFolders.removeLeftBehind(parent, Files.getOwner(parent));

        assertThat(left).doesNotExist();
        assertThat(ofAnEarlierRelease).doesNotExist();
    }

    /** Nothing else may be as young: a process in another container may be making it. */
    @Test
    void removesAFolderWhoseProcessWasKilledBeforeItHadTheLock() throws IOException {
        Path killed = folder("autodump-" + Integer.MAX_VALUE + "-123");
        Files.createFile(killed.resolve("owner.new"));
        Path busy = folder("autodump-" + Integer.MAX_VALUE + "-456");
        Path owner = Files.createFile(busy.resolve("owner.new"));
        try (FileChannel channel = FileChannel.open(owner, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            PrivateFolders.remove(PrivateFolders.create(parent));

            assertThat(lock.isValid()).isTrue();
            assertThat(killed).doesNotExist();
            assertThat(owner).exists();
        }
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
            PrivateFolders.removeLeftBehind(parent, Files.getOwner(parent));

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

        PrivateFolders.removeLeftBehind(parent, Files.getOwner(parent));

        assertThat(child.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(left).doesNotExist();
    }

    @Test
    void keepsThoseOfProcessesThatRunAndWhatIsNotAutoDumps() throws IOException {
        Path own = folder("autodump-" + ProcessHandle.current().pid() + "-123");
        Path foreign = folder("autodump-notes");

        PrivateFolders.removeLeftBehind(parent, Files.getOwner(parent));

        assertThat(own.resolve(PrivateFolders.PASSFILE)).exists();
        assertThat(foreign.resolve(PrivateFolders.PASSFILE)).exists();
    }

    /** Every user may write to the folder for temporary files, and so keep others waiting. */
    @Test
    @Timeout(60)
    void doesNotWaitForAPipeOfAnotherUser() throws Exception {
        Path left = folder("autodump-" + Integer.MAX_VALUE + "-123");
        Process maker = new ProcessBuilder("mkfifo", left.resolve("owner").toString()).start();
        assertThat(maker.waitFor()).isZero();

        Path created = PrivateFolders.create(parent);

        assertThat(created).isDirectory();
        assertThat(left).isDirectory();
        PrivateFolders.remove(created);
    }

    /** A process that makes a folder while others look for folders of dead processes. */
    @Test
    void keepsAFolderThatAnotherProcessIsJustMaking() throws Exception {
        Path temporary = Files.createDirectory(parent.resolve("temporary"));
        List<Process> makers = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            makers.add(new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Djava.io.tmpdir=" + temporary,
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("java.class.path"),
                            FolderMaker.class.getName())
                    .redirectErrorStream(true)
                    .redirectOutput(parent.resolve("maker" + i).toFile())
                    .start());
        }
        for (int i = 0; i < makers.size(); i++) {
            assertThat(makers.get(i).waitFor(1, TimeUnit.MINUTES)).isTrue();
            assertThat(makers.get(i).exitValue())
                    .as(Files.readString(parent.resolve("maker" + i)))
                    .isZero();
        }
    }

    /** Makes many folders, and looks after each of them. */
    static final class FolderMaker {
        private FolderMaker() {}

        public static void main(String[] arguments) {
            for (int i = 0; i < 1000; i++) {
                Path folder = PrivateFolders.create();
                if (!Files.isDirectory(folder)) {
                    throw new AssertionError("folder " + i + " was removed");
                }
                PrivateFolders.remove(folder);
            }
        }
    }

    private Path folder(String name) throws IOException {
        Path folder = Files.createDirectory(parent.resolve(name));
        Files.writeString(folder.resolve(PrivateFolders.PASSFILE), "*:*:*:*:secret");
        return folder;
    }
}

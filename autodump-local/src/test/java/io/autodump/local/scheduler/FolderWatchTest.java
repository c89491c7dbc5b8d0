package io.autodump.local.scheduler;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FolderWatchTest {
    /** A thread may begin late. One watch rarely does, but some of many do. */
    private static final int WATCHES = 40;

    @Test
    void missesNoChangeAfterItWasMade(@TempDir Path folder) throws IOException {
        CountDownLatch unseen = new CountDownLatch(WATCHES);
        List<FolderWatch> watches = new ArrayList<>();
        try {
            for (int i = 0; i < WATCHES; i++) {
                Path watched = Files.createDirectory(folder.resolve("folder-" + i));
                watches.add(new FolderWatch(watched, unseen::countDown));
                Files.writeString(watched.resolve("secret.json"), "{}");
            }
            Await.until("each has seen its file", () -> unseen.getCount() == 0);
        } finally {
            watches.forEach(FolderWatch::close);
        }
    }
}

package io.autodump.local.scheduler;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Calls a listener when a {@code .json} file in a folder or below it has changed: its name, size or time. Notifications
 * of the operating system make it look sooner. Without them, as on some network shares, it looks every 2 seconds.
 */
final class FolderWatch implements AutoCloseable {
    private static final Duration QUIET = Duration.ofMillis(100);
    private static final int MOST_QUIETS = 20;
    private static final Duration LOOK_WITH_NOTIFICATION = Duration.ofSeconds(10);
    private static final Duration LOOK_WITHOUT = Duration.ofSeconds(2);

    private final Path folder;
    private final Runnable onChange;
    private final @Nullable WatchService notifications;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;
    private Map<Path, String> before;
    private boolean notified;

    /** Looks at the folder, and watches it on a thread of its own. No change after this is missed. */
    FolderWatch(Path folder, Runnable onChange) {
        this.folder = folder;
        this.onChange = onChange;
        this.notifications = open();
        this.notified = register();
        this.before = look();
        this.thread = new Thread(this::watch, "autodump-watch");
        thread.setDaemon(true);
        thread.start();
    }

    private static @Nullable WatchService open() {
        try {
            return FileSystems.getDefault().newWatchService();
        } catch (IOException | UnsupportedOperationException noneHere) {
            // On Linux: fs.inotify.max_user_instances is used up. Looking every 2 seconds works too.
            return null;
        }
    }

    private void watch() {
        try {
            while (!await(notified ? LOOK_WITH_NOTIFICATION : LOOK_WITHOUT)) {
                notified = register();
                Map<Path, String> now = look();
                if (!now.equals(before)) {
                    before = now;
                    onChange.run();
                }
            }
        } catch (InterruptedException | ClosedWatchServiceException stopped) {
            // Only close() does this.
        }
    }

    /** Waits, and returns whether this was closed. A notification ends the wait once no more follow. */
    private boolean await(Duration atMost) throws InterruptedException {
        if (notifications == null) {
            return closed.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
        }
        @Nullable WatchKey key = notifications.poll(atMost.toMillis(), TimeUnit.MILLISECONDS);
        for (int i = 0; key != null && i < MOST_QUIETS; i++) {
            key.pollEvents();
            key.reset();
            key = notifications.poll(QUIET.toMillis(), TimeUnit.MILLISECONDS);
        }
        if (key != null) {
            key.reset();
        }
        return closed.getCount() == 0;
    }

    /** Registers every folder for notifications, again if need be. Returns whether all of them are registered. */
    private boolean register() {
        if (notifications == null) {
            return false;
        }
        try (var paths = Files.walk(folder)) {
            for (Path path : (Iterable<Path>) paths::iterator) {
                if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
                    path.register(
                            notifications,
                            StandardWatchEventKinds.ENTRY_CREATE,
                            StandardWatchEventKinds.ENTRY_MODIFY,
                            StandardWatchEventKinds.ENTRY_DELETE);
                }
            }
            return true;
        } catch (IOException | UncheckedIOException notAll) {
            return false;
        }
    }

    private Map<Path, String> look() {
        Map<Path, String> files = new TreeMap<>();
        try (var paths = Files.walk(folder)) {
            paths.filter(path -> path.toString().endsWith(".json"))
                    .forEach(path -> files.put(path, stamp(path).orElse("gone")));
        } catch (IOException | UncheckedIOException unreadable) {
            files.put(folder, "unreadable");
        }
        return files;
    }

    private static Optional<String> stamp(Path file) {
        try {
            FileTime modified = Files.getLastModifiedTime(file);
            return Optional.of(modified + " " + Files.size(file));
        } catch (IOException removedMeanwhile) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        closed.countDown();
        thread.interrupt();
        try {
            if (notifications != null) {
                notifications.close();
            }
        } catch (IOException ended) {
            // Its handles go with the process.
        }
    }
}

package io.autodump.local.notify;

import io.autodump.core.internal.IoReason;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The troubles of databases, in files below the state folder, so that a restart repeats no message. What can't be
 * written is remembered as long as the process lives. Not thread-safe.
 */
final class Troubles {
    private final StateFiles files;
    private final Consumer<String> problems;
    private final Map<String, Optional<Trouble>> unwritten = new HashMap<>();

    /**
     * Reads nothing yet.
     *
     * @param kind names the folder
     */
    Troubles(Path stateFolder, String kind, Consumer<String> problems) {
        this.files = new StateFiles(stateFolder.resolve("notify").resolve(kind));
        this.problems = problems;
    }

    Optional<Trouble> of(String key) {
        Optional<Trouble> kept = unwritten.get(key);
        if (kept != null) {
            return kept;
        }
        try {
            return files.read(key).map(Trouble::of);
        } catch (IOException unreadable) {
            problems.accept("what was said about " + key + " can't be read: " + IoReason.of(unreadable));
            return Optional.empty();
        }
    }

    List<Trouble> all() {
        try {
            return files.all().stream().map(Trouble::of).toList();
        } catch (IOException unreadable) {
            problems.accept("what was said about databases can't be read: " + IoReason.of(unreadable));
            return List.of();
        }
    }

    void write(Trouble trouble) {
        change(trouble.key(), Optional.of(trouble));
    }

    void end(String key) {
        change(key, Optional.empty());
    }

    private void change(String key, Optional<Trouble> trouble) {
        try {
            if (trouble.isPresent()) {
                files.write(key, trouble.get().toJson());
            } else {
                files.delete(key);
            }
            unwritten.remove(key);
        } catch (IOException unwritable) {
            unwritten.put(key, trouble);
            problems.accept("what was said about " + key + " can't be kept: " + IoReason.of(unwritable));
        }
    }
}

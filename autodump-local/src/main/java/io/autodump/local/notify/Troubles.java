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

    Optional<Trouble> of(String secretName) {
        Optional<Trouble> kept = unwritten.get(secretName);
        if (kept != null) {
            return kept;
        }
        try {
            return files.read(secretName).map(Trouble::of);
        } catch (IOException unreadable) {
            problems.accept("what was said about " + secretName + " can't be read: " + IoReason.of(unreadable));
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
        change(trouble.secretName(), Optional.of(trouble));
    }

    void end(String secretName) {
        change(secretName, Optional.empty());
    }

    private void change(String secretName, Optional<Trouble> trouble) {
        try {
            if (trouble.isPresent()) {
                files.write(secretName, trouble.get().toJson());
            } else {
                files.delete(secretName);
            }
            unwritten.remove(secretName);
        } catch (IOException unwritable) {
            unwritten.put(secretName, trouble);
            problems.accept("what was said about " + secretName + " can't be kept: " + IoReason.of(unwritable));
        }
    }
}

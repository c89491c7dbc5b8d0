package io.autodump.aws.s3;

import io.autodump.core.dump.DumpKey;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Finds finished dumps in a sorted list of keys. The key of a file is a prefix of the key of its manifest, and so of
 * every key between the two. Only keys that are a prefix of the current key must be remembered. Not thread-safe.
 */
final class FilesBeforeManifests {
    private final Deque<String> files = new ArrayDeque<>();

    /** Takes the next key. Returns the dump if the key is its manifest and its file came before. */
    Optional<DumpKey> dumpEndedBy(String key) {
        while (!files.isEmpty() && !key.startsWith(files.getLast())) {
            files.removeLast();
        }
        Optional<DumpKey> dump = DumpKey.ofManifest(key);
        if (dump.isEmpty()) {
            files.addLast(key);
        }
        return dump.filter(whole -> files.contains(whole.value()));
    }
}

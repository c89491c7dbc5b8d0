package io.autodump.aws.s3;

import io.autodump.core.dump.DumpKey;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Finds whole dumps in a sorted list of keys. A file's key begins that of its manifest, so whatever stands between the two
 * begins with it too, and only keys that begin the present one need to be remembered. Used by one thread.
 */
final class FilesBeforeManifests {
    private final Deque<String> files = new ArrayDeque<>();

    /** Takes the next key of the list; the dump, if that is its manifest and its file came before. */
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

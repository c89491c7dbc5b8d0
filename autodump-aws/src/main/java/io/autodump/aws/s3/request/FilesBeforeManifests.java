package io.autodump.aws.s3.request;

import io.autodump.core.dump.DumpKey;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Finds finished dumps in a sorted list of keys. The key of a file is a prefix of the key of its manifest, and so of
 * every key between the two. Only keys that are a prefix of the current key must be remembered. The parts of a dump
 * come right behind its manifest, because a slash is behind a dot. Not thread-safe.
 */
public final class FilesBeforeManifests {
    private final Deque<String> files = new ArrayDeque<>();
    private Optional<DumpKey> withoutFile = Optional.empty();

    /** Takes the next key. Returns the dump if the key is its manifest and its file came before, or its archive. */
    public Optional<DumpKey> dumpEndedBy(String key) {
        while (!files.isEmpty() && !key.startsWith(files.getLast())) {
            files.removeLast();
        }
        Optional<DumpKey> dump = DumpKey.ofManifest(key);
        if (dump.isEmpty()) {
            files.addLast(key);
            return dumpWithArchive(key);
        }
        Optional<DumpKey> whole = dump.filter(found -> files.contains(found.value()));
        withoutFile = whole.isPresent() ? Optional.empty() : dump;
        return whole;
    }

    private Optional<DumpKey> dumpWithArchive(String key) {
        Optional<DumpKey> dump = withoutFile.filter(manifest -> key.startsWith(manifest.partKey("archive.dump")));
        if (dump.isPresent()) {
            withoutFile = Optional.empty();
        }
        return dump;
    }
}

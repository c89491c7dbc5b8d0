package io.autodump.core.port;

import io.autodump.core.dump.DumpKey;
import io.autodump.core.dump.DumpManifest;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which dumps there are, and what is known of them; enough for whoever has no business with what they hold. A dump that
 * isn't finished isn't there.
 */
public interface DumpIndex {
    /**
     * The manifest of a finished dump; empty if there is none.
     *
     * @throws io.autodump.core.error.AutoDumpException {@code INVALID_DOCUMENT} if the manifest can't be read, {@code
     *     DUMP_CORRUPT} if its file is known to be gone, {@code STORE_FAILED}
     */
    Optional<DumpManifest> find(DumpKey key);

    /**
     * The keys of all finished dumps, by their manifests, in no promised order. May fetch as it goes; close it after
     * use. Objects that aren't AutoDump's are passed over.
     */
    Stream<DumpKey> list();
}

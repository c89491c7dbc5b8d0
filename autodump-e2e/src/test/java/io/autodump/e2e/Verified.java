package io.autodump.e2e;

import io.autodump.core.AutoDump;
import io.autodump.core.dump.DumpKey;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.port.DumpProgress;
import java.util.List;
import java.util.Optional;

/** What a stranger to the run makes of a store. */
final class Verified {
    private Verified() {}

    /** The keys of all finished dumps, each of which has been read again and compared with its manifest. */
    static List<String> dumps(AutoDump autoDump) {
        List<DumpKey> keys = autoDump.list(Optional.empty()).dumps().stream()
                .map(DumpManifest::key)
                .toList();
        for (DumpKey key : keys) {
            if (autoDump.verify(key, DumpProgress.SILENT).archiveEntries().orElse(0) == 0) {
                throw new AssertionError(key + " is empty");
            }
        }
        return keys.stream().map(DumpKey::value).toList();
    }
}

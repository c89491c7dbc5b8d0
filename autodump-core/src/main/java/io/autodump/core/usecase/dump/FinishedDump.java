package io.autodump.core.usecase.dump;

import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.dump.DumpKey;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.error.Hints;
import io.autodump.core.port.DumpStore;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds and deletes a dump by its key, through its manifest. Not API. */
public final class FinishedDump {
    private FinishedDump() {}

    public static DumpManifest require(DumpStore store, DumpKey key) {
        return store.find(key)
                .orElseThrow(() -> new AutoDumpException(
                        ErrorCode.DUMP_NOT_FOUND,
                        "there is no finished dump " + key + "; nothing was changed",
                        Hints.LIST_DUMPS));
    }

    /** Deletes a dump that has a manifest; {@link io.autodump.core.AutoDump#delete} is the API. */
    public static void delete(DumpStore store, DumpKey key) {
        try {
            require(store, key);
        } catch (AutoDumpException unusable) {
            // The manifest is there and the file isn't. What is left goes too.
            if (unusable.code() != ErrorCode.DUMP_CORRUPT) {
                throw unusable;
            }
        }
        store.delete(key);
    }

    /** Returns the key of a run's dump. */
    static DumpKey key(String name, DatabaseSecret database, Instant scheduledAt, String extension) {
        return DumpKey.of(database.prefix(), name, database.database(), scheduledAt, extension);
    }

    /**
     * Finds the run's dump under any extension of its format. The extension depends on what compresses, and so on the
     * client program, and on the recipients; both may have changed since the last attempt.
     */
    static Optional<DumpManifest> ofRun(DumpStore store, DumpKey key) {
        return Stream.concat(Stream.of(key), key.ofSameRun().stream())
                .distinct()
                .map(store::find)
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** With prefixes, the keys of two secrets can be equal. The other secret's dump must not pass for this one's. */
    static DumpManifest requireOwn(DumpManifest finished, String name) {
        if (!finished.secretName().equals(name)) {
            throw new AutoDumpException(
                    ErrorCode.DUMP_EXISTS,
                    "dump " + finished.key() + " is there already and belongs to secret " + finished.secretName()
                            + ", not to " + name + "; nothing was dumped",
                    "give the two secrets different prefixes");
        }
        return finished;
    }
}

package io.autodump.core.usecase.dump;

import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.dump.DumpSettings;
import io.autodump.core.dump.VerifyMode;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.error.Hints;
import io.autodump.core.internal.IoReason;
import io.autodump.core.port.DumpProgress;
import io.autodump.core.port.DumpStore;
import io.autodump.core.port.RestoreCheck;
import io.autodump.core.usecase.Encryption;
import io.autodump.core.usecase.HashedParts;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/**
 * What {@code autodump:verify=restore} adds to a dump. Without the tag, each method does nothing. Thread-safe.
 *
 * @param check empty where there is no scratch server
 * @param encryption decrypts the stored dump
 */
record RestoreProof(Optional<RestoreCheck> check, Encryption encryption) {
    /** Refuses a dump that asks for a scratch server where none is, or that couldn't be decrypted for it. */
    void requireMeans(String secretName, DumpSettings settings) {
        if (isAskedFor(settings) && check.isEmpty()) {
            throw new AutoDumpException(
                    ErrorCode.SCRATCH_SERVER_MISSING,
                    "secret " + secretName + " asks for autodump:verify=restore, and no scratch server is"
                            + " configured; nothing was dumped",
                    Hints.SCRATCH_SERVER);
        }
        if (isAskedFor(settings) && settings.isEncrypted() && !encryption.canDecrypt()) {
            throw new AutoDumpException(
                    ErrorCode.IDENTITY_MISSING,
                    "the dumps of " + secretName + " are encrypted and ask for autodump:verify=restore, which needs an"
                            + " identity, and none was given; nothing was dumped",
                    Hints.IDENTITY + ", or set the tag autodump:verify to archive");
        }
    }

    /** Returns what the proof will leave out, a sentence each. */
    List<String> checkReady(DatabaseSecret database, DumpSettings settings) {
        return isAskedFor(settings) ? check.orElseThrow().limits(database, settings) : List.of();
    }

    /** Restores a committed file whose manifest isn't published yet. */
    void prove(DumpStore store, DumpManifest manifest) {
        if (!isAskedFor(manifest.settings())) {
            return;
        }
        if (!manifest.parts().isEmpty()) {
            check.orElseThrow().prove(manifest, new HashedParts(store, manifest, encryption, DumpProgress.SILENT));
            return;
        }
        try (InputStream stored = encryption.decrypting(manifest, store.open(manifest.key()))) {
            check.orElseThrow().prove(manifest, stored);
        } catch (IOException unreadable) {
            throw new AutoDumpException(
                    ErrorCode.STORE_FAILED,
                    "the stored dump couldn't be read back for its restore check: " + IoReason.of(unreadable)
                            + "; nothing was published",
                    "check the store, then run the dump again",
                    unreadable);
        }
    }

    private static boolean isAskedFor(DumpSettings settings) {
        return settings.verify() == VerifyMode.RESTORE;
    }
}

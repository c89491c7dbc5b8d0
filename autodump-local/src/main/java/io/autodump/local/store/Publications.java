package io.autodump.local.store;

import io.autodump.core.dump.DumpKey;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.dump.DumpPart;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.error.Hints;
import io.autodump.core.error.OutcomeUnknownException;
import io.autodump.core.internal.IoReason;
import io.autodump.local.file.DurableFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What happens to the committed files of a {@link DirectoryDumpStore}: they become a dump, or go. Thread-safe. */
record Publications(
        Path root,
        StorePaths paths,
        DurableFiles files,
        StoreLock lock,
        ManifestFiles manifests,
        UnpublishedFiles unpublished,
        PartFiles parts) {

    void publish(DumpManifest manifest) {
        DumpKey key = manifest.key();
        try {
            files.createFolders(paths.temporary());
            lock.whileHeld(() -> {
                requireSameFile(manifest);
                link(manifest);
            });
        } catch (IOException failed) {
            throw StoreFailure.of("the manifest of dump " + key + " couldn't be written", root, failed);
        }
        syncOrUnknown("manifest of dump " + key, paths.manifestFile(key));
        forget(key);
    }

    private void forget(DumpKey key) {
        unpublished.forget(key);
        parts.forget(key);
    }

    private void link(DumpManifest manifest) throws IOException {
        if (!manifests.link(manifest)
                && !manifest.equals(manifests.find(manifest.key()).orElse(null))) {
            throw StoreFailure.exists(manifest.key());
        }
    }

    /** Another attempt at the same run may have replaced the file since it was committed. */
    private void requireSameFile(DumpManifest manifest) throws IOException {
        DumpKey key = manifest.key();
        if (!isThere(manifest)) {
            throw StoreFailure.notFound(key);
        }
        if (!isFileOf(manifest)) {
            throw new AutoDumpException(
                    ErrorCode.STORE_FAILED,
                    "the file of dump " + key + " isn't the one that was committed: another attempt at the same run has"
                            + " replaced it; nothing was published",
                    "run the dump again, and only once at a time");
        }
    }

    private boolean isThere(DumpManifest manifest) {
        DumpKey key = manifest.key();
        return manifest.parts().isEmpty()
                ? StorePaths.isFile(paths.file(key))
                : manifest.parts().all().stream().allMatch(part -> StorePaths.isFile(paths.part(key, part.name())));
    }

    private boolean isFileOf(DumpManifest manifest) throws IOException {
        for (DumpPart part : manifest.parts().all()) {
            if (!parts.isFileOf(manifest.key(), part)) {
                return false;
            }
        }
        return !manifest.parts().isEmpty() || isOneFileOf(manifest);
    }

    private boolean isOneFileOf(DumpManifest manifest) throws IOException {
        Path file = paths.file(manifest.key());
        FileIdentity identity = FileIdentity.of(file);
        return unpublished.isCommitted(manifest.key(), identity, manifest.checksum())
                || (identity.bytes() == manifest.storedBytes()
                        && FileChecksum.of(file).equals(manifest.checksum()));
    }

    void syncOrUnknown(String what, Path file) {
        try {
            files.syncFolder(StorePaths.parent(file));
        } catch (IOException failed) {
            throw new OutcomeUnknownException(
                    "the " + what + " was written, and whether it would survive a power failure isn't known: "
                            + IoReason.of(failed),
                    Hints.LIST_DUMPS + "; if it isn't there, check the disk of " + root + " and run the dump again",
                    failed);
        }
    }

    void discard(DumpManifest manifest) {
        DumpKey key = manifest.key();
        if (!Files.isDirectory(StorePaths.parent(paths.file(key)))) {
            return;
        }
        try {
            files.createFolders(paths.temporary());
            lock.whileHeld(() -> {
                if (!parts.isOwned(key)) {
                    parts.discard(manifest);
                    removeOneFile(manifest);
                }
            });
            forget(key);
        } catch (IOException failed) {
            throw StoreFailure.of("the unpublished file of dump " + key + " couldn't be removed", root, failed);
        }
    }

    private void removeOneFile(DumpManifest manifest) throws IOException {
        Path file = paths.file(manifest.key());
        if (manifest.parts().isEmpty() && StorePaths.isFile(file) && isOneFileOf(manifest)) {
            remove(file);
        }
    }

    void deleteUnfinished(DumpKey key) {
        try {
            files.createFolders(paths.temporary());
            lock.whileHeld(() -> {
                if (!StorePaths.isFile(paths.manifestFile(key))) {
                    remove(paths.file(key));
                    parts.removeUnowned(key);
                }
            });
            forget(key);
        } catch (IOException failed) {
            throw StoreFailure.of("the file " + key + " couldn't be removed", root, failed);
        }
    }

    void delete(DumpKey key) {
        if (!Files.isDirectory(StorePaths.parent(paths.file(key)))) {
            return;
        }
        try {
            files.createFolders(paths.temporary());
            lock.whileHeld(() -> parts.removeWithNote(
                    key,
                    () -> unpublished.removeBoth(key, () -> {
                        remove(paths.manifestFile(key));
                        remove(paths.file(key));
                    })));
            forget(key);
        } catch (IOException failed) {
            throw StoreFailure.of("dump " + key + " couldn't be removed", root, failed);
        }
    }

    /**
     * Durable before the next step, so that not even a power failure shows the file's removal before the manifest's.
     */
    void remove(Path file) throws IOException {
        if (files.delete(file)) {
            files.syncFolder(StorePaths.parent(file));
        }
    }
}

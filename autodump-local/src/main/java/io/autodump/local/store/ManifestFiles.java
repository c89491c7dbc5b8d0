package io.autodump.local.store;

import io.autodump.core.dump.DumpKey;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.dump.DumpPart;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.wire.DumpManifestJson;
import io.autodump.local.file.DurableFiles;
import io.autodump.local.file.RegularFile;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** The manifests of a store, beside their dumps. Thread-safe. */
final class ManifestFiles {
    /** One of 100,000 tables has about 10. */
    private static final int MOST_MEBIBYTES = 64;

    private final Path root;
    private final StorePaths paths;
    private final DurableFiles files;
    private final PartialFiles partials;

    ManifestFiles(Path root, StorePaths paths, DurableFiles files, PartialFiles partials) {
        this.root = root;
        this.paths = paths;
        this.files = files;
        this.partials = partials;
    }

    /** Gives a manifest its name; returns whether the name was free. */
    boolean link(DumpManifest manifest) throws IOException {
        AtomicBoolean free = new AtomicBoolean();
        partials.write(
                DumpManifestJson.write(manifest),
                written -> free.set(files.publishNew(written, paths.manifestFile(manifest.key()))));
        return free.get();
    }

    /** Whether the manifest in this dump's place is of another dump; false if that isn't known. */
    boolean isForeign(DumpKey key) {
        try {
            String json = RegularFile.read(paths.manifestFile(key), MOST_MEBIBYTES);
            return !DumpManifestJson.parse(key.manifestKey(), json).key().equals(key);
        } catch (IOException | AutoDumpException unreadable) {
            return false;
        }
    }

    Optional<DumpManifest> find(DumpKey key) {
        Path path = paths.manifestFile(key);
        try {
            String json = RegularFile.read(path, MOST_MEBIBYTES);
            DumpManifest manifest = DumpManifestJson.parse(key.manifestKey(), json);
            if (!manifest.key().equals(key)) {
                throw new AutoDumpException(
                        ErrorCode.INVALID_DOCUMENT,
                        "the manifest at " + path + " belongs to dump " + manifest.key() + "; nothing was changed",
                        "move the dump and its manifest back to where they were");
            }
            requireFiles(manifest);
            return Optional.of(manifest);
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        } catch (CharacterCodingException | RegularFile.TooLargeException damaged) {
            throw new AutoDumpException(
                    ErrorCode.INVALID_DOCUMENT,
                    "the manifest at " + path
                            + (damaged instanceof RegularFile.TooLargeException large
                                    ? " " + large.getReason()
                                    : " isn't UTF-8 text")
                            + "; nothing was changed",
                    "check the disk of " + root + "; pg_restore itself still reads the dump (docs/restore.md)",
                    damaged);
        } catch (IOException failed) {
            throw StoreFailure.of("the manifest of dump " + key + " couldn't be read", root, failed);
        }
    }

    private void requireFiles(DumpManifest manifest) {
        DumpKey key = manifest.key();
        if (manifest.parts().isEmpty() && !StorePaths.isFile(paths.file(key))) {
            throw missing(key, "its file");
        }
        for (DumpPart part : manifest.parts().all()) {
            if (!StorePaths.isFile(paths.part(key, part.name()))) {
                throw missing(key, "its part " + part.name());
            }
        }
    }

    private AutoDumpException missing(DumpKey key, String what) {
        return new AutoDumpException(
                ErrorCode.DUMP_CORRUPT,
                "dump " + key + " has a manifest but " + what + " is missing",
                "restore the file from a copy, or remove " + paths.manifestFile(key) + " to forget the dump");
    }
}

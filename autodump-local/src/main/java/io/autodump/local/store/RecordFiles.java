package io.autodump.local.store;

import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.port.DumpRecords;
import io.autodump.core.record.DumpRecord;
import io.autodump.core.record.RecordKey;
import io.autodump.core.wire.DumpRecordJson;
import io.autodump.local.file.DurableFiles;
import io.autodump.local.file.RegularFile;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** The records of a store, beside its dumps. Thread-safe. */
final class RecordFiles implements DumpRecords {
    private final Path root;
    private final StorePaths paths;
    private final StoreContents contents;
    private final DurableFiles files;
    private final PartialFiles partials;

    RecordFiles(Path root, StorePaths paths, StoreContents contents, DurableFiles files, PartialFiles partials) {
        this.root = root;
        this.paths = paths;
        this.contents = contents;
        this.files = files;
        this.partials = partials;
    }

    @Override
    public void write(DumpRecord record) {
        Path file = paths.recordFile(record.key());
        try {
            files.createFolders(paths.temporary());
            files.createFolders(StorePaths.parent(file));
            partials.write(DumpRecordJson.write(record), written -> files.replace(written, file));
            files.syncFolder(StorePaths.parent(file));
        } catch (IOException failed) {
            throw StoreFailure.of("the record " + record.key() + " couldn't be written", root, failed);
        }
    }

    @Override
    public Optional<DumpRecord> find(RecordKey key) {
        try {
            return Optional.of(DumpRecordJson.parse(key, RegularFile.read(paths.recordFile(key), 1)));
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        } catch (CharacterCodingException | RegularFile.TooLargeException damaged) {
            throw new AutoDumpException(
                    ErrorCode.INVALID_DOCUMENT,
                    "the record " + key + " isn't UTF-8 text, or is larger than any record; nothing was changed",
                    "remove " + paths.recordFile(key),
                    damaged);
        } catch (IOException failed) {
            throw StoreFailure.of("the record " + key + " couldn't be read", root, failed);
        }
    }

    @Override
    public Stream<RecordKey> list(String folder) {
        return contents.records(folder);
    }

    @Override
    public void delete(RecordKey key) {
        Path file = paths.recordFile(key);
        try {
            if (files.delete(file)) {
                files.syncFolder(StorePaths.parent(file));
            }
        } catch (IOException failed) {
            throw StoreFailure.of("the record " + key + " couldn't be removed", root, failed);
        }
    }
}

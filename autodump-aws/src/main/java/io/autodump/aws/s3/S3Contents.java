package io.autodump.aws.s3;

import io.autodump.aws.s3.request.NewestKeys;
import io.autodump.aws.s3.request.S3Bucket;
import io.autodump.aws.s3.request.S3Call;
import io.autodump.aws.s3.request.S3Failure;
import io.autodump.aws.s3.request.TranslatingIterator;
import io.autodump.aws.s3.request.WriteOptions;
import io.autodump.core.dump.DumpKey;
import io.autodump.core.port.DumpRecords;
import io.autodump.core.record.DumpRecord;
import io.autodump.core.record.RecordKey;
import io.autodump.core.record.StoreNames;
import io.autodump.core.record.UnfinishedFile;
import io.autodump.core.wire.DumpRecordJson;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/** What is in a store, by name, and its records. Requests 1,000 names at a time. Thread-safe. */
final class S3Contents implements DumpRecords {
    private static final String CONSEQUENCE = "nothing was changed";

    private final S3Bucket bucket;
    private final String prefix;
    private final WriteOptions options;

    S3Contents(S3Bucket bucket, String prefix, WriteOptions options) {
        this.bucket = bucket;
        this.prefix = prefix;
        this.options = options;
    }

    /** Returns the keys of objects without the store's prefix, in a folder and its subfolders; all if it is empty. */
    private Stream<String> keys(String folder) {
        String start = folder.isEmpty() ? prefix : prefix + folder + "/";
        S3Failure failure = bucket.failure(S3Call.LIST, start.isEmpty() ? "all objects" : start);
        return TranslatingIterator.stream(() -> bucket.keys(start), failure).map(key -> key.substring(prefix.length()));
    }

    Stream<DumpKey> dumps(String folder) {
        return keys(folder).flatMap(key -> DumpKey.ofManifest(key).stream());
    }

    /** One listing for dumps and records, without most of the old ones. */
    StoreNames newest(int perDatabase) {
        List<DumpKey> dumps = new ArrayList<>();
        List<RecordKey> records = new ArrayList<>();
        for (String object : newestObjects(perDatabase)) {
            String key = object.substring(prefix.length());
            DumpKey.ofManifest(key).ifPresent(dumps::add);
            RecordKey.parse(key).ifPresent(records::add);
        }
        return new StoreNames(dumps, records);
    }

    private List<String> newestObjects(int perDatabase) {
        try {
            return new NewestKeys(bucket, prefix, perDatabase).list();
        } catch (SdkException failed) {
            throw bucket.failure(S3Call.LIST, prefix.isEmpty() ? "all objects" : prefix)
                    .because(failed, CONSEQUENCE);
        }
    }

    /** Asks for the date of each file without a manifest; there are few. */
    Stream<UnfinishedFile> unfinished(String folder) {
        Set<DumpKey> files = new LinkedHashSet<>();
        keys(folder).forEach(key -> {
            DumpKey.parse(key).ifPresent(files::add);
            DumpKey.ofManifest(key).ifPresent(files::remove);
        });
        return files.stream().flatMap(key -> unfinished(key).stream());
    }

    private Optional<UnfinishedFile> unfinished(DumpKey key) {
        String object = prefix + key.value();
        try {
            return bucket.head(object)
                    .map(HeadObjectResponse::lastModified)
                    .map(written -> new UnfinishedFile(key, written));
        } catch (SdkException failed) {
            throw bucket.failure(S3Call.HEAD, object).because(failed, CONSEQUENCE);
        }
    }

    @Override
    public Stream<RecordKey> list(String folder) {
        return keys(folder).flatMap(key -> RecordKey.parse(key).stream());
    }

    @Override
    public void write(DumpRecord record) {
        String object = prefix + record.key().value();
        try {
            bucket.putNew(object, DumpRecordJson.write(record), options, false);
        } catch (SdkException failed) {
            throw bucket.failure(S3Call.PUT, object).because(failed, "the record is missing or is the earlier one");
        }
    }

    @Override
    public Optional<DumpRecord> find(RecordKey key) {
        String object = prefix + key.value();
        try {
            return bucket.read(object).map(json -> DumpRecordJson.parse(key, json));
        } catch (SdkException failed) {
            throw bucket.failure(S3Call.GET, object).because(failed, CONSEQUENCE);
        }
    }

    @Override
    public void delete(RecordKey key) {
        delete(prefix + key.value(), "the record is still there");
    }

    /** Removes a dump's manifest first, then its file. */
    void delete(StoredNames names) {
        delete(names.manifest(), "nothing was removed");
        delete(names.file(), "the dump's manifest was removed, its file is still there");
    }

    /** Removes a file, unless it has a manifest. */
    void deleteUnfinished(StoredNames names) {
        Optional<HeadObjectResponse> manifest;
        try {
            manifest = bucket.head(names.manifest());
        } catch (SdkException failed) {
            throw bucket.failure(S3Call.HEAD, names.manifest()).because(failed, CONSEQUENCE);
        }
        if (manifest.isEmpty()) {
            delete(names.file(), "the file is still there");
        }
    }

    private void delete(String object, String consequence) {
        try {
            bucket.delete(object);
        } catch (SdkException failed) {
            throw bucket.failure(S3Call.DELETE, object).because(failed, consequence);
        }
    }
}

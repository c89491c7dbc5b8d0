package io.autodump.aws.s3;

import io.autodump.aws.s3.request.BulkDeletion;
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
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
    private final BulkDeletion deletion;

    S3Contents(S3Bucket bucket, String prefix, WriteOptions options) {
        this.bucket = bucket;
        this.prefix = prefix;
        this.options = options;
        this.deletion = new BulkDeletion(bucket);
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
        return names(newestObjects(perDatabase).stream().map(object -> object.substring(prefix.length())));
    }

    /** One listing for all dumps and records. */
    StoreNames names() {
        return names(keys(""));
    }

    private static StoreNames names(Stream<String> keys) {
        List<DumpKey> dumps = new ArrayList<>();
        List<RecordKey> records = new ArrayList<>();
        keys.forEach(key -> {
            DumpKey.ofManifest(key).ifPresent(dumps::add);
            RecordKey.parse(key).ifPresent(records::add);
        });
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

    /** Asks for the date of each file without a manifest, and of one part per dump; there are few. */
    Stream<UnfinishedFile> unfinished(String folder) {
        Map<DumpKey, String> files = new LinkedHashMap<>();
        Map<String, String> parts = new LinkedHashMap<>();
        Set<String> published = new HashSet<>();
        keys(folder).forEach(key -> {
            DumpKey.parse(key).ifPresent(file -> files.put(file, key));
            DumpKey.ofPart(key).ifPresent(part -> parts.put(part.partsFolder(), key));
            DumpKey.ofManifest(key).ifPresent(dump -> {
                files.remove(dump);
                published.add(dump.partsFolder());
            });
        });
        parts.keySet().removeAll(published);
        parts.values().forEach(key -> DumpKey.ofPart(key).ifPresent(part -> files.putIfAbsent(part, key)));
        return files.entrySet().stream().flatMap(file -> unfinished(file.getKey(), file.getValue()).stream());
    }

    private Optional<UnfinishedFile> unfinished(DumpKey key, String file) {
        String object = prefix + file;
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

    /** Removes a dump's manifest first, then its file and its parts. */
    void delete(StoredNames names) {
        delete(names.manifest(), "nothing was removed");
        delete(names.file(), "the dump's manifest was removed, its file is still there");
        deleteParts(names);
    }

    /** Removes the parts of a run, unless a dump of the run is finished, whatever its compression. */
    private void deleteParts(StoredNames names) {
        Set<String> parts;
        try {
            parts = bucket.objects(names.parts()).keySet();
            if (!parts.isEmpty()
                    && names.manifestsOfSameRun().stream()
                            .anyMatch(other -> bucket.head(other).isPresent())) {
                return;
            }
        } catch (SdkException failed) {
            throw bucket.failure(S3Call.LIST, names.parts()).because(failed, "parts of the dump may still be there");
        }
        deletion.delete(
                parts.stream()
                        .filter(part ->
                                DumpKey.ofPart(part.substring(prefix.length())).isPresent())
                        .toList(),
                "the dump has no manifest, parts of it are still there");
    }

    /**
     * Removes the parts that an earlier attempt left. Ignores failures: a dump's role may not delete.
     *
     * @return the ETags of those that are still there, by their full keys
     */
    Map<String, String> deletePartsIfAllowed(StoredNames names) {
        Map<String, String> left = new LinkedHashMap<>();
        try {
            bucket.objects(names.parts()).forEach((object, part) -> left.put(object, part.eTag()));
        } catch (SdkException failed) {
            throw bucket.failure(S3Call.LIST, names.parts()).because(failed, MultipartUpload.NOTHING_PUBLISHED);
        }
        try {
            for (String object : List.copyOf(left.keySet())) {
                bucket.delete(object);
                left.remove(object);
            }
        } catch (SdkException notAllowed) {
            // The commit of a part replaces it. What is left over isn't in the manifest.
        }
        return left;
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
            deleteParts(names);
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

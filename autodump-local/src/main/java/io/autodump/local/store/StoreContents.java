package io.autodump.local.store;

import io.autodump.core.dump.DumpKey;
import io.autodump.core.record.RecordKey;
import io.autodump.core.record.StoreNames;
import io.autodump.core.record.UnfinishedFile;
import io.autodump.local.store.StoreWalk.Found;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What is in a store, by name. Thread-safe. */
final class StoreContents {
    private static final Pattern DAY = Pattern.compile("(?<folder>.+)/\\d{4}/\\d{2}/\\d{2}");

    private final Path root;
    private final StorePaths paths;
    private final ManifestFiles manifests;

    StoreContents(Path root, StorePaths paths, ManifestFiles manifests) {
        this.root = root;
        this.paths = paths;
        this.manifests = manifests;
    }

    /** The finished dumps in a folder and its subfolders; all if it is empty. */
    Stream<DumpKey> dumps(String folder) {
        return StoreWalk.of(root, folder).files().flatMap(found -> dump(found).stream());
    }

    /** The records in a folder and its subfolders; all if it is empty. */
    Stream<RecordKey> records(String folder) {
        return StoreWalk.of(root, folder).files().flatMap(found -> RecordKey.parse(paths.below(found.path())).stream());
    }

    /** A link may lead to another store, whose manifests have other keys. */
    private Optional<DumpKey> dump(Found found) {
        return paths.ofManifest(found.path()).filter(key -> !found.behindLink() || !manifests.isForeign(key));
    }

    /**
     * Looks into no more folders of days than it takes to find that many dumps of each database. The walk comes to the
     * newest days of a database first.
     */
    StoreNames newest(int perDatabase) {
        List<DumpKey> dumps = new ArrayList<>();
        List<RecordKey> records = new ArrayList<>();
        Map<String, Integer> found = new HashMap<>();
        new StoreWalk(root, path -> !isBeyond(path, found, perDatabase)).files().forEach(file -> {
            RecordKey.parse(paths.below(file.path())).ifPresent(records::add);
            dump(file).ifPresent(key -> {
                dumps.add(key);
                found.merge(key.databaseFolder(), 1, Integer::sum);
            });
        });
        return new StoreNames(dumps, records);
    }

    private static boolean isBeyond(String path, Map<String, Integer> found, int perDatabase) {
        Matcher day = DAY.matcher(path);
        return day.matches() && found.getOrDefault(day.group("folder"), 0) >= perDatabase;
    }

    /** The files without a manifest in a folder and its subfolders; all if it is empty. */
    Stream<UnfinishedFile> unfinished(String folder) {
        return StoreWalk.of(root, folder)
                .files()
                .flatMap(found -> DumpKey.parse(paths.below(found.path())).stream())
                .filter(key -> !StorePaths.isFile(paths.manifestFile(key)))
                .flatMap(key -> unfinished(key).stream());
    }

    private Optional<UnfinishedFile> unfinished(DumpKey key) {
        try {
            return Optional.of(new UnfinishedFile(
                    key, Files.getLastModifiedTime(paths.file(key)).toInstant()));
        } catch (NoSuchFileException removedMeanwhile) {
            return Optional.empty();
        } catch (IOException failed) {
            throw StoreFailure.of("the file " + key + " couldn't be looked at", root, failed);
        }
    }
}

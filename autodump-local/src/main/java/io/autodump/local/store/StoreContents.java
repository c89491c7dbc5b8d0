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
import java.util.HashMap;
import java.util.LinkedHashMap;
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
    private final PartFiles parts;
    private final ManifestFiles manifests;

    StoreContents(Path root, StorePaths paths, PartFiles parts, ManifestFiles manifests) {
        this.root = root;
        this.parts = parts;
        this.paths = paths;
        this.manifests = manifests;
    }

    /** The finished dumps in a folder and its subfolders; all if it is empty. */
    Stream<DumpKey> dumps(String folder) {
        return StoreWalk.of(root, folder).withoutParts().files().flatMap(found -> dump(found).stream());
    }

    /** The records in a folder and its subfolders; all if it is empty. */
    Stream<RecordKey> records(String folder) {
        return StoreWalk.of(root, folder)
                .withoutParts()
                .files()
                .flatMap(found -> RecordKey.parse(paths.below(found.path())).stream());
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
        Map<String, Integer> found = new HashMap<>();
        return names(named(new StoreWalk(root, path -> !isBeyond(path, found, perDatabase)))
                .peek(file -> file.dump().ifPresent(key -> found.merge(key.databaseFolder(), 1, Integer::sum))));
    }

    /** All dumps and records, from one walk. */
    StoreNames names() {
        return names(named(new StoreWalk(root).inThreads()));
    }

    private Stream<Named> named(StoreWalk walk) {
        return walk.withoutParts()
                .files()
                .map(file -> new Named(dump(file), RecordKey.parse(paths.below(file.path()))));
    }

    private static StoreNames names(Stream<Named> files) {
        List<Named> named = files.toList();
        return new StoreNames(
                named.stream().flatMap(file -> file.dump().stream()).toList(),
                named.stream().flatMap(file -> file.record().stream()).toList());
    }

    /** What a file is by its name. */
    private record Named(Optional<DumpKey> dump, Optional<RecordKey> record) {}

    private static boolean isBeyond(String path, Map<String, Integer> found, int perDatabase) {
        Matcher day = DAY.matcher(path);
        return day.matches() && found.getOrDefault(day.group("folder"), 0) >= perDatabase;
    }

    /** The files without a manifest in a folder and its subfolders; all if it is empty. Parts are one file per dump. */
    Stream<UnfinishedFile> unfinished(String folder) {
        Map<String, UnfinishedFile> found = new LinkedHashMap<>();
        StoreWalk.of(root, folder).files().map(Found::path).forEach(file -> {
            Optional<DumpKey> part = paths.ofPart(file);
            part.filter(key -> !parts.isOwned(key))
                    .or(() -> paths.ofFile(file).filter(key -> !StorePaths.isFile(paths.manifestFile(key))))
                    .flatMap(key -> unfinished(key, file))
                    .ifPresent(one -> found.merge(
                            part.map(DumpKey::partsFolder).orElse(one.key().value()), one, StoreContents::newer));
        });
        return found.values().stream();
    }

    private static UnfinishedFile newer(UnfinishedFile one, UnfinishedFile other) {
        return one.writtenAt().isBefore(other.writtenAt()) ? other : one;
    }

    private Optional<UnfinishedFile> unfinished(DumpKey key, Path file) {
        try {
            return Optional.of(
                    new UnfinishedFile(key, Files.getLastModifiedTime(file).toInstant()));
        } catch (NoSuchFileException removedMeanwhile) {
            return Optional.empty();
        } catch (IOException failed) {
            throw StoreFailure.of("the file " + file + " couldn't be looked at", root, failed);
        }
    }
}

package io.autodump.aws.s3.request;

import io.autodump.core.dump.DumpKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Lists the keys of a store, and jumps over old dumps of databases that have many. S3 lists in ascending order only, so
 * the oldest dumps of a database come first. After {@value #MANY} of them, this looks for the newest months of that
 * database, lists those, and goes on behind them. Throws the SDK's exceptions. Not thread-safe; used once.
 */
public final class NewestKeys {
    /** With their files and manifests, these are the keys of one request. */
    private static final int MANY = 500;

    private final S3Bucket bucket;
    private final String prefix;
    private final int perDatabase;
    private final List<String> found = new ArrayList<>();
    private final Set<String> jumped = new HashSet<>();

    /**
     * Lists nothing yet.
     *
     * @param prefix the store's prefix; empty, or ends with a slash
     * @param perDatabase how many of the newest dumps of each database are listed at least
     */
    public NewestKeys(S3Bucket bucket, String prefix, int perDatabase) {
        this.bucket = bucket;
        this.prefix = prefix;
        this.perDatabase = perDatabase;
    }

    /** Returns the keys, with the store's prefix. */
    public List<String> list() {
        Optional<String> after = Optional.of("");
        while (after.isPresent()) {
            after = listFrom(after.get());
        }
        return found;
    }

    /** Returns the key to go on after; empty at the end of the store. */
    private Optional<String> listFrom(String after) {
        String folder = "";
        int dumps = 0;
        for (Iterator<String> keys = bucket.keysAfter(prefix, after).iterator(); keys.hasNext(); ) {
            String key = keys.next();
            found.add(key);
            Optional<String> database = databaseFolder(key);
            if (database.isPresent()) {
                dumps = database.get().equals(folder) ? dumps + 1 : 1;
                folder = database.get();
                if (dumps == MANY && jumped.add(folder)) {
                    return Optional.of(jump(prefix + folder + "/", key));
                }
            }
        }
        return Optional.empty();
    }

    /** Adds the newest months of a database that hold enough dumps. Returns the last key of the newest one. */
    private String jump(String folder, String from) {
        List<String> newest = new ArrayList<>();
        String last = from;
        int dumps = 0;
        for (String year : datesIn(folder, "\\d{4}")) {
            for (String month : datesIn(year, "\\d{2}")) {
                if (month.compareTo(from) <= 0) {
                    // What is left of this month would be passed over.
                    return from;
                }
                List<String> keys = bucket.keys(month).toList();
                newest.addAll(keys);
                last = last.equals(from) && !keys.isEmpty() ? keys.get(keys.size() - 1) : last;
                dumps += (int) keys.stream()
                        .filter(key -> databaseFolder(key).isPresent())
                        .count();
                if (dumps >= perDatabase) {
                    found.addAll(newest);
                    return last;
                }
            }
        }
        return from;
    }

    /** Newest first. */
    private List<String> datesIn(String folder, String pattern) {
        return bucket.folders(folder).stream()
                .filter(path ->
                        path.substring(folder.length(), path.length() - 1).matches(pattern))
                .sorted(Comparator.reverseOrder())
                .toList();
    }

    private Optional<String> databaseFolder(String key) {
        return DumpKey.ofManifest(key.substring(prefix.length())).map(DumpKey::databaseFolder);
    }
}

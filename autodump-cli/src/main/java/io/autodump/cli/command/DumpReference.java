package io.autodump.cli.command;

import io.autodump.cli.config.StoreLocation;
import io.autodump.cli.report.DumpId;
import io.autodump.cli.terminal.Terminal;
import io.autodump.cli.terminal.Text;
import io.autodump.cli.wiring.Adapters;
import io.autodump.core.Monitoring;
import io.autodump.core.dump.DumpKey;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.usecase.status.DumpListing;
import java.io.File;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds a dump by its key, by its file or object in the store, or as the latest or latest proven one of a secret. */
final class DumpReference {
    private static final String LATEST = "latest:";
    private static final String LATEST_PROVEN = "latest-proven:";

    /** Dumps of later instants were named while a clock was wrong. */
    private static final Duration AHEAD = Duration.ofDays(1);

    private final Context context;
    private final Adapters machine;

    DumpReference(Context context, Adapters machine) {
        this.context = context;
        this.machine = machine;
    }

    /**
     * Returns the manifest of a dump.
     *
     * @throws AutoDumpException {@code DUMP_NOT_FOUND}, or {@code INVALID_ARGUMENT} if the text isn't a reference
     *     to a dump
     */
    DumpManifest find(String text) {
        if (text.startsWith(LATEST)) {
            return latest(text.substring(LATEST.length()));
        }
        if (text.startsWith(LATEST_PROVEN)) {
            return latestProven(text.substring(LATEST_PROVEN.length()));
        }
        DumpKey key = parsed(text);
        return machine.store()
                .find(key)
                .orElseThrow(() -> new AutoDumpException(
                        ErrorCode.DUMP_NOT_FOUND,
                        "there is no finished dump " + key + "; nothing was changed",
                        "list the finished dumps with: autodump list"));
    }

    /**
     * Returns the key of a dump. A dump that is named by its key needn't be there.
     *
     * @throws AutoDumpException as {@link #find}
     */
    DumpKey key(String text) {
        boolean named = !text.startsWith(LATEST) && !text.startsWith(LATEST_PROVEN);
        return named ? parsed(text) : find(text).key();
    }

    private DumpKey parsed(String text) {
        return (DumpId.mayBe(text) ? keyOfId(text) : keyInStore(text))
                .or(() -> keyOf(text))
                .orElseThrow(() -> new AutoDumpException(
                        ErrorCode.INVALID_ARGUMENT,
                        "\"" + Text.line(text) + "\" is neither the id or the key of a dump nor latest:NAME or"
                                + " latest-proven:NAME",
                        "list the ids with: autodump list; the keys with: autodump list --long"));
    }

    private DumpManifest latestProven(String secretName) {
        return Monitoring.of(machine.autoDump())
                .latestProven(secretName)
                .orElseThrow(() -> new AutoDumpException(
                        ErrorCode.DUMP_NOT_FOUND,
                        "no restore has proven a dump of \"" + Text.line(secretName) + "\"; nothing was changed",
                        "prove the latest one with: autodump drill " + Text.line(secretName)));
    }

    /** Ids are hashes of keys, so the store's names suffice. */
    private Optional<DumpKey> keyOfId(String beginning) {
        List<DumpKey> found;
        try (Stream<DumpKey> keys = machine.store().list()) {
            found = keys.filter(key -> DumpId.of(key).startsWith(beginning)).toList();
        }
        if (found.size() > 1) {
            throw new AutoDumpException(
                    ErrorCode.INVALID_ARGUMENT,
                    "the ids of " + found.size() + " dumps begin with " + beginning + ": "
                            + String.join(", ", found.stream().map(DumpId::of).toList()) + "; nothing was changed",
                    "write more digits");
        }
        if (found.isEmpty()) {
            throw new AutoDumpException(
                    ErrorCode.DUMP_NOT_FOUND,
                    "there is no finished dump with the id " + beginning + "; nothing was changed",
                    "list the finished dumps with: autodump list");
        }
        return Optional.of(found.get(0));
    }

    /** The text is the name of a secret, or {@code NAME/DATABASE} of a secret with several databases. */
    private DumpManifest latest(String text) {
        DumpListing ofSecret = list(text);
        int slash = text.lastIndexOf('/');
        if (!ofSecret.dumps().isEmpty() || slash <= 0) {
            DumpManifest found = latest(text, ofSecret);
            requireOneDatabase(text, found);
            return found;
        }
        DumpListing all = list(text.substring(0, slash));
        return latest(
                text,
                new DumpListing(
                        all.dumps().stream()
                                .filter(dump -> dump.database().equals(text.substring(slash + 1)))
                                .toList(),
                        all.unreadable(),
                        all.proven()));
    }

    private DumpListing list(String secretName) {
        return machine.autoDump().list(Optional.of(secretName));
    }

    private static void requireOneDatabase(String secretName, DumpManifest found) {
        found.serverDatabases().filter(all -> all.names().size() > 1).ifPresent(all -> {
            throw new AutoDumpException(
                    ErrorCode.INVALID_ARGUMENT,
                    "\"" + Text.line(secretName) + "\" has dumps of several databases ("
                            + Text.line(String.join(", ", all.names())) + "); nothing was changed",
                    "name one: latest:" + Text.line(secretName) + "/"
                            + Text.line(all.names().get(0)));
        });
    }

    private DumpManifest latest(String name, DumpListing listing) {
        Terminal terminal = context.terminal();
        // One of these may be the latest dump.
        listing.unreadable().forEach(problem -> terminal.warn(problem.toString()));
        Instant limit = machine.clock().instant().plus(AHEAD);
        listing.after(limit).forEach(dump -> terminal.warn(ahead(dump)));
        return listing.latest(limit)
                .orElseThrow(() -> new AutoDumpException(
                        ErrorCode.DUMP_NOT_FOUND,
                        "there is no finished dump of \"" + Text.line(name) + "\"; nothing was changed",
                        "list the finished dumps with: autodump list; make one with: autodump dump "
                                + Text.line(name)));
    }

    private static String ahead(DumpManifest dump) {
        return "passed over " + dump.key()
                + ": it is named for an instant that hasn't come; the clock was wrong when it"
                + " was made. Name its key to use it";
    }

    /** Accepts also one of the files of a dump of several parts. */
    private static Optional<DumpKey> keyOf(String path) {
        return DumpKey.parse(path).or(() -> DumpKey.ofPart(path));
    }

    /** Accepts a path, as a shell completes it, and an {@code s3://} URI, as the AWS tools print it. */
    private Optional<DumpKey> keyInStore(String text) {
        StoreLocation location = machine.configuration().store();
        if (location instanceof StoreLocation.Folder store) {
            return keyOfFile(text, store.path());
        }
        String root = location + "/";
        return text.startsWith(root) ? keyOf(text.substring(root.length())) : Optional.empty();
    }

    private Optional<DumpKey> keyOfFile(String text, Path store) {
        try {
            Path file = context.resolve(Path.of(text));
            return file.startsWith(store)
                    ? keyOf(store.relativize(file).toString().replace(File.separatorChar, '/'))
                    : Optional.empty();
        } catch (InvalidPathException notAPath) {
            return Optional.empty();
        }
    }
}

package io.autodump.postgres.archive;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Follows the structure of an archive in PostgreSQL's custom format to its last block, and decides whether it is
 * complete: each entry of the contents list that has data is followed by its data once, in the order of the list;
 * nothing is cut short, and nothing follows. It skips the data itself, so the compression doesn't matter. The same rule
 * applies when an archive is made and when it is verified. Needs some bytes of memory for each table. Not thread-safe.
 */
final class ArchiveFollower {
    private final ArchiveCursor cursor = new ArchiveCursor();
    private final ArchiveContents contents;
    private @Nullable DataBlocks blocks;
    private @Nullable String damage;

    ArchiveFollower() {
        DataEntries entries = new DataEntries();
        contents = new ArchiveContents(cursor, entries, () -> {
            DataBlocks following = new DataBlocks(cursor, entries);
            blocks = following;
            following.follow();
        });
    }

    /** Takes the next bytes. */
    void accept(byte[] bytes, int offset, int length) {
        try {
            cursor.accept(bytes, offset, length);
        } catch (DamagedArchive found) {
            damage = found.getMessage();
            cursor.stop();
        }
    }

    /** Returns the number of entries of the contents list; 0 before it is known. */
    long entries() {
        return contents.entries();
    }

    /** Returns what is wrong if the archive ends here. Empty if it is complete. */
    Optional<String> problem() {
        if (damage != null) {
            return Optional.of(damage);
        }
        if (blocks == null) {
            return Optional.of(
                    cursor.position() == 0
                            ? "it is empty"
                            : "it ends within its contents list, after " + cursor.position() + " bytes");
        }
        return Optional.of(blocks.missing()).filter(missing -> !missing.isEmpty());
    }
}

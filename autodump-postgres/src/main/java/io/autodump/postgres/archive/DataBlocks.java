package io.autodump.postgres.archive;

/**
 * Follows the data of an archive, after its contents list, to the last block. Each entry with data has one block, in
 * the order of the list. A block consists of chunks, each after its length, and ends with a length of 0. The bytes of
 * a chunk are skipped. A block of large objects has such chunks for each object, after its OID, and ends with an OID
 * of 0.
 */
final class DataBlocks {
    private static final int ROWS = 1;
    private static final int LARGE_OBJECTS = 3;

    private final ArchiveCursor cursor;
    private final DataEntries entries;
    private final Runnable chunk = this::chunk;
    private final Runnable nextChunk = this::nextChunk;
    private int complete;
    private boolean withinBlock;
    private boolean withinLargeObjects;

    DataBlocks(ArchiveCursor cursor, DataEntries entries) {
        this.cursor = cursor;
        this.entries = entries;
    }

    /** Starts with the first block. */
    void follow() {
        if (complete == entries.size()) {
            cursor.await(1, this::tooMuch);
        } else {
            cursor.await(1 + ArchiveCursor.NUMBER_BYTES, this::block);
        }
    }

    /** Returns what is missing if the archive ends here. Empty if nothing is missing. */
    String missing() {
        int left = entries.size() - complete;
        if (left == 0) {
            return "";
        }
        boolean within = withinBlock || cursor.isWithinElement();
        return entries.describe(complete) + (withinBlock ? " are incomplete" : " are missing")
                + (left > 1 ? ", and " + (left - 1) + " more of " + entries.size() + " blocks are missing" : "")
                + "; the archive ends " + (within ? "in the middle of" : "before") + " a block, after "
                + cursor.position() + " bytes";
    }

    private void tooMuch() {
        throw new DamagedArchive("something follows its last block, at byte " + (cursor.position() - 1));
    }

    private void block() {
        int type = cursor.unsignedByte(0);
        long id = cursor.number(1);
        boolean largeObjects = entries.isLargeObjects(complete);
        if (id != entries.id(complete) || type != (largeObjects ? LARGE_OBJECTS : ROWS)) {
            throw new DamagedArchive(entries.describe(complete) + " are missing; something else stands before byte "
                    + cursor.position());
        }
        withinBlock = true;
        withinLargeObjects = largeObjects;
        nextPart();
    }

    private void nextPart() {
        if (withinLargeObjects) {
            cursor.await(ArchiveCursor.NUMBER_BYTES, this::largeObject);
        } else {
            nextChunk();
        }
    }

    private void largeObject() {
        if (cursor.number(0) == 0) {
            endBlock();
        } else {
            nextChunk();
        }
    }

    private void nextChunk() {
        cursor.awaitChunk(chunk);
    }

    private void chunk() {
        long length = cursor.number(0);
        if (length > 0) {
            cursor.skip(length, nextChunk);
        } else if (length < 0) {
            throw new DamagedArchive(
                    entries.describe(complete) + " have a part of negative length before byte " + cursor.position());
        } else if (withinLargeObjects) {
            nextPart();
        } else {
            endBlock();
        }
    }

    private void endBlock() {
        complete++;
        withinBlock = false;
        follow();
    }
}

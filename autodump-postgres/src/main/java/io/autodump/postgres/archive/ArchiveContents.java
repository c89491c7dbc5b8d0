package io.autodump.postgres.archive;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * Reads the beginning of an archive in PostgreSQL's custom format, the header and the contents list, and notes which
 * entries have data. Knows the format versions 1.12 to 1.16, which {@code pg_dump} 9.0 to 18 write.
 */
final class ArchiveContents {
    private static final String MAGIC = "PGDMP";
    private static final int MAJOR = 5;
    private static final int MINOR = 6;
    private static final int INTEGER_SIZE = 8;
    private static final int OFFSET_SIZE = 9;
    private static final int FORMAT = 10;
    private static final int HEAD_BYTES = 11;

    private static final int CUSTOM_FORMAT = 1;
    private static final int OLDEST_MINOR = 12;
    private static final int FIRST_WITH_ACCESS_METHOD = 14;
    private static final int FIRST_WITH_ALGORITHM = 15;
    private static final int FIRST_WITH_RELATION_KIND = 16;
    private static final int NEWEST_MINOR = 16;

    private static final int TIME_FIELDS = 7;
    private static final int OFFSET_UNKNOWN = 1;
    private static final int OFFSET_KNOWN = 2;
    private static final int NO_DATA = 3;

    private final ArchiveCursor cursor;
    private final DataEntries data;
    private final Runnable atEnd;
    private int minor;
    private int offsetSize;
    private long entries;
    private long entriesLeft;
    private List<Runnable> entry = List.of();
    private Runnable nextStep = () -> {};

    private long dumpId;
    private boolean hasData;
    private String tag = "";
    private String kind = "";
    private String schema = "";

    /**
     * Starts reading.
     *
     * @param data receives the entries that have data
     * @param atEnd called once, after the last entry
     */
    ArchiveContents(ArchiveCursor cursor, DataEntries data, Runnable atEnd) {
        this.cursor = cursor;
        this.data = data;
        this.atEnd = atEnd;
        cursor.await(HEAD_BYTES, this::head);
    }

    /** Returns the number of entries; 0 before it is known. */
    long entries() {
        return entries;
    }

    private void head() {
        require(cursor.text(MAGIC.length()).equals(MAGIC), "it doesn't begin as an archive does");
        minor = cursor.unsignedByte(MINOR);
        String version = cursor.unsignedByte(MAJOR) + "." + minor;
        require(
                cursor.unsignedByte(MAJOR) == 1 && minor >= OLDEST_MINOR && minor <= NEWEST_MINOR,
                "AutoDump doesn't know version " + version + " of the archive format");
        offsetSize = cursor.unsignedByte(OFFSET_SIZE);
        require(
                cursor.unsignedByte(INTEGER_SIZE) == Integer.BYTES
                        && (offsetSize == Integer.BYTES || offsetSize == Long.BYTES)
                        && cursor.unsignedByte(FORMAT) == CUSTOM_FORMAT,
                "its header is damaged");
        entry = entrySteps();
        perform(headerSteps(), () -> readNumber(this::begin));
    }

    private List<Runnable> headerSteps() {
        List<Runnable> steps = new ArrayList<>();
        steps.add(minor >= FIRST_WITH_ALGORITHM ? () -> cursor.await(1, this::advance) : this::skipNumber);
        for (int i = 0; i < TIME_FIELDS; i++) {
            steps.add(this::skipNumber);
        }
        // The name of the database, the version of the server, the version of the program.
        steps.addAll(List.of(this::skipText, this::skipText, this::skipText));
        return steps;
    }

    private List<Runnable> entrySteps() {
        List<Runnable> steps = new ArrayList<>(List.of(
                () -> readNumber(number -> advance(() -> dumpId = number)),
                () -> readNumber(number -> advance(() -> hasData = number != 0)),
                this::skipText, // the catalogue's OID
                this::skipText, // the object's OID
                () -> readText(text -> advance(() -> tag = text)),
                () -> readText(text -> advance(() -> kind = text)),
                this::skipNumber, // the section
                this::skipText, // the definition
                this::skipText, // the command that drops it
                this::skipText, // the COPY command
                () -> readText(text -> advance(() -> schema = text)),
                this::skipText)); // the tablespace
        if (minor >= FIRST_WITH_ACCESS_METHOD) {
            steps.add(this::skipText);
        }
        if (minor >= FIRST_WITH_RELATION_KIND) {
            steps.add(this::skipNumber);
        }
        // The owner, whether the table has OIDs, the dependencies, and where the data is.
        steps.addAll(List.of(this::skipText, this::skipText, this::skipTexts, this::readOffset));
        return steps;
    }

    private void begin(long count) {
        require(count >= 0, "its contents list has " + count + " entries");
        entries = count;
        entriesLeft = count;
        nextEntry();
    }

    private void nextEntry() {
        if (entriesLeft == 0) {
            atEnd.run();
        } else {
            entriesLeft--;
            perform(entry, this::endEntry);
        }
    }

    private void endEntry() {
        require(
                dumpId > 0 && dumpId <= Integer.MAX_VALUE,
                "its contents list has an entry " + dumpId + " before byte " + cursor.position());
        if (hasData) {
            data.add((int) dumpId, kind, schema, tag);
        }
        nextEntry();
    }

    /** If {@code pg_dump} writes to a pipe, it doesn't know the offset, but it says whether there will be data. */
    private void readOffset() {
        cursor.await(1 + offsetSize, () -> {
            int state = cursor.unsignedByte(0);
            boolean fits = hasData ? state == OFFSET_UNKNOWN || state == OFFSET_KNOWN : state == NO_DATA;
            require(fits, "its contents list is damaged before byte " + cursor.position());
            advance();
        });
    }

    private void perform(List<Runnable> steps, Runnable afterwards) {
        Iterator<Runnable> left = steps.iterator();
        nextStep = () -> (left.hasNext() ? left.next() : afterwards).run();
        advance();
    }

    private void advance() {
        nextStep.run();
    }

    private void advance(Runnable first) {
        first.run();
        advance();
    }

    private void readNumber(LongConsumer consumer) {
        cursor.await(ArchiveCursor.NUMBER_BYTES, () -> consumer.accept(cursor.number(0)));
    }

    private void skipNumber() {
        readNumber(number -> advance());
    }

    /** Reads the beginning of a text; empty if there is none. */
    private void readText(Consumer<String> consumer) {
        readNumber(length -> {
            int kept = (int) Math.min(Math.max(length, 0), ArchiveCursor.LONGEST);
            if (kept == 0) {
                consumer.accept("");
            } else {
                cursor.await(kept, () -> {
                    String text = cursor.text(kept);
                    skip(length - kept, () -> consumer.accept(text));
                });
            }
        });
    }

    private void skipText() {
        readNumber(length -> skip(length, this::advance));
    }

    /** Skips texts up to the first missing one. */
    private void skipTexts() {
        readNumber(length -> {
            if (length < 0) {
                advance();
            } else {
                skip(length, this::skipTexts);
            }
        });
    }

    private void skip(long length, Runnable then) {
        if (length > 0) {
            cursor.skip(length, then);
        } else {
            then.run();
        }
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new DamagedArchive(otherwise);
        }
    }
}

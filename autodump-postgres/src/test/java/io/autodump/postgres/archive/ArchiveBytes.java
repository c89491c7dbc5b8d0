package io.autodump.postgres.archive;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Writes archives in the custom format of any version, as {@code pg_dump} lays them out, also such as it never writes. */
final class ArchiveBytes {
    static final int ROWS = 1;
    static final int LARGE_OBJECTS = 3;
    private static final int UNKNOWN_OFFSET = 1;
    private static final int NO_DATA = 3;

    private final int minor;
    private final int offsetSize;
    private final ByteArrayOutputStream entries = new ByteArrayOutputStream();
    private final ByteArrayOutputStream blocks = new ByteArrayOutputStream();
    private int count;

    ArchiveBytes(int minor, int offsetSize) {
        this.minor = minor;
        this.offsetSize = offsetSize;
    }

    ArchiveBytes entry(int id, String kind, @Nullable String schema, String tag, boolean hasData) {
        return entry(id, kind, schema, tag, hasData, hasData ? UNKNOWN_OFFSET : NO_DATA);
    }

    ArchiveBytes entry(int id, String kind, @Nullable String schema, String tag, boolean hasData, int offsetState) {
        count++;
        number(entries, id);
        number(entries, hasData ? 1 : 0);
        text(entries, "1259");
        text(entries, "16384");
        text(entries, tag);
        text(entries, kind);
        number(entries, 3);
        text(entries, "CREATE " + "x".repeat(500) + ";\n");
        text(entries, "");
        text(entries, hasData ? "COPY t (a) FROM stdin;\n" : null);
        text(entries, schema);
        text(entries, "");
        if (minor >= 14) {
            text(entries, "heap");
        }
        if (minor >= 16) {
            number(entries, 'r');
        }
        text(entries, "postgres");
        text(entries, "false");
        text(entries, "211");
        text(entries, "");
        text(entries, null);
        entries.write(offsetState);
        for (int i = 0; i < offsetSize; i++) {
            entries.write(0);
        }
        return this;
    }

    ArchiveBytes rows(int id, String... chunks) {
        blocks.write(ROWS);
        number(blocks, id);
        return chunks(chunks);
    }

    ArchiveBytes largeObjects(int id, long... oids) {
        blocks.write(LARGE_OBJECTS);
        number(blocks, id);
        for (long oid : oids) {
            number(blocks, oid);
            chunks("large object", "");
        }
        number(blocks, 0);
        return this;
    }

    ArchiveBytes number(long value) {
        number(blocks, value);
        return this;
    }

    ArchiveBytes raw(byte... bytes) {
        blocks.writeBytes(bytes);
        return this;
    }

    private ArchiveBytes chunks(String... chunks) {
        for (String chunk : chunks) {
            if (!chunk.isEmpty()) {
                text(blocks, chunk);
            }
        }
        number(blocks, 0);
        return this;
    }

    byte[] bytes() {
        return bytes(count);
    }

    byte[] bytes(int claimedEntries) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes("PGDMP".getBytes(StandardCharsets.US_ASCII));
        all.writeBytes(new byte[] {1, (byte) minor, 0, Integer.BYTES, (byte) offsetSize, 1});
        if (minor >= 15) {
            all.write(1);
        } else {
            number(all, -1);
        }
        for (int field : new int[] {1, 2, 3, 4, 5, 126, 0}) {
            number(all, field);
        }
        text(all, "shop");
        text(all, "15.18");
        text(all, "15.18 (Debian)");
        number(all, claimedEntries);
        all.writeBytes(entries.toByteArray());
        all.writeBytes(blocks.toByteArray());
        return all.toByteArray();
    }

    private static void text(ByteArrayOutputStream out, @Nullable String text) {
        if (text == null) {
            number(out, -1);
        } else {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            number(out, bytes.length);
            out.writeBytes(bytes);
        }
    }

    private static void number(ByteArrayOutputStream out, long value) {
        out.write(value < 0 ? 1 : 0);
        long magnitude = Math.abs(value);
        for (int i = 0; i < Integer.BYTES; i++) {
            out.write((int) (magnitude >> (Byte.SIZE * i)));
        }
    }
}

package io.autodump.postgres.contents;

import io.autodump.process.stream.StoredBytes;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the contents list at the beginning of an archive in PostgreSQL's custom format, with the definitions, and keeps
 * the bytes that it reads. Format versions 1.12 to 1.16, as {@code pg_dump} 9.0 to 18 write them. Used once.
 */
final class CatalogReader {
    private static final String MAGIC = "PGDMP";
    private static final int OLDEST_MINOR = 12;
    private static final int FIRST_WITH_ACCESS_METHOD = 14;
    private static final int FIRST_WITH_ALGORITHM = 15;
    private static final int FIRST_WITH_RELATION_KIND = 16;
    private static final int TIME_FIELDS = 7;
    private static final int LONGEST_TEXT = 1 << 30;

    private static final Pattern ENCODING = Pattern.compile("SET client_encoding = '([^']*)'");
    private static final Map<String, Charset> CHARSETS = Map.of(
            "UTF8", StandardCharsets.UTF_8, "LATIN1", StandardCharsets.ISO_8859_1, "SQL_ASCII", StandardCharsets.UTF_8);

    private final InputStream archive;
    private final ByteArrayOutputStream read = new ByteArrayOutputStream();
    private Charset charset = StandardCharsets.UTF_8;
    private int minor;
    private int offsetSize;

    CatalogReader(InputStream archive) {
        this.archive = archive;
    }

    /** The bytes that were read. */
    byte[] head() {
        return read.toByteArray();
    }

    /**
     * Reads the list.
     *
     * @throws io.autodump.core.error.AutoDumpException {@code DUMP_CORRUPT} if this isn't one
     * @throws IOException if the stream can't be read
     */
    List<ArchiveEntry> entries() throws IOException {
        try {
            header();
            long count = number();
            List<ArchiveEntry> entries = new ArrayList<>();
            for (long i = 0; i < count; i++) {
                entries.add(entry());
            }
            return List.copyOf(entries);
        } catch (EOFException cut) {
            throw StoredBytes.corrupt("its contents list is cut short", cut);
        }
    }

    private void header() throws IOException {
        require(new String(bytes(MAGIC.length()), StandardCharsets.US_ASCII).equals(MAGIC));
        int major = oneByte();
        minor = oneByte();
        oneByte(); // the revision
        require(major == 1 && minor >= OLDEST_MINOR && minor <= FIRST_WITH_RELATION_KIND);
        require(oneByte() == Integer.BYTES);
        offsetSize = oneByte();
        oneByte(); // the format
        if (minor >= FIRST_WITH_ALGORITHM) {
            oneByte();
        } else {
            number();
        }
        for (int i = 0; i < TIME_FIELDS; i++) {
            number();
        }
        text(); // the names of the database and of the server's and the program's versions
        text();
        text();
    }

    private ArchiveEntry entry() throws IOException {
        int id = (int) number();
        number(); // whether it has data
        text(); // the catalogue's OID
        text(); // the object's OID
        String name = text();
        String kind = text();
        number(); // the section
        String definition = text();
        text(); // the command that drops it
        text(); // the COPY command
        String schema = text();
        String tablespace = text();
        if (minor >= FIRST_WITH_ACCESS_METHOD) {
            text();
        }
        if (minor >= FIRST_WITH_RELATION_KIND) {
            number();
        }
        String owner = text();
        text(); // whether the table has OIDs
        List<Integer> dependencies = dependencies();
        bytes(1 + offsetSize);
        if (kind.equals("ENCODING")) {
            charset = charset(definition);
        }
        return new ArchiveEntry(id, kind, schema, name, owner, definition, tablespace, dependencies);
    }

    private List<Integer> dependencies() throws IOException {
        List<Integer> ids = new ArrayList<>();
        for (long length = number(); length >= 0; length = number()) {
            ids.add(Integer.valueOf(new String(bytes(length), StandardCharsets.US_ASCII)));
        }
        return ids;
    }

    /** Names in an encoding that Java doesn't know are shown as well as it goes. */
    private static Charset charset(String definition) {
        Matcher encoding = ENCODING.matcher(definition);
        String name = encoding.find() ? encoding.group(1) : "UTF8";
        String windows = name.replace("WIN", "windows-").replace("LATIN9", "ISO-8859-15");
        return CHARSETS.getOrDefault(
                name, Charset.isSupported(windows) ? Charset.forName(windows) : Charset.defaultCharset());
    }

    /** Empty also if there is none. */
    private String text() throws IOException {
        long length = number();
        return length <= 0 ? "" : new String(bytes(length), charset);
    }

    /** A sign byte, then the magnitude, its lowest byte first. */
    private long number() throws IOException {
        byte[] field = bytes(1 + Integer.BYTES);
        long magnitude = 0;
        for (int i = Integer.BYTES; i > 0; i--) {
            magnitude = magnitude << Byte.SIZE | Byte.toUnsignedInt(field[i]);
        }
        return field[0] == 0 ? magnitude : -magnitude;
    }

    private int oneByte() throws IOException {
        return Byte.toUnsignedInt(bytes(1)[0]);
    }

    private byte[] bytes(long length) throws IOException {
        require(length <= LONGEST_TEXT);
        byte[] bytes = archive.readNBytes((int) length);
        read.writeBytes(bytes);
        if (bytes.length < length) {
            throw new EOFException();
        }
        return bytes;
    }

    private static void require(boolean condition) {
        if (!condition) {
            throw StoredBytes.corrupt("its beginning isn't that of an archive that this release reads", null);
        }
    }
}

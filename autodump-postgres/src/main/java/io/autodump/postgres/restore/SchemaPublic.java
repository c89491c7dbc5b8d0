package io.autodump.postgres.restore;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;

/**
 * Leaves out the creation of the schema {@code public}. A dump of chosen schemas ({@code pg_dump --schema}) creates it,
 * which fails because every new database has one. Owner, privileges and comment are still restored.
 */
final class SchemaPublic {
    private static final String STATEMENT = "\nCREATE SCHEMA public;\n";
    /** The part of a script that may contain it: after the settings at the head. */
    private static final int HEAD = 16 * 1024;

    private SchemaPublic() {}

    /** Returns the script without the creation. Closing it closes the script. */
    static InputStream leftOut(InputStream script) throws IOException {
        String head = new String(script.readNBytes(HEAD), StandardCharsets.ISO_8859_1);
        int at = head.indexOf(STATEMENT);
        int data = head.indexOf("\nCOPY ");
        String rest = at < 0 || (data >= 0 && data < at)
                ? head
                : head.substring(0, at) + head.substring(at + STATEMENT.length() - 1);
        return new SequenceInputStream(new ByteArrayInputStream(rest.getBytes(StandardCharsets.ISO_8859_1)), script);
    }
}

package io.autodump.postgres.archive;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;

/**
 * Removes a setting that older servers don't know. {@code pg_dump} and {@code pg_restore} 17 and newer begin every
 * script with it, so a dump of an older server by a newer client couldn't be restored on the same server.
 */
public final class OlderServerScript {
    private static final int FIRST_WITH_SETTING = 17;
    private static final String SETTING = "\nSET transaction_timeout = 0;\n";
    private static final int HEAD = 4 * 1024;

    private OlderServerScript() {}

    /** Returns whether a client's scripts must be changed for a server. */
    public static boolean isNeeded(int clientMajor, int serverMajor) {
        return clientMajor >= FIRST_WITH_SETTING && serverMajor < FIRST_WITH_SETTING;
    }

    /** Returns the script without the setting, which is at its head. Closing it closes the script. */
    public static InputStream of(InputStream script) throws IOException {
        String head = new String(script.readNBytes(HEAD), StandardCharsets.ISO_8859_1);
        int at = head.indexOf(SETTING);
        String known = at < 0 ? head : head.substring(0, at) + head.substring(at + SETTING.length() - 1);
        return new SequenceInputStream(new ByteArrayInputStream(known.getBytes(StandardCharsets.ISO_8859_1)), script);
    }
}

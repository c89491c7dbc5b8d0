package io.autodump.core.internal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Reads a text that should be small, from a source that may have no end. */
public final class BoundedText {
    private static final char REPLACEMENT = '\uFFFD';

    private BoundedText() {}

    /**
     * Reads to the end.
     *
     * @param mostBytes the most that are read into memory
     * @throws TooLongException if there are more
     * @throws CharacterCodingException if it isn't UTF-8 text
     */
    public static String read(InputStream in, int mostBytes) throws IOException {
        byte[] bytes = in.readNBytes(mostBytes + 1);
        if (bytes.length > mostBytes) {
            throw new TooLongException(mostBytes);
        }
        String text = new String(bytes, StandardCharsets.UTF_8);
        return text.indexOf(REPLACEMENT) < 0 ? text : strictly(bytes);
    }

    /** Takes several times as long, and is needed for a text that has the replacement character or is damaged. */
    private static String strictly(byte[] bytes) throws CharacterCodingException {
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes))
                .toString();
    }

    /** Thrown for a text that is longer than was allowed. */
    public static final class TooLongException extends IOException {
        private static final long serialVersionUID = 1L;

        TooLongException(int mostBytes) {
            super("has more than " + mostBytes + " bytes");
        }
    }
}

package io.autodump.local.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.Locale;
import java.util.zip.CRC32C;

/**
 * Size and CRC-32C of a file.
 *
 * @param bytes the size
 * @param crc the 32 bits
 */
record FileCrc(long bytes, long crc) {
    /** Reads the file from its beginning to its end, in constant memory. */
    static FileCrc of(FileChannel channel) throws IOException {
        CRC32C crc = new CRC32C();
        long bytes = FileBytes.forEach(channel, crc::update);
        return new FileCrc(bytes, crc.getValue());
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%d bytes with CRC-32C %08x", bytes, crc);
    }
}

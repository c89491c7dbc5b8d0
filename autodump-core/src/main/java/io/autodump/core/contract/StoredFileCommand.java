package io.autodump.core.contract;

import io.autodump.core.dump.Compression;
import java.util.Optional;

/** The commands for a shell by which the programs age, zstd and gzip read a stored file. */
public final class StoredFileCommand {
    private StoredFileCommand() {}

    /**
     * Returns what writes the bytes of the source to its standard output. Empty if the file holds just these.
     *
     * @param file its path, in words that a shell needn't have quoted
     * @param encrypted whether it is encrypted; the file of an identity is taken from {@code AGE_IDENTITY}
     */
    public static Optional<String> of(String file, Compression compression, boolean encrypted) {
        Optional<String> decompress =
                switch (compression.algorithm()) {
                    case ZSTD -> Optional.of("zstd -dc");
                    case GZIP -> Optional.of("gzip -dc");
                    case NONE -> Optional.empty();
                };
        if (encrypted) {
            String decrypt = "age --decrypt --identity \"$AGE_IDENTITY\" " + file;
            return Optional.of(
                    decrypt + decompress.map(command -> " | " + command).orElse(""));
        }
        return decompress.map(command -> command + " " + file);
    }
}

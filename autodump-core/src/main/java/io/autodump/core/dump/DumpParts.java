package io.autodump.core.dump;

import io.autodump.core.encryption.DumpEncryption;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/**
 * The files of a dump that has several, and how to restore them without AutoDump. Immutable and thread-safe.
 *
 * @param all the archive first, then the rows; empty for a dump that is one file
 * @param restoreCommands the shell commands that restore the dump with the database's own programs, in their order.
 *     They are run in the dump's folder, {@link DumpKey#partsFolder}. Empty for a dump that is one file
 */
public record DumpParts(List<DumpPart> all, List<String> restoreCommands) {
    /** No parts: the dump is one file. */
    public static final DumpParts NONE = new DumpParts(List.of(), List.of());

    public DumpParts {
        all = List.copyOf(all);
        restoreCommands = List.copyOf(restoreCommands);
        boolean archiveFirst =
                all.isEmpty() || (all.get(0).isArchive() && all.stream().skip(1).noneMatch(DumpPart::isArchive));
        if (!archiveFirst) {
            throw new IllegalArgumentException("the first part, and no other one, must be the archive");
        }
        if (all.stream().map(DumpPart::name).distinct().count() != all.size()) {
            throw new IllegalArgumentException("two parts have the same name");
        }
    }

    /** Returns whether the dump is one file. */
    public boolean isEmpty() {
        return all.isEmpty();
    }

    /**
     * Returns the archive.
     *
     * @throws IllegalStateException if there are no parts
     */
    public DumpPart archive() {
        if (isEmpty()) {
            throw new IllegalStateException("the dump is one file");
        }
        return all.get(0);
    }

    /** Returns the parts that hold rows. */
    public List<DumpPart> data() {
        return isEmpty() ? all : all.subList(1, all.size());
    }

    /** Returns the number of tables whose rows are in parts. The archive has no entry for these rows. */
    public int tables() {
        return (int) data().stream().map(DumpPart::table).distinct().count();
    }

    /** Returns the part with this name. */
    public Optional<DumpPart> find(String name) {
        return all.stream().filter(part -> part.name().equals(name)).findFirst();
    }

    /** Returns the number of bytes of all parts before compression. */
    public long sourceBytes() {
        return sum(DumpPart::sourceBytes);
    }

    /** Returns the size of all stored files in bytes. */
    public long storedBytes() {
        return sum(DumpPart::storedBytes);
    }

    private long sum(ToLongFunction<DumpPart> number) {
        return all.stream().mapToLong(number).reduce(0, Math::addExact);
    }

    /**
     * Sets the parts of a manifest, and its sizes and checksum, which follow from them. Without parts, does nothing.
     *
     * @return the builder
     */
    public DumpManifest.Builder describe(DumpManifest.Builder manifest) {
        return isEmpty()
                ? manifest
                : manifest.parts(this)
                        .sourceBytes(sourceBytes())
                        .storedBytes(storedBytes())
                        .checksum(checksum());
    }

    /** Returns the same parts under the names of encrypted files. */
    public DumpParts encrypted() {
        return new DumpParts(all.stream().map(DumpPart::encrypted).toList(), restoreCommands);
    }

    void requireDescribed(DumpManifest manifest) {
        requireNamesOfEncryption(manifest);
        boolean described = isEmpty()
                || (sourceBytes() == manifest.sourceBytes()
                        && storedBytes() == manifest.storedBytes()
                        && checksum().equals(manifest.checksum()));
        if (!described) {
            throw new IllegalArgumentException("bytes and checksum must be those of the parts: " + manifest.key());
        }
    }

    /** A name never says that a file is encrypted that isn't, nor the other way round. */
    private void requireNamesOfEncryption(DumpManifest manifest) {
        boolean encrypted = manifest.settings().isEncrypted();
        boolean parts = all.stream().allMatch(part -> part.name().endsWith(DumpEncryption.EXTENSION) == encrypted);
        if (!parts || manifest.key().isEncrypted() != encrypted) {
            throw new IllegalArgumentException("exactly the names of an encrypted dump end in "
                    + DumpEncryption.EXTENSION + ": " + manifest.key());
        }
    }

    /**
     * Returns the SHA-256 of the list of checksums, as {@code sha256sum} prints it for the parts in their order: per
     * part, 64 hexadecimal digits, two spaces, the name, and a line feed.
     */
    public Checksum checksum() {
        MessageDigest digest = Checksum.newSha256();
        String list = all.stream()
                .map(part -> part.checksum().sha256() + "  " + part.name() + "\n")
                .collect(Collectors.joining());
        return Checksum.ofSha256(digest.digest(list.getBytes(StandardCharsets.UTF_8)));
    }
}

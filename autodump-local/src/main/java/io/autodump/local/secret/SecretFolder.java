package io.autodump.local.secret;

import io.autodump.local.file.PathText;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Knows which files of a folder are secrets, and how secrets are named after their files. Reads no file. Thread-safe.
 */
final class SecretFolder {
    private static final String SUFFIX = ".json";

    private final Path folder;

    SecretFolder(Path folder) {
        this.folder = folder;
    }

    Path path() {
        return folder;
    }

    /**
     * What a folder and its subfolders hold.
     *
     * @param secrets the files of secrets, by name
     * @param ignored entries that look like secrets and aren't used
     */
    record Entries(List<Path> secrets, List<SecretWarning> ignored) {}

    Entries entries() throws IOException {
        Entries entries = new Entries(new ArrayList<>(), new ArrayList<>());
        collect(folder, entries);
        entries.secrets().sort(null);
        return entries;
    }

    private static void collect(Path folder, Entries entries) throws IOException {
        try (DirectoryStream<Path> visible = Files.newDirectoryStream(folder, entry -> !isHidden(entry))) {
            for (Path entry : visible) {
                if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
                    collect(entry, entries);
                } else if (fileName(entry).endsWith(SUFFIX) && Files.isRegularFile(entry)) {
                    entries.secrets().add(entry);
                } else {
                    ignored(entry).ifPresent(entries.ignored()::add);
                }
            }
        } catch (DirectoryIteratorException brokenOff) {
            throw brokenOff.getCause();
        }
    }

    private static boolean isHidden(Path entry) {
        return fileName(entry).startsWith(".");
    }

    private static Optional<SecretWarning> ignored(Path entry) throws IOException {
        if (Files.isDirectory(entry)) {
            return warning(
                    entry,
                    "is ignored: it is a symbolic link to a folder",
                    "move the folder here, or link its files one by one");
        }
        if (!fileName(entry).toLowerCase(Locale.ROOT).endsWith(SUFFIX)) {
            return Optional.empty();
        }
        if (isBrokenLink(entry)) {
            return warning(
                    entry,
                    "is ignored: it is a symbolic link to " + PathText.oneLine(Files.readSymbolicLink(entry))
                            + ", which doesn't exist",
                    "restore that file, or remove the link");
        }
        return fileName(entry).endsWith(SUFFIX)
                ? warning(entry, "is ignored: it isn't a regular file", "remove it, or rename it")
                : warning(
                        entry,
                        "is ignored: a secret's file name ends in " + SUFFIX + ", in lower case",
                        "rename it to " + PathText.oneLine(lowerCased(fileName(entry))));
    }

    private static String lowerCased(String fileName) {
        return fileName.substring(0, fileName.length() - SUFFIX.length()) + SUFFIX;
    }

    private static Optional<SecretWarning> warning(Path entry, String what, String remedy) {
        return Optional.of(new SecretWarning(SecretWarning.Kind.IGNORED, PathText.oneLine(entry), what, remedy));
    }

    private static boolean isBrokenLink(Path file) {
        return Files.isSymbolicLink(file) && Files.notExists(file);
    }

    /**
     * The file of a secret; empty if there is none, also if the name would lead out of the folder.
     *
     * @throws IOException if that isn't known: the answer "none" makes the scheduler drop the secret's runs
     */
    Optional<Path> file(String name) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new NotDirectoryException(folder.toString());
        }
        try {
            return below(folder, name);
        } catch (InvalidPathException unencodable) {
            // No file can have this name.
            return Optional.empty();
        }
    }

    private static Optional<Path> below(Path folder, String name) throws IOException {
        Path found = folder;
        for (String segment : name.split("/", -1)) {
            if (segment.isEmpty() || segment.startsWith(".") || segment.indexOf('\0') >= 0) {
                return Optional.empty();
            }
            if (!found.equals(folder) && (Files.isSymbolicLink(found) || Files.isRegularFile(found))) {
                return Optional.empty();
            }
            found = found.resolve(segment);
        }
        return regular(found.resolveSibling(found.getFileName() + SUFFIX));
    }

    private static Optional<Path> regular(Path file) throws IOException {
        try {
            return Files.readAttributes(file, BasicFileAttributes.class).isRegularFile()
                    ? Optional.of(file)
                    : Optional.empty();
        } catch (NoSuchFileException absent) {
            if (isBrokenLink(file)) {
                throw absent;
            }
            return Optional.empty();
        }
    }

    /** The name of the secret in a file. */
    String name(Path file) {
        String path =
                folder.relativize(file).toString().replace(file.getFileSystem().getSeparator(), "/");
        return path.substring(0, path.length() - SUFFIX.length());
    }

    private static String fileName(Path entry) {
        return entry.getFileName().toString();
    }
}

package io.autodump.local.secret;

import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.error.InvalidInputException;
import io.autodump.core.error.Problem;
import io.autodump.core.plan.SecretTags;
import io.autodump.core.secret.SecretId;
import io.autodump.core.secret.SecretValue;
import io.autodump.core.secret.TaggedSecret;
import io.autodump.local.file.IoReason;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Secrets as files: {@code NAME.json} in a folder holds {@code {"name": "NAME", "tags": {…}, "value": {…}}}. A secret's
 * id is its name, and its name is the file's path below the folder, without {@code .json}: {@code team/orders} lies in
 * {@code team/orders.json}. So a name has one place, and nobody has it twice. Names that begin with a dot or don't end in
 * {@code .json} (editors' temporary files, for example) are passed over; a file may be a symbolic link, a folder may not.
 *
 * <p>A file that can't be used hides no other: a listing gives the good ones and then fails, naming every bad one. A
 * secret counts as changed when its file was last written, also when only the password was; Secrets Manager's date of the
 * last change has the same meaning. Files are read anew at each call. Thread-safe.
 */
public final class FolderSecrets implements SecretsBackend {
    private static final String SUFFIX = ".json";

    /** More than ten times what Secrets Manager holds (65,536 bytes); whatever is larger isn't a secret. */
    private static final long MAX_BYTES = 1_000_000;

    /** More files with loose permissions than this have one cause, and one remedy. */
    private static final int MOST_WARNINGS = 3;

    private static final Set<PosixFilePermission> OTHERS_READ =
            Set.of(PosixFilePermission.GROUP_READ, PosixFilePermission.OTHERS_READ);

    private final Path folder;

    /** Reads nothing yet. */
    public FolderSecrets(Path folder) {
        this.folder = folder;
    }

    @Override
    public String place() {
        return folder.toString();
    }

    @Override
    public Optional<Path> watchedFolder() {
        return Optional.of(folder);
    }

    @Override
    public Stream<TaggedSecret> tagged() {
        List<Problem> broken = new ArrayList<>();
        Stream<TaggedSecret> good = files().stream()
                .flatMap(file -> secret(file, broken).stream())
                .filter(secret -> SecretTags.anyIn(secret.tags()));
        Stream<TaggedSecret> end = Stream.of(broken).flatMap(problems -> {
            if (!problems.isEmpty()) {
                throw unusable(problems);
            }
            return Stream.empty();
        });
        return Stream.concat(good, end);
    }

    private Optional<TaggedSecret> secret(Path file, List<Problem> broken) {
        Optional<SecretFile> content = read(file);
        if (content.isEmpty()) {
            return Optional.empty();
        }
        if (!content.get().problems().isEmpty()) {
            broken.addAll(inFile(file, content.get().problems()));
            return Optional.empty();
        }
        return Optional.of(secret(file, content.get()));
    }

    @Override
    public Optional<TaggedSecret> find(SecretId id) {
        return file(id).flatMap(file -> usable(file).map(content -> secret(file, content)));
    }

    @Override
    public SecretValue read(SecretId id) {
        return file(id).flatMap(this::usable)
                .flatMap(SecretFile::value)
                .orElseThrow(() -> new AutoDumpException(
                        ErrorCode.SECRET_NOT_FOUND,
                        "there is no secret \"" + id + "\" in " + folder + "; nothing was dumped",
                        "list the secrets with: autodump plan"));
    }

    /**
     * {@inheritDoc}
     *
     * <p>Here: files that others than their owner may read, where the file system knows of owners. Many are one warning.
     */
    @Override
    public List<Problem> warnings() {
        List<Path> loose =
                files().stream().filter(FolderSecrets::isReadableByOthers).toList();
        if (loose.size() > MOST_WARNINGS) {
            return List.of(new Problem(
                    folder.toString(),
                    loose.size() + " files are readable by others than their owner; run: chmod -R go= " + folder));
        }
        return loose.stream()
                .map(file ->
                        new Problem(file.toString(), "is readable by others than its owner; run: chmod 600 " + file))
                .toList();
    }

    private static boolean isReadableByOthers(Path file) {
        try {
            return Files.getPosixFilePermissions(file).stream().anyMatch(OTHERS_READ::contains);
        } catch (IOException | UnsupportedOperationException unknown) {
            return false;
        }
    }

    /** The files of all secrets, by name. */
    private List<Path> files() {
        try {
            List<Path> files = new ArrayList<>();
            collect(folder, files);
            files.sort(null);
            return files;
        } catch (IOException failed) {
            throw failed("the secrets in " + folder + " couldn't be listed", failed);
        }
    }

    private static void collect(Path folder, List<Path> files) throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, entry -> !isHidden(entry))) {
            for (Path entry : entries) {
                if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
                    collect(entry, files);
                } else if (entry.getFileName().toString().endsWith(SUFFIX) && Files.isRegularFile(entry)) {
                    files.add(entry);
                }
            }
        } catch (DirectoryIteratorException brokenOff) {
            throw brokenOff.getCause();
        }
    }

    private static boolean isHidden(Path entry) {
        return entry.getFileName().toString().startsWith(".");
    }

    /**
     * The one file that may hold a secret of that id; empty if the id is nobody's, also if it would leave the folder.
     * "Can't tell" is a failure and not "nobody's": a run whose secret is gone is dropped without noise.
     */
    private Optional<Path> file(SecretId id) {
        if (!Files.isDirectory(folder)) {
            throw failed("secret \"" + id + "\" couldn't be read", new NotDirectoryException(folder.toString()));
        }
        Path found = folder;
        for (String segment : id.value().split("/", -1)) {
            if (segment.isEmpty() || segment.startsWith(".") || segment.indexOf('\0') >= 0) {
                return Optional.empty();
            }
            if (!found.equals(folder) && (Files.isSymbolicLink(found) || Files.isRegularFile(found))) {
                return Optional.empty();
            }
            found = found.resolve(segment);
        }
        Path file = found.resolveSibling(found.getFileName() + SUFFIX);
        try {
            return Files.readAttributes(file, BasicFileAttributes.class).isRegularFile()
                    ? Optional.of(file)
                    : Optional.empty();
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        } catch (IOException failed) {
            throw failed("secret \"" + id + "\" couldn't be read", failed);
        }
    }

    private Optional<SecretFile> usable(Path file) {
        Optional<SecretFile> content = read(file);
        content.filter(read -> !read.problems().isEmpty()).ifPresent(read -> {
            throw unusable(inFile(file, read.problems()));
        });
        return content;
    }

    /** Empty if the file has just been removed. */
    private Optional<SecretFile> read(Path file) {
        try {
            if (name(file).isBlank()) {
                return Optional.of(SecretFile.broken(new Problem("file", "has a name of white space alone")));
            }
            if (Files.size(file) > MAX_BYTES) {
                return Optional.of(SecretFile.broken(new Problem("file", "is larger than " + MAX_BYTES + " bytes")));
            }
            return Optional.of(SecretFile.parse(name(file), Files.readString(file)));
        } catch (NoSuchFileException removed) {
            return Optional.empty();
        } catch (CharacterCodingException notText) {
            return Optional.of(SecretFile.broken(new Problem("file", "isn't UTF-8 text")));
        } catch (IOException failed) {
            return Optional.of(SecretFile.broken(new Problem("file", "can't be read: " + IoReason.of(failed))));
        }
    }

    private TaggedSecret secret(Path file, SecretFile content) {
        String name = name(file);
        return TaggedSecret.builder()
                .id(SecretId.of(name))
                .name(name)
                .tags(content.tags())
                .changedAt(changedAt(file))
                .build();
    }

    private static Optional<Instant> changedAt(Path file) {
        try {
            return Optional.of(Files.getLastModifiedTime(file).toInstant());
        } catch (IOException unknown) {
            return Optional.empty();
        }
    }

    private String name(Path file) {
        String path =
                folder.relativize(file).toString().replace(file.getFileSystem().getSeparator(), "/");
        return path.substring(0, path.length() - SUFFIX.length());
    }

    private static List<Problem> inFile(Path file, List<Problem> problems) {
        return problems.stream()
                .map(problem -> new Problem(file + ": " + problem.where(), problem.what()))
                .toList();
    }

    private AutoDumpException unusable(List<Problem> problems) {
        return new InvalidInputException(
                ErrorCode.INVALID_SECRET_FILE,
                "secrets in " + folder,
                problems,
                "a secret file holds {\"name\": \"orders\", \"tags\": {\"autodump:start-schedule\": \"0 2 - - -\"},"
                        + " \"value\": {…}}; the others aren't affected");
    }

    private AutoDumpException failed(String what, IOException cause) {
        return new AutoDumpException(
                ErrorCode.CATALOG_FAILED,
                what + ": " + IoReason.of(cause) + "; nothing was dumped",
                "create the folder, or set \"secrets: FOLDER\" in autodump.yaml",
                cause);
    }
}

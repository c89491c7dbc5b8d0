package io.autodump.local.secret;

import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.error.Hints;
import io.autodump.core.error.InvalidInputException;
import io.autodump.core.error.Problem;
import io.autodump.core.internal.IoReason;
import io.autodump.core.plan.SecretTags;
import io.autodump.core.secret.SecretId;
import io.autodump.core.secret.SecretValue;
import io.autodump.core.secret.TaggedSecret;
import io.autodump.local.file.PathText;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Secrets as files in a folder. {@code NAME.json} holds {@code {"name": "NAME", "tags": {…}, "value": {…}}}.
 *
 * <ul>
 *   <li>A secret's id is its name. Its name is the path of the file below the folder, without {@code .json}: {@code
 *       team/orders} is in {@code team/orders.json}.
 *   <li>Files whose name begins with a dot or doesn't end in {@code .json} aren't secrets. A file may be a symbolic
 *       link; links to folders aren't followed. {@link #warnings()} names files that look like secrets and aren't used.
 *   <li>A listing returns the usable secrets first, then fails and names every file that can't be used.
 *   <li>A secret counts as changed when its file was last written, even if only the password changed. (Secrets Manager
 *       handles its date of the last change in the same way.)
 * </ul>
 *
 * <p>Files are read at each call and at most 1,000,000 bytes long. Thread-safe.
 */
public final class FolderSecrets implements SecretsBackend {
    /** More than ten times the limit of Secrets Manager, 65,536 bytes. */
    private static final long MAX_BYTES = 1_000_000;

    /** More files than this with loose permissions have one cause and get one warning. */
    private static final int MOST_WARNINGS = 3;

    private static final Set<PosixFilePermission> OTHERS_READ =
            Set.of(PosixFilePermission.GROUP_READ, PosixFilePermission.OTHERS_READ);

    private final SecretFolder folder;

    /** Uses the secrets in this folder. Reads nothing yet. */
    public FolderSecrets(Path folder) {
        this.folder = new SecretFolder(folder);
    }

    @Override
    public String place() {
        return PathText.oneLine(folder.path());
    }

    @Override
    public Optional<Path> watchedFolder() {
        return Optional.of(folder.path());
    }

    @Override
    public Stream<TaggedSecret> tagged() {
        return StreamSupport.stream(new Listing(entries().secrets().iterator()), false);
    }

    /** Returns the usable secrets with tags of AutoDump, and then fails if there are unusable files. */
    private final class Listing extends Spliterators.AbstractSpliterator<TaggedSecret> {
        private final Iterator<Path> files;
        private final List<Problem> unusable = new ArrayList<>();

        Listing(Iterator<Path> files) {
            super(Long.MAX_VALUE, Spliterator.NONNULL | Spliterator.ORDERED);
            this.files = files;
        }

        @Override
        public boolean tryAdvance(Consumer<? super TaggedSecret> action) {
            while (files.hasNext()) {
                Optional<TaggedSecret> next = usable(files.next()).filter(secret -> SecretTags.anyIn(secret.tags()));
                if (next.isPresent()) {
                    action.accept(next.get());
                    return true;
                }
            }
            if (!unusable.isEmpty()) {
                throw unusable(unusable);
            }
            return false;
        }

        private Optional<TaggedSecret> usable(Path file) {
            Optional<SecretFile> content = read(file);
            content.ifPresent(read -> unusable.addAll(inFile(file, read.problems())));
            return content.filter(read -> read.problems().isEmpty()).map(read -> secret(file, read));
        }
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
                        "there is no secret \"" + PathText.oneLine(id) + "\" in " + place() + "; nothing was dumped",
                        Hints.LIST_SECRETS));
    }

    /**
     * {@inheritDoc}
     *
     * <p>Here: files that other users can read, on file systems with POSIX permissions (more than three such files are
     * one warning), and files that look like secrets and aren't used: broken links, links to folders, and names that
     * end in {@code .JSON}.
     */
    @Override
    public List<SecretWarning> warnings() {
        SecretFolder.Entries entries = entries();
        List<SecretWarning> warnings = new ArrayList<>(permissions(entries.secrets()));
        warnings.addAll(entries.ignored());
        return warnings;
    }

    private List<SecretWarning> permissions(List<Path> files) {
        List<Path> loose =
                files.stream().filter(FolderSecrets::isReadableByOthers).toList();
        if (loose.size() > MOST_WARNINGS) {
            return List.of(permission(
                    place(), loose.size() + " files are readable by other users", "run: chmod -R go= " + place()));
        }
        return loose.stream()
                .map(PathText::oneLine)
                .map(file -> permission(file, "is readable by other users", "run: chmod 600 " + file))
                .toList();
    }

    private static SecretWarning permission(String where, String what, String remedy) {
        return new SecretWarning(SecretWarning.Kind.PERMISSIONS, where, what, remedy);
    }

    private static boolean isReadableByOthers(Path file) {
        try {
            return Files.getPosixFilePermissions(file).stream().anyMatch(OTHERS_READ::contains);
        } catch (IOException | UnsupportedOperationException unknown) {
            return false;
        }
    }

    private SecretFolder.Entries entries() {
        try {
            return folder.entries();
        } catch (IOException failed) {
            throw failed("the secrets in " + place() + " couldn't be listed", failed);
        }
    }

    private Optional<Path> file(SecretId id) {
        try {
            return folder.file(id.value());
        } catch (IOException failed) {
            throw failed("secret \"" + PathText.oneLine(id) + "\" couldn't be read", failed);
        }
    }

    private Optional<SecretFile> usable(Path file) {
        Optional<SecretFile> content = read(file);
        if (content.isPresent() && !content.get().problems().isEmpty()) {
            throw unusable(inFile(file, content.get().problems()));
        }
        return content;
    }

    /** Empty if the file has just been removed. */
    private Optional<SecretFile> read(Path file) {
        try {
            String name = folder.name(file);
            if (name.isBlank()) {
                return broken("has a blank name");
            }
            if (PathText.hasControls(name)) {
                return broken("has a control character in its name, such as a line break");
            }
            if (Files.size(file) > MAX_BYTES) {
                return broken("is larger than " + MAX_BYTES + " bytes");
            }
            return Optional.of(SecretFile.parse(name, Files.readString(file)));
        } catch (NoSuchFileException removed) {
            return Optional.empty();
        } catch (CharacterCodingException notText) {
            return broken("isn't UTF-8 text");
        } catch (IOException failed) {
            return broken("can't be read: " + PathText.oneLine(IoReason.of(failed)));
        }
    }

    private static Optional<SecretFile> broken(String what) {
        return Optional.of(SecretFile.broken(new Problem("file", what)));
    }

    private TaggedSecret secret(Path file, SecretFile content) {
        String name = folder.name(file);
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

    private static List<Problem> inFile(Path file, List<Problem> problems) {
        return problems.stream()
                .map(problem -> new Problem(PathText.oneLine(file) + ": " + problem.where(), problem.what()))
                .toList();
    }

    private AutoDumpException unusable(List<Problem> problems) {
        return new InvalidInputException(
                ErrorCode.INVALID_SECRET_FILE,
                "secrets in " + place(),
                problems,
                "a secret file holds {\"name\": \"orders\", \"tags\": {\"autodump:start-schedule\": \"0 2 - - -\"},"
                        + " \"value\": {…}}; the other secrets aren't affected");
    }

    private AutoDumpException failed(String what, IOException cause) {
        return new AutoDumpException(
                ErrorCode.CATALOG_FAILED,
                what + ": " + PathText.oneLine(IoReason.of(cause)) + "; nothing was dumped",
                "check the folder and its links, or " + Hints.OTHER_SECRETS,
                cause);
    }
}

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
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Secrets as files in a folder. {@code NAME.json} holds {@code {"tags": {…}, "value": {…}}}, or an array of secrets
 * that have a {@code "name"} too.
 *
 * <ul>
 *   <li>A secret's id is its name. Its name is the path of the file below the folder, without {@code .json}: {@code
 *       team/orders} is in {@code team/orders.json}. A secret of an array has the name that stands there.
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

    private final SecretFolder folder;
    private final PasswordSources passwords;

    /** Uses the secrets in this folder, and the environment of this process. Reads nothing yet. */
    public FolderSecrets(Path folder) {
        this(folder, System.getenv());
    }

    FolderSecrets(Path folder, Map<String, String> environment) {
        this.folder = new SecretFolder(folder);
        this.passwords = new PasswordSources(folder, environment);
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
        private final Deque<TaggedSecret> read = new ArrayDeque<>();
        private final Set<String> names = new HashSet<>();
        private final List<Problem> unusable = new ArrayList<>();

        Listing(Iterator<Path> files) {
            super(Long.MAX_VALUE, Spliterator.NONNULL | Spliterator.ORDERED);
            this.files = files;
        }

        @Override
        public boolean tryAdvance(Consumer<? super TaggedSecret> action) {
            while (read.isEmpty() && files.hasNext()) {
                read(files.next());
            }
            if (!read.isEmpty()) {
                action.accept(read.remove());
                return true;
            }
            if (!unusable.isEmpty()) {
                throw unusable(unusable);
            }
            return false;
        }

        private void read(Path file) {
            for (SecretFile content : FolderSecrets.this.read(file)) {
                unusable.addAll(inFile(file, content.problems()));
                if (content.problems().isEmpty() && !names.add(content.name())) {
                    unusable.addAll(inFile(
                            file, List.of(new Problem(content.name(), "is also in another file; keep one of them"))));
                } else if (content.problems().isEmpty() && SecretTags.anyIn(content.tags())) {
                    read.add(secret(file, content));
                }
            }
        }
    }

    @Override
    public Optional<TaggedSecret> find(SecretId id) {
        return content(id).map(found -> secret(found.file(), found.content()));
    }

    @Override
    public SecretValue read(SecretId id) {
        return content(id)
                .flatMap(found -> found.content().value())
                .map(value -> passwords.withPassword(id.value(), value))
                .orElseThrow(() -> new AutoDumpException(
                        ErrorCode.SECRET_NOT_FOUND,
                        "there is no secret \"" + PathText.oneLine(id) + "\" in " + place() + "; nothing was dumped",
                        Hints.LIST_SECRETS));
    }

    /** A secret and its file. */
    private record Found(Path file, SecretFile content) {}

    /**
     * Looks in the secret's own file first, and then in all files with several secrets.
     *
     * @throws AutoDumpException if the secret is unusable, or may be in an unusable file with several
     */
    private Optional<Found> content(SecretId id) {
        Optional<Path> own = file(id);
        Optional<Found> found = own.flatMap(file -> usable(file, id));
        if (found.isPresent()) {
            return found;
        }
        return entries().secrets().stream()
                .filter(file -> !own.equals(Optional.of(file)) && isArray(file))
                .flatMap(file -> usable(file, id).stream())
                .findFirst();
    }

    private Optional<Found> usable(Path file, SecretId id) {
        List<SecretFile> contents = read(file);
        Optional<SecretFile> named = contents.stream()
                .filter(content -> content.name().equals(id.value()))
                .findFirst();
        List<Problem> problems = named.map(SecretFile::problems)
                .orElseGet(() -> contents.stream()
                        .flatMap(content -> content.problems().stream())
                        .toList());
        if (!problems.isEmpty()) {
            throw unusable(inFile(file, problems));
        }
        return named.map(content -> new Found(file, content));
    }

    private static boolean isArray(Path file) {
        try {
            return Files.size(file) <= MAX_BYTES && SecretFile.isArray(Files.readString(file));
        } catch (IOException unreadable) {
            return false;
        }
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
        List<SecretWarning> warnings = new ArrayList<>(SecretPermissions.warnings(place(), entries.secrets()));
        warnings.addAll(entries.ignored());
        return warnings;
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

    /** Empty if the file has just been removed. */
    private List<SecretFile> read(Path file) {
        String name = folder.name(file);
        try {
            if (name.isBlank()) {
                return broken(name, "has a blank name");
            }
            if (PathText.hasControls(name)) {
                return broken(name, "has a control character in its name, such as a line break");
            }
            if (Files.size(file) > MAX_BYTES) {
                return broken(name, "is larger than " + MAX_BYTES + " bytes");
            }
            return SecretFile.parse(name, Files.readString(file));
        } catch (NoSuchFileException removed) {
            return List.of();
        } catch (CharacterCodingException notText) {
            return broken(name, "isn't UTF-8 text");
        } catch (IOException failed) {
            return broken(name, "can't be read: " + PathText.oneLine(IoReason.of(failed)));
        }
    }

    private static List<SecretFile> broken(String name, String what) {
        return SecretFile.broken(name, new Problem("file", what));
    }

    private TaggedSecret secret(Path file, SecretFile content) {
        return TaggedSecret.builder()
                .id(SecretId.of(content.name()))
                .name(content.name())
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

package io.autodump.local.secret;

import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.internal.IoReason;
import io.autodump.local.file.PathText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Set;

/**
 * The file of a secret that isn't there yet. Only its owner can read it from the first byte on, and so can its folders,
 * if they are new. Thread-safe.
 *
 * @since 0.1.0
 */
public final class NewSecretFile {
    private static final String SUFFIX = ".json";

    private final Path file;
    private final String name;

    private NewSecretFile(Path file, String name) {
        this.file = file;
        this.name = name;
    }

    /**
     * Returns the file of a secret. Writes nothing.
     *
     * @param folder the folder of secrets
     * @param name the name of the secret; a slash is a subfolder
     * @throws AutoDumpException {@code INVALID_ARGUMENT} if no file can have the name, or if the file exists
     */
    public static NewSecretFile of(Path folder, String name) {
        boolean usable = !PathText.hasControls(name)
                && Arrays.stream(name.split("/", -1)).noneMatch(part -> part.isBlank() || part.startsWith("."));
        if (!usable) {
            throw new AutoDumpException(
                    ErrorCode.INVALID_ARGUMENT,
                    "\"" + PathText.oneLine(name) + "\" can't be the name of a secret; nothing was written",
                    "use letters, digits and hyphens; a / is a subfolder");
        }
        NewSecretFile secret = new NewSecretFile(folder.resolve(name + SUFFIX), name);
        if (Files.exists(secret.file)) {
            throw secret.exists();
        }
        return secret;
    }

    /** Returns where the secret will be. */
    public Path path() {
        return file;
    }

    /**
     * Writes the file.
     *
     * @throws AutoDumpException {@code INVALID_ARGUMENT} if it exists by now, or can't be written
     */
    public void write(String json) {
        try {
            Files.createDirectories(file.getParent(), ownerOnly("rwx------"));
            Files.createFile(file, ownerOnly("rw-------"));
            Files.write(file, json.getBytes(StandardCharsets.UTF_8), StandardOpenOption.WRITE);
        } catch (FileAlreadyExistsException there) {
            throw exists();
        } catch (IOException failed) {
            throw new AutoDumpException(
                    ErrorCode.INVALID_ARGUMENT,
                    PathText.oneLine(file) + " can't be written: " + PathText.oneLine(IoReason.of(failed)),
                    "use a folder that you can write to",
                    failed);
        }
    }

    private AutoDumpException exists() {
        return new AutoDumpException(
                ErrorCode.INVALID_ARGUMENT,
                "secret \"" + name + "\" is there already, in " + PathText.oneLine(file) + "; nothing was written",
                "change that file, or use another name");
    }

    private static FileAttribute<?>[] ownerOnly(String permissions) {
        Set<String> views = FileSystems.getDefault().supportedFileAttributeViews();
        return views.contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }
}

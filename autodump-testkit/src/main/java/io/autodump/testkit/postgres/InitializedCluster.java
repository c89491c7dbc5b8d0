package io.autodump.testkit.postgres;

import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import io.autodump.core.database.Password;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A data folder as {@code initdb} left it, kept until the JVM ends. To copy it takes a tenth of the time that {@code
 * initdb} takes.
 *
 * @param folder the data folder
 * @param password the superuser's password in it
 */
record InitializedCluster(Path folder, Password password) {
    private static final String LOCK_OF_THE_RUNNING_SERVER = "epg-lock";

    /** By the server's binaries. */
    private static final Map<Optional<Path>, InitializedCluster> KEPT = new ConcurrentHashMap<>();

    /** Returns the folder of these binaries, if this JVM has run their {@code initdb} before. */
    static Optional<InitializedCluster> of(Optional<Path> binaries) {
        return Optional.ofNullable(KEPT.get(binaries));
    }

    /** Keeps a copy of a data folder whose server wasn't started yet. */
    static void keep(Optional<Path> binaries, Path dataFolder, Password password) {
        try {
            Path kept = Files.createTempDirectory("autodump-initdb");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(kept)));
            copy(dataFolder, kept);
            KEPT.put(binaries, new InitializedCluster(kept, password));
        } catch (IOException failed) {
            throw new UncheckedIOException("the data folder couldn't be kept", failed);
        }
    }

    /** Copies the data folder into an empty folder. */
    void copyTo(Path target) throws IOException {
        copy(folder, target);
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                if (!folder.equals(from)) {
                    Files.copy(folder, to.resolve(from.relativize(folder)), StandardCopyOption.COPY_ATTRIBUTES);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (!file.endsWith(LOCK_OF_THE_RUNNING_SERVER)) {
                    Files.copy(file, to.resolve(from.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** Deletes a folder of a server that has stopped, if it is there. */
    static void delete(Path folder) {
        try {
            if (Files.exists(folder)) {
                MoreFiles.deleteRecursively(folder, RecursiveDeleteOption.ALLOW_INSECURE);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(folder + " couldn't be deleted", failed);
        }
    }
}

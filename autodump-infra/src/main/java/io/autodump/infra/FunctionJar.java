package io.autodump.infra;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awscdk.services.lambda.Code;

/** Finds the jar of the functions: {@code autodump-lambda-VERSION-function.jar}. */
public final class FunctionJar {
    private static final String NAMES = "autodump-lambda-*-function.jar";

    private FunctionJar() {}

    /**
     * Returns the jar as an asset, which {@code cdk deploy} uploads.
     *
     * @throws IllegalArgumentException if there is no such file
     */
    public static Code at(Path jar) {
        if (!Files.isRegularFile(jar)) {
            throw new IllegalArgumentException(
                    "functions \"" + jar + "\"; expected the file autodump-lambda-VERSION-function.jar,"
                            + " which \"make build\" puts into autodump-lambda/target");
        }
        return Code.fromAsset(jar.toString());
    }

    /** Finds the newest jar that a build left in {@code autodump-lambda/target}, in or above a folder. */
    public static Optional<Path> builtNear(Path folder) {
        for (Path at = folder.toAbsolutePath(); at != null; at = at.getParent()) {
            Path target = at.resolve("autodump-lambda").resolve("target");
            Optional<Path> found = Files.isDirectory(target) ? newestIn(target) : Optional.empty();
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private static Optional<Path> newestIn(Path folder) {
        List<Path> jars = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, NAMES)) {
            files.forEach(jars::add);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return jars.stream().max((one, other) -> Long.compare(changed(one), changed(other)));
    }

    private static long changed(Path file) {
        return file.toFile().lastModified();
    }
}

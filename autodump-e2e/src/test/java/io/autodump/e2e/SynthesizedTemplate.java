package io.autodump.e2e;

import io.autodump.infra.app.AutoDumpApp;
import io.autodump.testkit.program.MadeOnce;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The template that {@code make synth} writes. One of the processes with tests makes it, since that takes seconds. */
final class SynthesizedTemplate {
    private static final Path CONTEXT = Path.of("..", "autodump-infra", "example-context.json");
    private static final Path FOLDER = Path.of("target", "synthesized").toAbsolutePath();

    private SynthesizedTemplate() {}

    static String text() {
        try {
            Path app = Path.of(AutoDumpApp.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            Files.createDirectories(FOLDER);
            // Folders of classes don't tell when a class has changed.
            return Files.isRegularFile(app) ? shared(FOLDER.resolve(version(app) + ".json")) : synthesize();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String version(Path app) throws IOException {
        return Files.getLastModifiedTime(app).toMillis() + "-"
                + Files.getLastModifiedTime(CONTEXT).toMillis();
    }

    private static String shared(Path file) throws IOException {
        MadeOnce.file(file, unfinished -> Files.writeString(unfinished, synthesize()));
        return Files.readString(file);
    }

    /** The functions' jar is no part of what is tested here. */
    private static String synthesize() throws IOException {
        Path output = Files.createTempDirectory(FOLDER, "app");
        Path jar = Files.writeString(output.resolve("functions.jar"), "stands for the functions");
        AutoDumpApp.main(new String[] {
            "--context-file", CONTEXT.toString(),
            "--context", "functions=" + jar,
            "--output", output.resolve("cdk.out").toString()
        });
        try (Stream<Path> files = Files.list(output.resolve("cdk.out"))) {
            return Files.readString(files.filter(file -> file.toString().endsWith(".template.json"))
                    .findFirst()
                    .orElseThrow());
        }
    }
}

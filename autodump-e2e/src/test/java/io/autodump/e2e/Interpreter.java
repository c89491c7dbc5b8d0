package io.autodump.e2e;

import io.autodump.testkit.program.MadeOnce;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.TimeUnit;

/** The npm package {@code aws-local-stepfunctions}, installed below {@code target} as its lock file says. */
final class Interpreter {
    /** The script that runs one execution. */
    static final Path SCRIPT = Path.of("src/test/js/run-execution.cjs").toAbsolutePath();

    private static final Path FOLDER = Path.of("target/interpreter").toAbsolutePath();
    private static final int MINUTES = 5;

    private Interpreter() {}

    /** The folder of its modules, which are installed if they aren't there. Other processes with tests do the same. */
    static Path modules() {
        try {
            Files.createDirectories(FOLDER);
            MadeOnce.file(FOLDER.resolve("complete"), Interpreter::prepare);
            return FOLDER.resolve("node_modules");
        } catch (IOException failed) {
            throw notInstalled(failed);
        } catch (UncheckedIOException failed) {
            throw notInstalled(failed.getCause());
        }
    }

    private static UncheckedIOException notInstalled(IOException cause) {
        return new UncheckedIOException("Node.js (18 or later) and npm are needed, and npm's registry once", cause);
    }

    private static void prepare(Path complete) throws IOException {
        for (String file : new String[] {"package.json", "package-lock.json"}) {
            Files.copy(SCRIPT.resolveSibling(file), FOLDER.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        install();
        Files.createFile(complete);
    }

    private static void install() throws IOException {
        Process npm = new ProcessBuilder("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline")
                .directory(FOLDER.toFile())
                .redirectErrorStream(true)
                .start();
        try {
            String said = new String(npm.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!npm.waitFor(MINUTES, TimeUnit.MINUTES) || npm.exitValue() != 0) {
                throw new IOException("npm ci failed: " + said);
            }
        } catch (InterruptedException stopped) {
            npm.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("npm ci was interrupted", stopped);
        }
    }
}

package io.autodump.cli.config;

import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.internal.BoundedText;
import io.autodump.core.internal.IoReason;
import io.autodump.local.file.RegularFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Finds the configuration file that isn't named on the command line, and reads one. */
public final class ConfigurationFiles {
    /** The environment variable that names the configuration file. */
    public static final String VARIABLE = "AUTODUMP_CONFIG";

    private static final Path OF_THE_MACHINE = Path.of("/etc/autodump", Configuration.FILE_NAME);

    /** A file without end, such as a device, isn't read into memory. */
    private static final int MOST_BYTES = 1_000_000;

    /** For somebody who writes into a pipe. How long they write is up to them: they may ask for a password first. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

    private ConfigurationFiles() {}

    /**
     * Loads the classes that reading a configuration needs, so that another thread can do this while the arguments are
     * being parsed. Thread-safe.
     */
    public static void prepare() {
        YamlEntries.read("prepared: true", any -> false);
    }

    /**
     * Returns the file that {@value #VARIABLE} names, otherwise the first that exists of {@code autodump.yaml} in the
     * working folder, {@code ~/.config/autodump/autodump.yaml} and {@code /etc/autodump/autodump.yaml}, otherwise the
     * first of these.
     *
     * @param workingFolder an absolute path
     * @param variables the environment variables
     */
    public static Path find(Path workingFolder, Map<String, String> variables) {
        return text(variables, VARIABLE)
                .map(workingFolder::resolve)
                .orElseGet(() -> firstThatExists(usual(workingFolder, variables)));
    }

    private static Path firstThatExists(List<Path> files) {
        return files.stream().filter(Files::exists).findFirst().orElse(files.get(0));
    }

    private static List<Path> usual(Path workingFolder, Map<String, String> variables) {
        List<Path> files = new ArrayList<>();
        files.add(workingFolder.resolve(Configuration.FILE_NAME));
        text(variables, "XDG_CONFIG_HOME")
                .map(Path::of)
                .or(() -> text(variables, "HOME").map(home -> Path.of(home, ".config")))
                .map(folder -> folder.resolve("autodump").resolve(Configuration.FILE_NAME))
                .ifPresent(files::add);
        files.add(OF_THE_MACHINE);
        return files;
    }

    private static Optional<String> text(Map<String, String> variables, String name) {
        return Optional.ofNullable(variables.get(name)).filter(value -> !value.isBlank());
    }

    /**
     * Returns the text.
     *
     * @throws AutoDumpException {@code INVALID_CONFIGURATION} if there is none, it can't be read or it isn't UTF-8
     */
    static String read(Path file) {
        return read(file, LONGEST_WAIT);
    }

    static String read(Path file, Duration longestWait) {
        try (InputStream in = open(file, longestWait)) {
            return BoundedText.read(in, MOST_BYTES);
        } catch (BoundedText.TooLongException tooLong) {
            throw new AutoDumpException(
                    ErrorCode.INVALID_CONFIGURATION,
                    file + " " + tooLong.getMessage(),
                    "name a configuration: autodump init --print shows one");
        } catch (NoSuchFileException missing) {
            throw new AutoDumpException(
                    ErrorCode.INVALID_CONFIGURATION,
                    "there is no " + file,
                    "write one with: autodump init; or name another with --config FILE; or use no file:"
                            + " --secrets aws --store s3://BUCKET");
        } catch (CharacterCodingException wrong) {
            throw new AutoDumpException(
                    ErrorCode.INVALID_CONFIGURATION, file + " isn't UTF-8 text", "save it as UTF-8");
        } catch (IOException unreadable) {
            throw new AutoDumpException(
                    ErrorCode.INVALID_CONFIGURATION,
                    file + " can't be read: " + IoReason.of(unreadable),
                    "check the file's permissions",
                    unreadable);
        }
    }

    /** A pipe can't be opened before somebody writes into it, and nothing ends the attempt. */
    private static InputStream open(Path file, Duration longestWait) throws IOException {
        if (!RegularFile.isOther(file)) {
            return Files.newInputStream(file);
        }
        FutureTask<InputStream> opening = new FutureTask<>(() -> Files.newInputStream(file));
        Thread thread = new Thread(opening, "autodump-configuration");
        thread.setDaemon(true);
        thread.start();
        try {
            return opening.get(longestWait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException nobody) {
            throw new AutoDumpException(
                    ErrorCode.INVALID_CONFIGURATION,
                    file + " is a pipe that nobody writes into",
                    "write the configuration into it, or name a file with --config FILE");
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof IOException unreadable ? unreadable : new IOException(failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }
}

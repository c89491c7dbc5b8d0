package io.autodump.cli.wiring;

import io.autodump.cli.terminal.PipeOutput;
import io.autodump.cli.terminal.Terminal;
import io.autodump.core.database.Password;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a process has around it.
 *
 * @param outIsTerminal whether standard output is a terminal
 * @param variables the environment
 * @param workingFolder absolute
 * @param passwordPrompt asks a person; empty if there is none
 */
public record ProcessEnvironment(
        Terminal.Streams streams,
        boolean outIsTerminal,
        Map<String, String> variables,
        Path workingFolder,
        InstantSource clock,
        Function<String, Optional<Password>> passwordPrompt) {
    private static final int USUAL_WIDTH = 100;

    /**
     * Those of this process. Java can't tell which of the streams is a terminal; {@code bin/autodump} can, and says so
     * in system properties. Without them none is.
     */
    public static ProcessEnvironment ofProcess() {
        return new ProcessEnvironment(
                new Terminal.Streams(
                        utf8(FileDescriptor.out),
                        utf8(FileDescriptor.err),
                        Boolean.getBoolean("autodump.err.terminal"),
                        width()),
                Boolean.getBoolean("autodump.out.terminal"),
                System.getenv(),
                Path.of("").toAbsolutePath(),
                Clock.systemUTC(),
                Boolean.getBoolean("autodump.in.terminal") ? ProcessEnvironment::ask : prompt -> Optional.empty());
    }

    /** JSON is UTF-8, whatever the locale. */
    private static PrintStream utf8(FileDescriptor descriptor) {
        return new PrintStream(new PipeOutput(new FileOutputStream(descriptor)), true, StandardCharsets.UTF_8);
    }

    private static int width() {
        Integer width = Integer.getInteger("autodump.terminal.width");
        return width == null || width < 1 ? USUAL_WIDTH : width;
    }

    private static Optional<Password> ask(String prompt) {
        return Optional.ofNullable(System.console())
                .flatMap(console -> Optional.ofNullable(console.readPassword("%s", prompt)))
                .map(typed -> Password.of(String.valueOf(typed)));
    }
}

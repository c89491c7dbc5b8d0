package io.autodump.postgres.client;

import io.autodump.core.error.AutoDumpException;
import io.autodump.core.internal.ControlCharacters;
import io.autodump.process.ChildProcess;
import io.autodump.process.ProgramFeed;
import io.autodump.process.Watchdog;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a client program answers when it is asked for its version.
 *
 * @param version the version; empty if it gave none
 * @param problem why there is no version; empty if there is one
 */
record ProgramVersion(Optional<String> version, String problem) {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final int LONGEST_ANSWER = 1024;
    private static final int LONGEST_SHOWN = 60;
    private static final Pattern VERSION = Pattern.compile("\\(PostgreSQL\\) ((\\d+)\\S*)");

    /** Runs the program with {@code --version}. */
    static ProgramVersion ask(Path program) {
        Map<String, String> environment = ClientEnvironment.inherited(System.getenv());
        List<String> command = List.of(program.toString(), "--version");
        try (ChildProcess process = ChildProcess.start(command, environment, line -> false, ChildProcess.NO_REDACTION);
                Watchdog watchdog = new Watchdog(LIMIT, Optional.of(LIMIT), process::close)) {
            ProgramFeed.end(process.stdin());
            String line = firstLine(process.stdout());
            OptionalInt status = process.waitFor(LIMIT);
            process.discardOutput();
            return watchdog.verdict().isPresent() || status.isEmpty()
                    ? without(program + " didn't answer --version within " + LIMIT.toSeconds() + " s")
                    : of(program, line, status.getAsInt());
        } catch (AutoDumpException cannotRun) {
            return without(cannotRun.description());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return without(program + " wasn't asked for its version: AutoDump was stopped");
        }
    }

    private static ProgramVersion of(Path program, String line, int status) {
        if (status != 0) {
            return without(program + " --version exited with status " + status);
        }
        Matcher version = VERSION.matcher(line);
        return version.find()
                ? new ProgramVersion(Optional.of(version.group(1)), "")
                : without(program + " answered --version with " + shown(line));
    }

    private static ProgramVersion without(String problem) {
        return new ProgramVersion(Optional.empty(), problem);
    }

    private static String shown(String line) {
        String printable = ControlCharacters.escaped(line);
        if (printable.isBlank()) {
            return "nothing";
        }
        return '"'
                + (printable.length() > LONGEST_SHOWN ? printable.substring(0, LONGEST_SHOWN) + "…" : printable)
                + '"';
    }

    /** Doesn't wait for more: another process may hold the output open for ever. */
    private static String firstLine(InputStream output) {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        try {
            int read = output.read();
            while (read >= 0 && read != '\n' && line.size() < LONGEST_ANSWER) {
                line.write(read);
                read = output.read();
            }
        } catch (IOException closed) {
            // What came so far is the answer.
        }
        return line.toString(StandardCharsets.UTF_8);
    }
}

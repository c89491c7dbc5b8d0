package io.autodump.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.autodump.cli.command.AutoDumpCommand;
import io.autodump.cli.terminal.Terminal;
import io.autodump.cli.wiring.InstalledEngines;
import io.autodump.cli.wiring.Interruption;
import io.autodump.cli.wiring.ProcessEnvironment;
import io.autodump.testkit.aws.S3Server;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The command in the JVM of the test, with the real adapters: for all that isn't about its process, which costs a
 * second of processor time each time ({@link CommandProcess}). What Java and the AWS SDK read from properties is set
 * while a command runs; so one runs at a time.
 */
final class InProcessCommand {
    private static final int WIDTH = 100;

    private final Path folder;
    private final Map<String, String> properties = new HashMap<>();

    /**
     * Creates one that runs in a folder.
     *
     * @param folder with a folder {@code tmp} for temporary files
     */
    InProcessCommand(Path folder) {
        this.folder = folder;
        properties.put("java.io.tmpdir", folder.resolve("tmp").toString());
        properties.put("aws.disableEc2Metadata", "true");
        properties.put("aws.configFile", folder.resolve("absent").toString());
        properties.put("aws.sharedCredentialsFile", folder.resolve("absent").toString());
    }

    /** With the credentials of the S3 server. */
    InProcessCommand withCredentials() {
        return with("aws.accessKeyId", S3Server.ACCESS_KEY_ID).with("aws.secretAccessKey", S3Server.SECRET_ACCESS_KEY);
    }

    InProcessCommand with(String property, String value) {
        properties.put(property, value);
        return this;
    }

    /** Runs a command line to its end. */
    CommandProcess.Ended run(String... arguments) {
        Map<String, String> before = new HashMap<>();
        properties.forEach((name, value) -> before.put(name, System.setProperty(name, value)));
        try {
            return runWithProperties(arguments);
        } finally {
            before.forEach(InProcessCommand::restore);
        }
    }

    private CommandProcess.Ended runWithProperties(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        ProcessEnvironment surroundings = new ProcessEnvironment(
                new Terminal.Streams(
                        new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8), false, WIDTH),
                false,
                Map.of(),
                folder,
                Clock.systemUTC(),
                prompt -> Optional.empty(),
                prompt -> Optional.empty());
        int exitStatus =
                AutoDumpCommand.run(surroundings, InstalledEngines::of, new Interruption(), List.of(arguments));
        return new CommandProcess.Ended(exitStatus, text(out), text(err));
    }

    private static void restore(String property, String value) {
        if (value == null) {
            System.clearProperty(property);
        } else {
            System.setProperty(property, value);
        }
    }

    private static String text(ByteArrayOutputStream bytes) {
        return String.join("\n", bytes.toString(UTF_8).lines().toList());
    }
}

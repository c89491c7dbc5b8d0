package io.autodump.cli.command;

import io.autodump.cli.config.Configuration;
import io.autodump.cli.config.ConfigurationReader;
import io.autodump.cli.output.Terminal;
import io.autodump.cli.postgres.DatabaseTools;
import java.nio.file.Path;

/** What every subcommand works with; the options in it are known once the command line is parsed. */
final class Context {
    private final Surroundings surroundings;
    private final DatabaseTools.Factory tools;
    private final Interruption interruption;
    private final GlobalOptions options = new GlobalOptions();

    Context(Surroundings surroundings, DatabaseTools.Factory tools, Interruption interruption) {
        this.surroundings = surroundings;
        this.tools = tools;
        this.interruption = interruption;
    }

    GlobalOptions options() {
        return options;
    }

    Surroundings surroundings() {
        return surroundings;
    }

    Interruption interruption() {
        return interruption;
    }

    Terminal terminal() {
        return new Terminal(
                surroundings.streams(),
                options.color.colours(surroundings.outIsTerminal(), surroundings.variables()),
                options.color.colours(surroundings.streams().errIsTerminal(), surroundings.variables()));
    }

    Path resolve(Path path) {
        return surroundings.workingFolder().resolve(path).normalize();
    }

    /** Reads the configuration and opens what it names. */
    Machine machine() {
        Configuration configuration =
                ConfigurationReader.read(resolve(options.config.orElse(Path.of(Configuration.FILE_NAME))));
        return Machine.of(configuration, tools.create(configuration), surroundings.clock());
    }

    /** The same for a command that reads secrets: problems of their folder are told at once. */
    Machine machineWithSecrets() {
        Machine machine = machine();
        machine.secrets().warnings().forEach(warning -> terminal().warn(warning.toString()));
        return machine;
    }
}

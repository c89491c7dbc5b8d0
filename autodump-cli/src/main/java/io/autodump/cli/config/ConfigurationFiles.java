package io.autodump.cli.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The places of a configuration file that isn't named on the command line. */
public final class ConfigurationFiles {
    /** The environment variable that names the configuration file. */
    public static final String VARIABLE = "AUTODUMP_CONFIG";

    private static final Path OF_THE_MACHINE = Path.of("/etc/autodump", Configuration.FILE_NAME);

    private ConfigurationFiles() {}

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
}

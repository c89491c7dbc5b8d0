package io.autodump.cli.usage;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine.Option;

/** The option that names the identities of a command that reads encrypted dumps. */
public final class IdentityOption {
    @Option(
            names = "--identity",
            paramLabel = "FILE",
            description = "The file of identities that decrypts an encrypted dump, as age-keygen writes it. Overrides"
                    + " identity-file of the configuration.")
    private Optional<Path> identity = Optional.empty();

    /** Creates the option; a command line sets it. */
    public IdentityOption() {}

    /**
     * Returns the file.
     *
     * @param resolver makes a path of the command line absolute
     */
    public Optional<Path> file(Function<Path, Path> resolver) {
        return identity.map(resolver);
    }
}

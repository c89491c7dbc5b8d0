package io.autodump.cli.command;

import io.autodump.cli.terminal.ColorMode;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The options of all commands, which may come before or after the command's name. */
final class GlobalOptions {
    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            scope = ScopeType.INHERIT,
            description = {
                "The configuration file. Default: AUTODUMP_CONFIG, or the first that exists of autodump.yaml in this "
                        + "folder, ~/.config/autodump/autodump.yaml and /etc/autodump/autodump.yaml."
            })
    Optional<Path> config = Optional.empty();

    @Option(
            names = "--secrets",
            paramLabel = "PLACE",
            scope = ScopeType.INHERIT,
            description = "A folder of secrets, or aws for Secrets Manager. Overrides the configuration.")
    Optional<String> secrets = Optional.empty();

    @Option(
            names = "--store",
            paramLabel = "PLACE",
            scope = ScopeType.INHERIT,
            description = "A folder of dumps, s3://BUCKET/PREFIX, or the name of a store under stores: in the"
                    + " configuration. Overrides the configuration.")
    Optional<String> store = Optional.empty();

    @Option(
            names = "--region",
            paramLabel = "REGION",
            scope = ScopeType.INHERIT,
            description = "The AWS region. Default: AWS_REGION, or the region of the profile.")
    Optional<String> region = Optional.empty();

    @Option(
            names = "--profile",
            paramLabel = "NAME",
            scope = ScopeType.INHERIT,
            description = "The AWS profile. Default: AWS_PROFILE.")
    Optional<String> profile = Optional.empty();

    @Option(
            names = "--endpoint",
            paramLabel = "URL",
            scope = ScopeType.INHERIT,
            description = "The URL of the AWS services, for emulators of AWS.")
    Optional<String> endpoint = Optional.empty();

    @Option(
            names = "--color",
            paramLabel = "WHEN",
            scope = ScopeType.INHERIT,
            defaultValue = "auto",
            description = "Use colours: auto (on a terminal, unless NO_COLOR is set), always or never.")
    ColorMode color = ColorMode.AUTO;

    @Option(
            names = {"-q", "--quiet"},
            scope = ScopeType.INHERIT,
            description = "Show no progress and no messages; results, warnings and failures stay.")
    boolean quiet;

    @Option(
            names = {"-v", "--verbose"},
            scope = ScopeType.INHERIT,
            description = "Show what the libraries log, too.")
    boolean verbose;

    @Option(names = "--debug", scope = ScopeType.INHERIT, description = "Show the stack trace of a failure.")
    boolean debug;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Show this help.")
    boolean help;

    @Option(names = "--version", versionHelp = true, description = "Show the version.")
    boolean version;
}

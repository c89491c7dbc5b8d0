package io.autodump.cli.command;

import io.autodump.cli.terminal.ColorMode;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The options that every command takes, before or behind its name. */
final class GlobalOptions {
    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            scope = ScopeType.INHERIT,
            description = "The configuration; autodump.yaml in this folder by default.")
    Optional<Path> config = Optional.empty();

    @Option(
            names = "--secrets",
            paramLabel = "PLACE",
            scope = ScopeType.INHERIT,
            description = "A folder of secrets, or aws for Secrets Manager; goes before the configuration's.")
    Optional<String> secrets = Optional.empty();

    @Option(
            names = "--store",
            paramLabel = "PLACE",
            scope = ScopeType.INHERIT,
            description = "A folder of dumps, or s3://BUCKET/PREFIX; goes before the configuration's.")
    Optional<String> store = Optional.empty();

    @Option(
            names = "--region",
            paramLabel = "REGION",
            scope = ScopeType.INHERIT,
            description = "The AWS region; AWS_REGION or the profile's otherwise.")
    Optional<String> region = Optional.empty();

    @Option(
            names = "--profile",
            paramLabel = "NAME",
            scope = ScopeType.INHERIT,
            description = "The AWS profile; AWS_PROFILE otherwise.")
    Optional<String> profile = Optional.empty();

    @Option(
            names = "--endpoint",
            paramLabel = "URL",
            scope = ScopeType.INHERIT,
            description = "Where AWS's services answer, for what stands in for them.")
    Optional<String> endpoint = Optional.empty();

    @Option(
            names = "--color",
            paramLabel = "WHEN",
            scope = ScopeType.INHERIT,
            defaultValue = "auto",
            description = "Colours: auto (on a terminal, unless NO_COLOR is set), always, never.")
    ColorMode color = ColorMode.AUTO;

    @Option(names = "--debug", scope = ScopeType.INHERIT, description = "Show stack traces of failures.")
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

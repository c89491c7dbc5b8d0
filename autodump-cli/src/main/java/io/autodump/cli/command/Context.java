package io.autodump.cli.command;

import com.google.common.base.Splitter;
import io.autodump.cli.config.Configuration;
import io.autodump.cli.config.ConfigurationFiles;
import io.autodump.cli.config.ConfigurationReader;
import io.autodump.cli.config.EffectiveSetting;
import io.autodump.cli.config.StoreLocation;
import io.autodump.cli.monitor.HubTarget;
import io.autodump.cli.terminal.Terminal;
import io.autodump.cli.usage.EnvironmentDefaults;
import io.autodump.cli.wiring.Adapters;
import io.autodump.cli.wiring.AwsAccount;
import io.autodump.cli.wiring.AwsPlace;
import io.autodump.cli.wiring.InstalledStores;
import io.autodump.cli.wiring.Interruption;
import io.autodump.cli.wiring.ProcessEnvironment;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.error.Platform;
import io.autodump.core.port.DatabaseEngine;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** What all subcommands share. Its options are set once the command line is parsed. */
final class Context {
    private final ProcessEnvironment surroundings;
    private final Function<Configuration, List<DatabaseEngine>> engines;
    private final Interruption interruption;
    private final GlobalOptions options = new GlobalOptions();
    private Optional<Adapters> used = Optional.empty();

    Context(
            ProcessEnvironment surroundings,
            Function<Configuration, List<DatabaseEngine>> engines,
            Interruption interruption) {
        this.surroundings = surroundings;
        this.engines = engines;
        this.interruption = interruption;
    }

    GlobalOptions options() {
        return options;
    }

    ProcessEnvironment surroundings() {
        return surroundings;
    }

    Interruption interruption() {
        return interruption;
    }

    Terminal terminal() {
        return new Terminal(
                surroundings.streams(),
                options.color.colours(surroundings.outIsTerminal(), surroundings.variables()),
                options.color.colours(surroundings.streams().errIsTerminal(), surroundings.variables()),
                options.quiet);
    }

    Path resolve(Path path) {
        return surroundings.workingFolder().resolve(path).normalize();
    }

    /** Returns every setting with its source, as far as it can be read. */
    List<EffectiveSetting> settings() {
        return ConfigurationReader.effective(configurationFile(), overrides(), this::sourceOf);
    }

    /** A setting that overrides the file comes from an option or a variable with the same text. */
    private String sourceOf(String key) {
        String option = key.substring(key.indexOf('.') + 1);
        String variable = EnvironmentDefaults.variable(option);
        return surroundings.variables().containsKey(variable) ? variable : "--" + option;
    }

    /** Reads the configuration and builds the adapters that it names. */
    Adapters machine() {
        return machine(UnaryOperator.identity());
    }

    /** The same, for a question of a person: a service that doesn't answer is given up soon. */
    Adapters machineForQuestion() {
        return machine(Configuration::givingUpSoon);
    }

    private Adapters machine(UnaryOperator<Configuration> change) {
        refuseSeveral();
        Adapters machine = adapters(change.apply(configuration(overrides(), InstalledStores::parse)));
        used = Optional.of(machine);
        return machine;
    }

    private void refuseSeveral() {
        if (isSeveral()) {
            throw new AutoDumpException(
                    ErrorCode.INVALID_ARGUMENT,
                    "only autodump status takes several profiles or regions; nothing was done",
                    "name one with --profile and one with --region");
        }
    }

    private boolean isSeveral() {
        return Stream.of(options.profile, options.region)
                .flatMap(Optional::stream)
                .anyMatch(text -> text.contains(","));
    }

    /** Returns each profile with each region; empty if there is one of each at most. */
    List<HubTarget> hubTargets() {
        if (!isSeveral()) {
            return List.of();
        }
        return several(options.profile).stream()
                .flatMap(profile -> several(options.region).stream().map(region -> hubTarget(profile, region)))
                .toList();
    }

    private static List<Optional<String>> several(Optional<String> option) {
        return option.map(names -> Splitter.on(',')
                        .trimResults()
                        .omitEmptyStrings()
                        .splitToStream(names)
                        .distinct()
                        .map(Optional::of)
                        .toList())
                .filter(names -> !names.isEmpty())
                .orElse(List.of(Optional.empty()));
    }

    private HubTarget hubTarget(Optional<String> profile, Optional<String> region) {
        Map<String, String> given = overrides();
        profile.ifPresent(text -> given.put("aws.profile", text));
        region.ifPresent(text -> given.put("aws.region", text));
        return new HubTarget(profile, region, () -> {
            AwsPlace anywhere = new AwsPlace("000000000000", region.orElse("us-east-1"));
            AwsPlace place = AwsAccount.of(configuration(given, store -> InstalledStores.parse(anywhere.in(store))))
                    .place();
            return new HubTarget.Opened(
                    place,
                    adapters(configuration(given, store -> InstalledStores.parse(place.in(store)))
                            .givingUpSoon()));
        });
    }

    private Configuration configuration(
            Map<String, String> given, Function<String, Optional<StoreLocation.Remote>> stores) {
        return ConfigurationReader.read(configurationFile(), given, stores, surroundings.variables());
    }

    private Adapters adapters(Configuration configuration) {
        return Adapters.of(configuration, engines.apply(configuration), surroundings.clock());
    }

    /** Returns the adapters that {@link #machine} returned last. */
    Adapters machineInUse() {
        return used.orElseGet(this::machine);
    }

    private Path configurationFile() {
        return options.config
                .map(this::resolve)
                .orElseGet(() -> ConfigurationFiles.find(surroundings.workingFolder(), surroundings.variables()));
    }

    /** Returns the platform of the service that failed. */
    Platform platform(AutoDumpException failure) {
        return used.map(machine -> machine.platform(failure)).orElse(Platform.OWN);
    }

    private Map<String, String> overrides() {
        Map<String, String> given = new LinkedHashMap<>();
        options.secrets.map(this::place).ifPresent(text -> given.put("secrets", text));
        options.store.map(this::place).ifPresent(text -> given.put("store", text));
        options.store.map(ConfigurationReader::storeName).ifPresent(given::putAll);
        options.region.ifPresent(text -> given.put("aws.region", text));
        options.profile.ifPresent(text -> given.put("aws.profile", text));
        options.endpoint.ifPresent(text -> given.put("aws.endpoint", text));
        return given;
    }

    /** A folder on the command line is relative to the working folder, not to the configuration's. */
    private String place(String text) {
        try {
            return text.equals("aws") || text.contains(":") || text.isBlank() || text.startsWith("~")
                    ? text
                    : resolve(Path.of(text)).toString();
        } catch (InvalidPathException wrong) {
            // Reading the configuration reports it.
            return text;
        }
    }

    /** The same, for a command that reads secrets; prints the warnings about their folder. */
    Adapters machineWithSecrets() {
        return warned(machine());
    }

    /** The same, for a question of a person. */
    Adapters machineWithSecretsForQuestion() {
        return warned(machineForQuestion());
    }

    private Adapters warned(Adapters machine) {
        machine.secrets().warnings().forEach(warning -> terminal().warn(warning.toString()));
        return machine;
    }
}

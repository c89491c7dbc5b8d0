package io.autodump.cli.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.autodump.core.contract.DeploymentName;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.error.InvalidInputException;
import io.autodump.core.error.Problem;
import io.autodump.core.plan.Deployment;
import io.autodump.local.notify.Subscription;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Reads {@code autodump.yaml} and the options that override it, and collects every problem.
 */
public final class ConfigurationReader {
    private static final String DRILL = "drill";
    private static final String DRILL_ASSERTIONS = "drill.assertions";
    private static final String DRILL_FOLDER = "drill.folder";
    private static final List<String> KEYS = ImmutableList.<String>builder()
            .add("secrets", "store", "state", "scratch", "clients", "stall-timeout", "max-concurrent-dumps")
            .add("deployment", EncryptionSection.ENCRYPT_TO, EncryptionSection.IDENTITY_FILE)
            .add(StoresSection.NAME, StoresSection.COPY_TO)
            .add(DRILL, DRILL_ASSERTIONS, DRILL_FOLDER)
            .add(NotifySection.NAME)
            .add(AwsSection.NAME)
            .addAll(AwsSection.KEYS)
            .build();
    private static final int DEFAULT_CONCURRENT_DUMPS = 2;
    private static final String DEFAULT_STATE = "./.autodump";
    /** In the order of the documentation. Settings without a default aren't here. */
    private static final Map<String, String> DEFAULTS = ImmutableMap.<String, String>builder()
            .put("state", DEFAULT_STATE)
            .put("clients", "found in PATH and the usual places")
            .put("stall-timeout", "PT10M")
            .put("max-concurrent-dumps", String.valueOf(DEFAULT_CONCURRENT_DUMPS))
            .put("aws.store-kind", S3Settings.KINDS.get(0))
            .build();

    private final Path file;
    private final Path folder;
    private final Entries entries;
    private final Function<String, Optional<StoreLocation.Remote>> remoteStores;
    private final Map<String, String> variables;

    private ConfigurationReader(
            Path file,
            Entries entries,
            Function<String, Optional<StoreLocation.Remote>> remoteStores,
            Map<String, String> variables) {
        this.file = file;
        this.folder = Optional.ofNullable(file.getParent()).orElse(file);
        this.entries = entries;
        this.remoteStores = remoteStores;
        this.variables = variables;
    }

    /**
     * Reads a configuration.
     *
     * @param file absolute; relative paths in it are relative to its folder
     * @param options values from the command line, by the keys that they override ({@code secrets},
     *     {@code aws.region}), and {@link #storeName}; with both secrets and store, the file needn't exist
     * @param remoteStores reads the URI of a store; returns empty for any other text, which is then a folder; throws
     *     {@link IllegalArgumentException} for a wrong URI
     * @param variables the environment variables, which may hold URLs and passwords of {@code notify:}
     * @throws AutoDumpException {@code INVALID_CONFIGURATION} with every problem, by line and key
     */
    public static Configuration read(
            Path file,
            Map<String, String> options,
            Function<String, Optional<StoreLocation.Remote>> remoteStores,
            Map<String, String> variables) {
        boolean complete = options.containsKey("secrets") && options.containsKey("store");
        String text = complete && Files.notExists(file) ? "" : ConfigurationFiles.read(file);
        Entries entries = new Entries(KEYS, YamlEntries.read(text, ConfigurationReader::isSection));
        entries.override(options);
        return new ConfigurationReader(file, entries, remoteStores, variables).configuration();
    }

    /** Returns the text of {@code --store} as one more option, if it can be the name of a store. */
    public static Map<String, String> storeName(String text) {
        return StoresSection.mayBeName(text) ? Map.of(StoresSection.CHOSEN, text) : Map.of();
    }

    /**
     * Returns the settings that are in effect: those of the file and the options, then the defaults of the others.
     *
     * @param file absolute; needn't exist
     * @param options values that override the file, by key
     * @param sources the source of an overriding value, by key
     * @throws AutoDumpException {@code INVALID_CONFIGURATION} if the file can't be read
     */
    public static List<EffectiveSetting> effective(
            Path file, Map<String, String> options, Function<String, String> sources) {
        List<EffectiveSetting> settings = new ArrayList<>();
        String text = Files.notExists(file) ? "" : ConfigurationFiles.read(file);
        Map<String, EffectiveSetting> found = new LinkedHashMap<>();
        for (YamlEntries.Entry entry :
                YamlEntries.read(text, ConfigurationReader::isSection).entries()) {
            String value = shown(entry);
            found.put(entry.key(), new EffectiveSetting(entry.key(), value, file + ", line " + entry.line()));
        }
        chosen(options, found.keySet())
                .forEach((key, value) -> found.put(key, new EffectiveSetting(key, value, sources.apply(key))));
        settings.addAll(found.values());
        DEFAULTS.forEach((key, value) -> {
            if (!found.containsKey(key)) {
                settings.add(new EffectiveSetting(key, value, EffectiveSetting.DEFAULT));
            }
        });
        return settings;
    }

    /** Returns the options with the name of the store, if they choose one by its name. */
    private static Map<String, String> chosen(Map<String, String> options, Set<String> keys) {
        Map<String, String> shown = new LinkedHashMap<>(options);
        Optional.ofNullable(shown.remove(StoresSection.CHOSEN))
                .filter(name -> keys.stream().anyMatch(key -> (key + ".").startsWith("stores." + name + ".")))
                .ifPresent(name -> shown.put("store", name));
        return shown;
    }

    /** A channel can hold a token or a password, so only their number is shown. */
    private static String shown(YamlEntries.Entry entry) {
        if (entry.key().startsWith("notify")) {
            return entry.value().size() + " channels, not shown";
        }
        return entry.value().isTextual()
                ? entry.value().textValue()
                : entry.value().toString();
    }

    private static boolean isSection(String key) {
        return key.equals(AwsSection.NAME) || key.equals(DRILL) || StoresSection.isSection(key);
    }

    private Configuration configuration() {
        Optional<SecretsLocation> secrets = entries.required("secrets", "./secrets", this::secrets);
        Optional<StoreLocation> unnamed = entries.required("store", "./dumps", this::store);
        Optional<Path> state = entries.read("state", value -> path(Values.text(value)));
        Optional<String> scratch = entries.read("scratch", Values::text);
        Optional<List<Path>> clients = entries.read("clients", this::clientFolders);
        Optional<Duration> stallTimeout = entries.read("stall-timeout", Values::duration);
        Optional<Integer> concurrent = entries.read("max-concurrent-dumps", Values::concurrentDumps);
        DrillSection drill = drill();
        Optional<String> deployment = entries.read("deployment", value -> DeploymentName.parse(Values.text(value)));
        EncryptionSection encryption = EncryptionSection.read(entries, this::path);
        AwsSettings aws = AwsSection.read(entries);
        Stores stores = StoresSection.read(entries, unnamed, this::store, aws);
        Optional<StoreLocation> store =
                stores.chosen().map(NamedStore::location).or(() -> unnamed);
        List<Subscription> channels = NotifySection.read(entries, this::path, variables);
        requireApart(secrets, "store", store);
        stores.all().forEach(named -> requireApart(secrets, "stores." + named.name(), Optional.of(named.location())));
        if (!entries.problems().isEmpty()) {
            throw new InvalidInputException(
                    ErrorCode.INVALID_CONFIGURATION,
                    file.toString(),
                    entries.problems(),
                    "autodump init --print shows a file with every key explained");
        }
        return new Configuration(
                file,
                secrets.orElseThrow(),
                store.orElseThrow(),
                aws,
                state.orElseGet(() -> path(DEFAULT_STATE)),
                scratch,
                drill,
                clients.orElse(List.of()),
                stallTimeout,
                concurrent.orElse(DEFAULT_CONCURRENT_DUMPS),
                channels,
                new Deployment(deployment),
                encryption,
                stores);
    }

    private DrillSection drill() {
        entries.read(DRILL, value -> {
            throw new IllegalArgumentException("must be a mapping, such as drill: {assertions: ./assertions}");
        });
        return new DrillSection(
                entries.read(DRILL_ASSERTIONS, value -> existing(path(Values.text(value)))),
                entries.read(DRILL_FOLDER, value -> path(Values.text(value))));
    }

    private static Path existing(Path path) {
        if (!Files.exists(path)) {
            throw new IllegalArgumentException("there is no file or folder " + path);
        }
        return path;
    }

    /** Manifests end in .json, as secrets do, and secrets don't belong where dumps are copied from. */
    private void requireApart(Optional<SecretsLocation> secrets, String key, Optional<StoreLocation> store) {
        if (secrets.orElse(null) instanceof SecretsLocation.Folder secretFiles
                && store.orElse(null) instanceof StoreLocation.Folder dumps
                && real(dumps.path()).startsWith(real(secretFiles.path()))) {
            entries.problems()
                    .add(new Problem(
                            key,
                            "is " + dumps.path()
                                    + ", in the folder of the secrets; name another folder, such as ./dumps"));
        }
    }

    /** With links followed, as far as the folders are there. */
    static Path real(Path folder) {
        try {
            return folder.toRealPath();
        } catch (IOException notThereYet) {
            return folder;
        }
    }

    private SecretsLocation secrets(JsonNode value) {
        String text = Values.text(value);
        return text.equals("aws") ? new SecretsLocation.SecretsManager() : new SecretsLocation.Folder(path(text));
    }

    private StoreLocation store(JsonNode value) {
        String text = Values.text(value);
        Optional<StoreLocation.Remote> remote = remoteStores.apply(text);
        return remote.isPresent() ? remote.get() : new StoreLocation.Folder(path(text));
    }

    private List<Path> clientFolders(JsonNode value) {
        if (!value.isArray()) {
            throw new IllegalArgumentException("must be a list of folders, such as [/usr/lib/postgresql/17/bin]");
        }
        List<Path> folders = new ArrayList<>();
        for (JsonNode element : value) {
            Path clients = path(Values.text(element));
            if (!Files.isDirectory(clients)) {
                throw new IllegalArgumentException("there is no folder " + clients);
            }
            folders.add(clients);
        }
        return folders;
    }

    private Path path(String text) {
        if (text.contains("://") || text.startsWith("aws:")) {
            throw new IllegalArgumentException("\"" + text + "\" isn't a folder");
        }
        String expanded = text.startsWith("~/") ? System.getProperty("user.home") + text.substring(1) : text;
        try {
            return folder.resolve(expanded).normalize();
        } catch (InvalidPathException wrong) {
            throw new IllegalArgumentException("\"" + text + "\" isn't a path: " + wrong.getReason(), wrong);
        }
    }
}

package io.autodump.cli.config;

import com.fasterxml.jackson.databind.JsonNode;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.error.InvalidInputException;
import io.autodump.core.error.Problem;
import io.autodump.core.internal.NearestName;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Reads {@code autodump.yaml} and gathers every problem on the way. Used once, by one thread. */
public final class ConfigurationReader {
    private static final List<String> KEYS =
            List.of("secrets", "store", "state", "scratch", "clients", "stall-timeout", "max-concurrent-dumps");
    private static final int MOST_CONCURRENT_DUMPS = 64;
    private static final int DEFAULT_CONCURRENT_DUMPS = 2;
    private static final Duration LONGEST = Duration.ofDays(1);

    private final Path file;
    private final Path folder;
    private final Map<String, YamlEntries.Entry> entries = new LinkedHashMap<>();
    private final List<Problem> problems = new ArrayList<>();

    private ConfigurationReader(Path file) {
        this.file = file;
        this.folder = Optional.ofNullable(file.getParent()).orElse(file);
    }

    /**
     * Reads a configuration.
     *
     * @param file absolute; relative paths in it are relative to its folder
     * @throws AutoDumpException {@code INVALID_CONFIGURATION} with every problem, by line and key
     */
    public static Configuration read(Path file) {
        return new ConfigurationReader(file).parse(text(file));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException missing) {
            throw new AutoDumpException(
                    ErrorCode.INVALID_CONFIGURATION,
                    "there is no " + file,
                    "write one with: autodump init; or name another with --config FILE");
        } catch (CharacterCodingException wrong) {
            throw new AutoDumpException(
                    ErrorCode.INVALID_CONFIGURATION, file + " isn't UTF-8 text", "save it as UTF-8");
        } catch (IOException unreadable) {
            throw new AutoDumpException(
                    ErrorCode.INVALID_CONFIGURATION,
                    file + " can't be read: " + unreadable,
                    "check the file's permissions",
                    unreadable);
        }
    }

    private Configuration parse(String text) {
        YamlEntries yaml = YamlEntries.read(text);
        problems.addAll(yaml.problems());
        yaml.entries().forEach(this::sort);
        Optional<Path> secrets = required("secrets", "./secrets", this::secretsFolder);
        Optional<Path> store = required("store", "./dumps", this::storeFolder);
        Optional<Path> state = read("state", value -> path(text(value)));
        Optional<String> scratch = read("scratch", ConfigurationReader::text);
        Optional<List<Path>> clients = read("clients", this::clientFolders);
        Optional<Duration> stallTimeout = read("stall-timeout", value -> duration(text(value)));
        Optional<Integer> concurrent = read("max-concurrent-dumps", ConfigurationReader::concurrentDumps);
        if (!problems.isEmpty()) {
            throw new InvalidInputException(
                    ErrorCode.INVALID_CONFIGURATION,
                    file.toString(),
                    problems,
                    "autodump init --print shows a file with every key explained");
        }
        return new Configuration(
                file,
                secrets.orElseThrow(),
                store.orElseThrow(),
                state.orElseGet(() -> path("./.autodump")),
                scratch,
                clients.orElse(List.of()),
                stallTimeout,
                concurrent.orElse(DEFAULT_CONCURRENT_DUMPS));
    }

    private void sort(YamlEntries.Entry entry) {
        if (!KEYS.contains(entry.key())) {
            String suggestion = NearestName.didYouMean(entry.key(), KEYS);
            problems.add(new Problem(
                    entry.where(),
                    "isn't a key of this file"
                            + (suggestion.isEmpty() ? "; the keys are " + String.join(", ", KEYS) : suggestion)));
            return;
        }
        YamlEntries.Entry first = entries.putIfAbsent(entry.key(), entry);
        if (first != null) {
            problems.add(new Problem(entry.where(), "is there already, in line " + first.line() + "; keep one"));
        }
    }

    private <T> Optional<T> required(String key, String example, Function<JsonNode, T> reader) {
        // A file that can't be read as YAML has one problem, and not a list of missing keys.
        boolean readable = problems.stream().noneMatch(problem -> problem.what().contains("isn't valid YAML"));
        if (!entries.containsKey(key) && readable) {
            problems.add(new Problem(key, "is missing; for example " + key + ": " + example));
        }
        return read(key, reader);
    }

    /** The value of a key, read; empty if the key is absent or its value is a problem, which is then noted. */
    private <T> Optional<T> read(String key, Function<JsonNode, T> reader) {
        YamlEntries.Entry entry = entries.get(key);
        if (entry == null) {
            return Optional.empty();
        }
        if (entry.value().isMissingNode()) {
            problems.add(new Problem(entry.where(), "has no value; write one, or remove the line"));
            return Optional.empty();
        }
        try {
            return Optional.of(reader.apply(entry.value()));
        } catch (IllegalArgumentException wrong) {
            problems.add(new Problem(entry.where(), String.valueOf(wrong.getMessage())));
            return Optional.empty();
        }
    }

    private Path secretsFolder(JsonNode value) {
        String text = text(value);
        if (text.equals("aws") || text.startsWith("aws:")) {
            throw new IllegalArgumentException("\"" + text + "\": Secrets Manager comes with the AWS adapters, which"
                    + " aren't in this release; name a folder, such as ./secrets");
        }
        return path(text);
    }

    private Path storeFolder(JsonNode value) {
        String text = text(value);
        if (text.startsWith("s3:")) {
            throw new IllegalArgumentException("\"" + text + "\": S3 comes with the AWS adapters, which aren't in this"
                    + " release; name a folder, such as ./dumps");
        }
        return path(text);
    }

    private List<Path> clientFolders(JsonNode value) {
        if (!value.isArray()) {
            throw new IllegalArgumentException("must be a list of folders, such as [/usr/lib/postgresql/17/bin]");
        }
        List<Path> folders = new ArrayList<>();
        for (JsonNode element : value) {
            Path clients = path(text(element));
            if (!Files.isDirectory(clients)) {
                throw new IllegalArgumentException("there is no folder " + clients);
            }
            folders.add(clients);
        }
        return folders;
    }

    private Path path(String text) {
        if (text.contains("://")) {
            throw new IllegalArgumentException("\"" + text + "\" isn't a folder");
        }
        String expanded = text.startsWith("~/") ? System.getProperty("user.home") + text.substring(1) : text;
        try {
            return folder.resolve(expanded).normalize();
        } catch (InvalidPathException wrong) {
            throw new IllegalArgumentException("\"" + text + "\" isn't a path: " + wrong.getReason(), wrong);
        }
    }

    private static Duration duration(String text) {
        try {
            Duration duration = Duration.parse(text);
            if (!duration.isNegative() && !duration.isZero() && duration.compareTo(LONGEST) <= 0) {
                return duration;
            }
        } catch (DateTimeException unreadable) {
            // Told below, as for a duration out of range.
        }
        throw new IllegalArgumentException(
                "\"" + text + "\" isn't an ISO-8601 duration such as PT30M, of more than nothing and at most a day");
    }

    private static Integer concurrentDumps(JsonNode value) {
        if (value.isInt() && value.intValue() >= 1 && value.intValue() <= MOST_CONCURRENT_DUMPS) {
            return value.intValue();
        }
        throw new IllegalArgumentException(value + " isn't a whole number from 1 to " + MOST_CONCURRENT_DUMPS);
    }

    private static String text(JsonNode value) {
        if (!value.isTextual() || value.textValue().isBlank()) {
            throw new IllegalArgumentException("must be text");
        }
        return value.textValue();
    }
}

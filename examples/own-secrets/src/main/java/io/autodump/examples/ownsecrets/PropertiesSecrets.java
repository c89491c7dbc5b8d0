package io.autodump.examples.ownsecrets;

import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.plan.SecretTags;
import io.autodump.core.port.SecretCatalog;
import io.autodump.core.port.SecretValues;
import io.autodump.core.secret.SecretId;
import io.autodump.core.secret.SecretValue;
import io.autodump.core.secret.TaggedSecret;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Secrets in a properties file: {@code NAME/tag/TAG = VALUE} for the tags, and {@code NAME/value = JSON} for the
 * connection. The file is read anew at each call. {@code PropertiesSecretsContractTest} proves that it keeps the
 * port's contract.
 */
public final class PropertiesSecrets implements SecretCatalog, SecretValues {
    private static final String TAG = "/tag/";
    private static final String VALUE = "/value";

    private final Path file;

    public PropertiesSecrets(Path file) {
        this.file = file;
    }

    @Override
    public Stream<TaggedSecret> tagged() {
        Properties properties = load();
        return names(properties).stream()
                .map(name -> secret(name, properties))
                .filter(secret -> SecretTags.anyIn(secret.tags()));
    }

    @Override
    public Optional<TaggedSecret> find(SecretId id) {
        Properties properties = load();
        return names(properties).contains(id.value()) ? Optional.of(secret(id.value(), properties)) : Optional.empty();
    }

    @Override
    public SecretValue read(SecretId id) {
        return Optional.ofNullable(load().getProperty(id + VALUE))
                .map(SecretValue::of)
                .orElseThrow(() -> new AutoDumpException(
                        ErrorCode.SECRET_NOT_FOUND,
                        "there is no property " + id + VALUE + " in " + file,
                        "add it, or correct the name"));
    }

    /** Every secret has a value; a name may hold slashes. */
    private static Set<String> names(Properties properties) {
        Set<String> names = new TreeSet<>();
        for (String key : properties.stringPropertyNames()) {
            if (key.endsWith(VALUE)) {
                names.add(key.substring(0, key.length() - VALUE.length()));
            }
        }
        return names;
    }

    private static TaggedSecret secret(String name, Properties properties) {
        Map<String, String> tags = new TreeMap<>();
        for (String key : properties.stringPropertyNames()) {
            if (key.startsWith(name + TAG)) {
                tags.put(key.substring(name.length() + TAG.length()), properties.getProperty(key));
            }
        }
        return TaggedSecret.builder()
                .id(SecretId.of(name))
                .name(name)
                .tags(tags)
                .build();
    }

    private Properties load() {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
            return properties;
        } catch (IOException | IllegalArgumentException unreadable) {
            throw new AutoDumpException(
                    ErrorCode.CATALOG_FAILED, file + " can't be read", "check that it is there and well-formed");
        }
    }
}

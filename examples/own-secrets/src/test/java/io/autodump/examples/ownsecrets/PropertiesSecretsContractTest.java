package io.autodump.examples.ownsecrets;

import io.autodump.core.port.SecretCatalog;
import io.autodump.core.secret.SecretId;
import io.autodump.testkit.SecretCatalogContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class PropertiesSecretsContractTest extends SecretCatalogContract {
    private final Properties properties = new Properties();

    @TempDir
    Path folder;

    @BeforeEach
    void beginWithNothing() {
        save();
    }

    @Override
    protected SecretCatalog catalog() {
        return new PropertiesSecrets(file());
    }

    @Override
    protected SecretId create(String name, Map<String, String> tags) {
        properties.setProperty(name + "/value", "{}");
        tags.forEach((tag, value) -> properties.setProperty(name + "/tag/" + tag, value));
        save();
        return SecretId.of(name);
    }

    @Override
    protected void retag(SecretId id, Map<String, String> tags) {
        delete(id);
        create(id.value(), tags);
    }

    @Override
    protected void delete(SecretId id) {
        properties.keySet().removeIf(key -> key.toString().startsWith(id + "/"));
        save();
    }

    private Path file() {
        return folder.resolve("databases.properties");
    }

    private void save() {
        try (Writer writer = Files.newBufferedWriter(file())) {
            properties.store(writer, null);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}

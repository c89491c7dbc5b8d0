package io.autodump.examples.ownsecrets;

import io.autodump.core.port.SecretValues;
import io.autodump.core.secret.SecretId;
import io.autodump.testkit.SecretValuesContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.junit.jupiter.api.io.TempDir;

class PropertiesSecretValuesContractTest extends SecretValuesContract {
    private final Properties properties = new Properties();

    @TempDir
    Path folder;

    @Override
    protected SecretValues values() {
        return new PropertiesSecrets(file());
    }

    @Override
    protected SecretId create(String name, String value) {
        rotate(SecretId.of(name), value);
        return SecretId.of(name);
    }

    @Override
    protected void rotate(SecretId id, String value) {
        properties.setProperty(id + "/value", value);
        save();
    }

    @Override
    protected void delete(SecretId id) {
        properties.remove(id + "/value");
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

package io.autodump.local.secret;

import io.autodump.core.port.SecretValues;
import io.autodump.core.secret.SecretId;
import io.autodump.testkit.SecretValuesContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

final class FolderSecretValuesContractTest extends SecretValuesContract {
    private final Path folder;

    FolderSecretValuesContractTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Override
    protected SecretValues values() {
        return new FolderSecrets(folder);
    }

    @Override
    protected SecretId create(String name, String value) {
        SecretFiles.write(folder, name, "{\"name\": \"" + name + "\", \"tags\": {}, \"value\": " + value + "}");
        return SecretId.of(name);
    }

    @Override
    protected void rotate(SecretId id, String value) {
        create(id.value(), value);
    }

    @Override
    protected void delete(SecretId id) {
        try {
            Files.delete(folder.resolve(id.value() + ".json"));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}

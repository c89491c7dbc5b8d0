package io.autodump.local.secret;

import io.autodump.core.port.SecretCatalog;
import io.autodump.core.secret.SecretId;
import io.autodump.testkit.SecretCatalogContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

final class FolderSecretsContractTest extends SecretCatalogContract {
    private final Path folder;

    FolderSecretsContractTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Override
    protected SecretCatalog catalog() {
        return new FolderSecrets(folder);
    }

    @Override
    protected SecretId create(String name, Map<String, String> tags) {
        SecretFiles.write(folder, name, tags);
        return SecretId.of(name);
    }

    @Override
    protected void retag(SecretId id, Map<String, String> tags) {
        SecretFiles.write(folder, id.value(), tags);
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

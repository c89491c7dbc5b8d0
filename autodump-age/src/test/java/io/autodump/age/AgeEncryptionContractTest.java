package io.autodump.age;

import io.autodump.core.encryption.DumpEncryption;
import io.autodump.core.encryption.Recipient;
import io.autodump.testkit.encryption.DumpEncryptionContract;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class AgeEncryptionContractTest extends DumpEncryptionContract {
    @TempDir
    private Path folder;

    private Path identities = Path.of("identities");

    @BeforeEach
    void writeIdentities() throws IOException {
        identities = SampleKeys.write(folder.resolve("identities"), SampleKeys.OTHER_IDENTITY, SampleKeys.IDENTITY);
    }

    @Override
    protected DumpEncryption encryption() {
        return AgeEncryption.withIdentities(identities);
    }

    @Override
    protected DumpEncryption withoutIdentity() {
        return AgeEncryption.create();
    }

    @Override
    protected Recipient own() {
        return SampleKeys.RECIPIENT;
    }

    @Override
    protected Recipient foreign() {
        return SampleKeys.FOREIGN;
    }
}

package io.autodump.local.secret;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecretPermissionsTest {
    private final Path file;

    SecretPermissionsTest(@TempDir Path folder) throws IOException {
        file = Files.createFile(folder.resolve("orders.json"));
    }

    @ParameterizedTest
    @CsvSource({
        "rw-------, owner,  false",
        "rw-r-----, owner,  true",
        "r--r-----, member, false",
        "r--r-----, root,   true",
        "r--r--r--, member, true"
    })
    void aGroupMayReadWhatAnotherOwnerHandsToItsMember(String permissions, String user, boolean loose)
            throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
        String owner = Files.getOwner(file).getName();

        assertThat(SecretPermissions.isReadableByOthers(file, user.equals("owner") ? owner : user))
                .isEqualTo(loose);
    }
}

package io.autodump.local.secret;

import static org.assertj.core.api.Assertions.assertThat;

import io.autodump.core.error.ErrorCode;
import io.autodump.core.secret.SecretId;
import io.autodump.core.wire.DatabaseSecretJson;
import io.autodump.local.file.Failures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PasswordSourcesTest {
    private static final SecretId ORDERS = SecretId.of("orders");

    @TempDir
    Path folder;

    private final Map<String, String> environment = new HashMap<>();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'password-env': 'ORDERS_PASSWORD'",
                "'password-file': 'pw/orders'",
                "'password-file': '$CREDENTIALS_DIRECTORY/orders'",
                "'password-credential': 'orders'",
                "'password-command': 'cat pw/orders'",
                "'password-command': ['cat', 'pw/orders']"
            })
    void findsThePasswordInThePlaceThatIsNamed(String place) throws IOException {
        environment.put("ORDERS_PASSWORD", "geheim: ü");
        environment.put("CREDENTIALS_DIRECTORY", folder.resolve("pw").toString());
        Files.createDirectory(folder.resolve("pw"));
        Files.writeString(folder.resolve("pw/orders"), "geheim: ü\n");

        assertThat(password(place)).isEqualTo("geheim: ü");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "'password-env': 'NOT_SET' | password-env: the environment variable NOT_SET isn't set",
                "'password-file': 'missing' | password-file: missing can't be read",
                "'password-file': '.' | isn't a regular file",
                "'password-file': '/dev/zero' | password-file: /dev/zero isn't a regular file",
                "'password-file': 7 | password-file: must be a JSON string",
                "'password-credential': 'orders' | password-credential: CREDENTIALS_DIRECTORY isn't set",
                "'password-command': 'echo geheim; echo geheim >&2; exit 3' | password-command: ended with status 3",
                "'password-command': ['no-such-program'] | password-command: couldn't be started",
                "'password-command': 'true' | password-command: has an empty password",
                "'password-env': 'A', 'password': 'geheim' | password: stands beside password-env"
            })
    void saysWhyThereIsNoPassword(String place, String problem) {
        write(place);

        assertThat(Failures.report(
                        ErrorCode.INVALID_SECRET_VALUE, () -> secrets().read(ORDERS)))
                .contains(problem)
                .doesNotContain("geheim");
    }

    @Test
    void looksIntoThePasswordFileOfLibpq() throws IOException {
        Path file = Files.writeString(
                folder.resolve("pgpass"),
                "# comment\nother:*:*:*:wrong\ndb.example.com:5432:shop:app:ge\\:he\\\\im\n*:*:*:*:last\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        environment.put("PGPASSFILE", file.toString());

        assertThat(password("'prefix': 'a'")).isEqualTo("ge:he\\im");

        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(Failures.report(
                        ErrorCode.INVALID_SECRET_VALUE, () -> secrets().read(ORDERS)))
                .contains("chmod 600")
                .doesNotContain("ge:he");
    }

    @Test
    void needsNoPasswordForASocket() {
        environment.put("PGPASSFILE", folder.resolve("none").toString());
        SecretFiles.write(
                folder,
                "orders",
                "{\"value\": {\"username\": \"app\", \"databasename\": \"shop\", \"endpoint\": \"/run/postgresql\","
                        + " \"engine\": \"postgres\"}}");

        assertThat(DatabaseSecretJson.parse("orders", secrets().read(ORDERS))
                        .password()
                        .reveal())
                .isEmpty();
    }

    private String password(String place) {
        write(place);
        return DatabaseSecretJson.parse("orders", secrets().read(ORDERS))
                .password()
                .reveal();
    }

    private void write(String place) {
        SecretFiles.write(
                folder,
                "orders",
                ("{'value': {'username': 'app', 'databasename': 'shop', 'endpoint': 'db.example.com', 'engine':"
                                + " 'postgres', " + place + "}}")
                        .replace('\'', '"'));
    }

    private FolderSecrets secrets() {
        return new FolderSecrets(folder, environment);
    }
}

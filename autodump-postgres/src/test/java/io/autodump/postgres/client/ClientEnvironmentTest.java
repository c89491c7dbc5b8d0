package io.autodump.postgres.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.database.Password;
import io.autodump.core.database.TlsMode;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.postgres.connection.TrustedAuthorities;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ClientEnvironmentTest {
    private static final DatabaseSecret.Builder LOCAL = DatabaseSecret.builder()
            .username("dumper")
            .password(Password.of("geheim"))
            .database("host=elsewhere")
            .host("[::1]");

    @Test
    void letsNoVariableOfTheCallersRedirectAProgram() {
        assertThat(ClientEnvironment.inherited(Map.of(
                        "PGOPTIONS", "-c x=y",
                        "PGSERVICE", "other",
                        "PGHOSTADDR", "10.0.0.1",
                        "PGCLIENTENCODING", "LATIN1",
                        "LC_MESSAGES", "de_DE",
                        "LANGUAGE", "de",
                        "HOME", "/home/me")))
                .containsOnly(Map.entry("HOME", "/home/me"), Map.entry("LC_ALL", "C"));
    }

    @Test
    void saysWhereToConnectAndNothingSecret() {
        try (ClientEnvironment environment = ClientEnvironment.of(LOCAL.build(), "autodump-test")) {
            assertThat(environment.variables())
                    .containsEntry("PGHOST", "::1")
                    .containsEntry("PGPORT", "5432")
                    .containsEntry("PGDATABASE", "host=elsewhere")
                    .containsEntry("PGSSLMODE", "disable")
                    .containsEntry("PGAPPNAME", "autodump-test")
                    .doesNotContainKey("PGPASSWORD")
                    .doesNotContainValue("geheim");
            assertThat(Path.of(environment.variables().getOrDefault("PGPASSFILE", "")))
                    .hasContent("*:*:*:*:geheim\n");
        }
    }

    @Test
    void leavesNothingBehind() {
        ClientEnvironment environment = ClientEnvironment.of(LOCAL.build(), "autodump-test");
        environment.close();
        environment.close();

        assertThat(environment.folder().orElseThrow()).doesNotExist();
    }

    @Test
    void needsAuthoritiesToVerifyAServer() {
        DatabaseSecret remote = DatabaseSecret.builder()
                .from(LOCAL.build())
                .host("db.example.com")
                .tls(TlsMode.VERIFY_FULL)
                .build();

        assertThatThrownBy(() -> TrustedAuthorities.of(remote, Map.of(), List.of("/nonexistent")))
                .isInstanceOfSatisfying(AutoDumpException.class, failure -> {
                    assertThat(failure.code()).isEqualTo(ErrorCode.TLS_REFUSED);
                    assertThat(failure.hint().orElseThrow()).contains("ca-certificates");
                });
    }
}

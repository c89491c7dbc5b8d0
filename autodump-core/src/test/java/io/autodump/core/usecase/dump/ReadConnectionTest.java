package io.autodump.core.usecase.dump;

import static io.autodump.core.usecase.Fixtures.BYTES;
import static io.autodump.core.usecase.Fixtures.CLOCK;
import static io.autodump.core.usecase.Fixtures.NOW;
import static io.autodump.core.usecase.Fixtures.ORDERS;
import static io.autodump.core.usecase.Fixtures.VALUE;
import static io.autodump.core.usecase.Fixtures.secret;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.autodump.core.AutoDump;
import io.autodump.core.contract.TagNames;
import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.database.Password;
import io.autodump.core.dump.DumpSettings;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.port.DatabaseTokens;
import io.autodump.core.port.DumpProgress;
import io.autodump.core.port.DumpSource;
import io.autodump.core.port.PreparedDump;
import io.autodump.core.port.SecretValues;
import io.autodump.core.secret.SecretValue;
import io.autodump.core.secret.TaggedSecret;
import io.autodump.core.testing.FakeDumpSource;
import io.autodump.core.testing.InMemoryDumpStore;
import io.autodump.core.testing.InMemorySecrets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Passwords, tokens, and passwords that were rotated in between. */
class ReadConnectionTest {
    private static final TaggedSecret IAM = secret("orders", Map.of(TagNames.AUTH, "iam"));
    private static final DatabaseTokens TOKENS =
            (host, port, username) -> Password.of("token for " + username + "@" + host + ":" + port);
    private static final SecretValue REMOTE = SecretValue.of("""
            {"username":"app","databasename":"shop","endpoint":"db.example.com","port":5433,"engine":"postgres"}""");
    private static final SecretValue ROTATED = SecretValue.of(VALUE.reveal().replace("hunter2", "hunter3"));

    private final List<String> passwords = new ArrayList<>();

    @Test
    void makesATokenForHostPortAndUserOfASecretWithoutAPassword() {
        DatabaseSecret connection = new ReadConnection(id -> REMOTE, Optional.of(TOKENS), Set.of()).read(IAM);

        assertThat(connection.password().reveal()).isEqualTo("token for app@db.example.com:5433");
    }

    @Test
    void takesFromTagsWhatTheValueLacks() {
        SecretValue managed = SecretValue.of("{\"username\":\"app\",\"password\":\"hunter2\"}");
        TaggedSecret tagged = secret(
                "orders",
                Map.of(
                        TagNames.ENDPOINT, "db.example.com",
                        TagNames.PORT, "5433",
                        TagNames.DATABASE, "shop",
                        TagNames.ENGINE, "postgres"));

        DatabaseSecret connection = new ReadConnection(id -> managed, Optional.empty(), Set.of()).read(tagged);

        assertThat(connection.host()).isEqualTo("db.example.com");
        assertThat(connection.port()).isEqualTo(5433);
        assertThat(connection.database()).isEqualTo("shop");
    }

    @Test
    void aTagDoesNotLeadThePasswordToAnotherHostThanTheValueNames() {
        TaggedSecret tagged = secret("orders", Map.of(TagNames.ENDPOINT, "elsewhere.example.com"));

        AutoDumpException refused = catchThrowableOfType(
                AutoDumpException.class,
                () -> new ReadConnection(id -> VALUE, Optional.empty(), Set.of()).read(tagged));

        assertThat(refused.code()).isEqualTo(ErrorCode.INVALID_SECRET_VALUE);
        assertThat(refused).hasMessageContaining("endpoint: differs from the secret's tag");
    }

    @Test
    void makesATokenAlsoWhereThereIsAPassword() {
        SecretValue both = SecretValue.of(REMOTE.reveal().replace("{", "{\"password\":\"unused\","));

        assertThat(new ReadConnection(id -> both, Optional.of(TOKENS), Set.of())
                        .read(IAM)
                        .password()
                        .reveal())
                .startsWith("token for");
    }

    @Test
    void refusesATokenOverAConnectionWithoutTls() {
        AutoDumpException refused = catchThrowableOfType(
                AutoDumpException.class,
                () -> new ReadConnection(id -> VALUE, Optional.of(TOKENS), Set.of()).read(IAM));

        assertThat(refused.code()).isEqualTo(ErrorCode.INVALID_SECRET_VALUE);
        assertThat(refused).hasMessageContaining("sslmode");
    }

    @Test
    void saysWhoCanMakeTokensWhereNobodyCan() {
        AutoDumpException refused = catchThrowableOfType(
                AutoDumpException.class, () -> new ReadConnection(id -> REMOTE, Optional.empty(), Set.of()).read(IAM));

        assertThat(refused.code()).isEqualTo(ErrorCode.TOKENS_MISSING);
        assertThat(refused).hasMessageContaining("autodump:auth=iam");
    }

    @Test
    void readsARotatedPasswordAgainOnceWhenItIsRefused() {
        dump(secret("orders", Map.of()), values(VALUE, ROTATED), accepting("hunter3"));

        assertThat(passwords).containsExactly("hunter2", "hunter3");
    }

    @Test
    void readsNoMoreThanOnceMore() {
        assertRefused(secret("orders", Map.of()), values(VALUE, ROTATED, VALUE), accepting("none"));

        assertThat(passwords).containsExactly("hunter2", "hunter3");
    }

    @Test
    void triesNoPasswordTwice() {
        assertRefused(secret("orders", Map.of()), values(VALUE, VALUE), accepting("hunter3"));

        assertThat(passwords).containsExactly("hunter2");
    }

    @Test
    void makesNoSecondTokenForARefusedOne() {
        assertRefused(IAM, values(REMOTE, REMOTE), accepting("none"));

        assertThat(passwords).hasSize(1);
    }

    private void assertRefused(TaggedSecret secret, SecretValues values, DumpSource source) {
        AutoDumpException refused = catchThrowableOfType(AutoDumpException.class, () -> dump(secret, values, source));
        assertThat(refused.code()).isEqualTo(ErrorCode.AUTHENTICATION_REFUSED);
    }

    private static void dump(TaggedSecret secret, SecretValues values, DumpSource source) {
        AutoDump.builder()
                .secretCatalog(new InMemorySecrets().put(secret, VALUE))
                .secretValues(values)
                .databaseTokens(TOKENS)
                .dumpSource(source)
                .dumpStore(new InMemoryDumpStore())
                .clock(CLOCK)
                .build()
                .dump(ORDERS, NOW, DumpProgress.SILENT);
    }

    private static SecretValues values(SecretValue... inTurn) {
        List<SecretValue> left = new ArrayList<>(List.of(inTurn));
        return id -> left.remove(0);
    }

    private DumpSource accepting(String password) {
        DumpSource works = FakeDumpSource.printing(BYTES);
        return (DatabaseSecret database, DumpSettings settings) -> {
            passwords.add(database.password().reveal());
            if (!database.password().reveal().equals(password)) {
                throw new AutoDumpException(ErrorCode.AUTHENTICATION_REFUSED, "no", "change it");
            }
            PreparedDump prepared = works.prepare(database, settings);
            return prepared;
        };
    }
}

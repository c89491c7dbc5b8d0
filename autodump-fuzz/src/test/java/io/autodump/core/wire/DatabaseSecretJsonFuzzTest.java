package io.autodump.core.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.secret.SecretValue;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/** A secret's value is a connection, or {@code INVALID_SECRET_VALUE}. */
class DatabaseSecretJsonFuzzTest {
    @FuzzTest
    void fuzz(byte[] input) {
        String json = new String(input, StandardCharsets.UTF_8);
        try {
            DatabaseSecret secret = DatabaseSecretJson.parse("orders", SecretValue.of(json), Set.of("postgres"));
            assertThat(secret.host()).doesNotContain("?", "&", ",", "@", " ");
            assertThat(secret.toString()).contains("***");
        } catch (AutoDumpException documented) {
            assertThat(documented.code()).isEqualTo(ErrorCode.INVALID_SECRET_VALUE);
        }
    }
}

package io.autodump.core.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autodump.core.dump.DumpKey;
import io.autodump.core.dump.RestoreOptions;
import io.autodump.core.plan.RestoreRequest;
import io.autodump.core.restore.RestoredPart;
import io.autodump.core.restore.RoleCreation;
import io.autodump.core.restore.SkippableKind;
import io.autodump.core.secret.SecretId;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RestoreRequestJsonTest {
    private static final RestoreRequest PLAIN = RestoreRequest.builder()
            .target(SecretId.of("arn:aws:secretsmanager:eu-central-1:123456789012:secret:staging-a1B2c3"))
            .when(Instant.parse("2026-11-26T19:00:00Z"))
            .bucket("acme-dumps")
            .dump(DumpKey.parse("orders/shop/2026/11/22/shop-2026-11-22T08-00-00Z.dump.zst")
                    .orElseThrow())
            .build();

    private static final RestoreRequest FULL = RestoreRequest.builder()
            .from(PLAIN)
            .prefix("nightly")
            .database("copy")
            .dryRun(true)
            .options(RestoreOptions.builder()
                    .create(true)
                    .jobs(4)
                    .intoNonEmpty(true)
                    .noOwner(true)
                    .locale("C.UTF-8")
                    .intoDifferentLocale(true)
                    .analyze(true)
                    .countRows(true)
                    .role("owner")
                    .createRoles(RoleCreation.LOGIN)
                    .part(RestoredPart.DATA)
                    .addTables("public.*", "a \"b\"")
                    .addSchemas("public")
                    .addExcludeTables("public.log")
                    .addSkip(SkippableKind.COMMENTS, SkippableKind.TRIGGERS)
                    .build())
            .build();

    @Test
    void aRequestWithoutOptionsIsShort() {
        assertThat(RestoreRequestJson.write(PLAIN)).isEqualToIgnoringWhitespace("""
                {
                  "resourceId" : "arn:aws:secretsmanager:eu-central-1:123456789012:secret:staging-a1B2c3",
                  "when" : "2026-11-26T19:00:00Z",
                  "bucket" : "acme-dumps",
                  "key" : "orders/shop/2026/11/22/shop-2026-11-22T08-00-00Z.dump.zst"
                }
                """);
    }

    @Test
    void everyOptionComesBack() {
        RestoreRequest clean = RestoreRequest.builder()
                .from(PLAIN)
                .options(RestoreOptions.builder().clean(true).build())
                .build();

        assertThat(RestoreRequestJson.parse("input", RestoreRequestJson.write(PLAIN)))
                .isEqualTo(PLAIN);
        assertThat(RestoreRequestJson.parse("input", RestoreRequestJson.write(FULL)))
                .isEqualTo(FULL);
        assertThat(RestoreRequestJson.parse("input", RestoreRequestJson.write(clean)))
                .isEqualTo(clean);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"bucket\" : \"acme-dumps\",|''|bucket: is missing",
                "2026-11-26T19:00:00Z|yesterday|isn't a request to restore",
                ".dump.zst|.txt|key: isn't the key of a dump",
                "\"jobs\" : 4|\"jobs\" : 400|jobs must be 1 to 32",
                "comments|everything|there is no kind",
                "login|superuser|isn't a request to restore"
            })
    void saysWhatIsWrong(String part, String instead, String expected) {
        String wrong = RestoreRequestJson.write(FULL).replace(part, instead);

        assertThatThrownBy(() -> RestoreRequestJson.parse("AUTODUMP_EXECUTION_INPUT", wrong))
                .hasMessageContaining("AUTODUMP_EXECUTION_INPUT")
                .hasMessageContaining(expected);
    }
}

package io.autodump.core.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.plan.RestoreRequest;
import java.nio.charset.StandardCharsets;

/** The input of a restore is a request that comes back as it was written, or {@code INVALID_DOCUMENT}. */
class RestoreRequestJsonFuzzTest {
    @FuzzTest
    void fuzz(byte[] input) {
        String json = new String(input, StandardCharsets.UTF_8);
        try {
            RestoreRequest request = RestoreRequestJson.parse("the input", json);
            assertThat(RestoreRequestJson.parse("written", RestoreRequestJson.write(request)))
                    .isEqualTo(request);
        } catch (AutoDumpException documented) {
            assertThat(documented.code()).isEqualTo(ErrorCode.INVALID_DOCUMENT);
        }
    }
}

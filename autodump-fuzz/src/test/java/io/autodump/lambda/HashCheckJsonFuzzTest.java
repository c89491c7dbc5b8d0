package io.autodump.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import java.nio.charset.StandardCharsets;

/** The inputs of the hash check and of reschedule are requests, or {@code INVALID_DOCUMENT}. */
class HashCheckJsonFuzzTest {
    @FuzzTest
    void fuzz(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        documented(() -> HashCheckJson.parse(text));
        documented(() -> RescheduleJson.secretId(text));
        documented(() -> RescheduleJson.stateMachineArn(text));
    }

    private static void documented(Runnable parsing) {
        try {
            parsing.run();
        } catch (AutoDumpException documented) {
            assertThat(documented.code()).isEqualTo(ErrorCode.INVALID_DOCUMENT);
        }
    }
}

package io.autodump.core.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.plan.ScheduledRun;
import io.autodump.core.secret.SecretId;
import java.nio.charset.StandardCharsets;

/** The input of an execution is a run with a name that Step Functions accepts, or {@code INVALID_DOCUMENT}. */
class ExecutionInputJsonFuzzTest {
    @FuzzTest
    void fuzz(byte[] input) {
        String json = new String(input, StandardCharsets.UTF_8);
        try {
            ScheduledRun run = ExecutionInputJson.parse("the input", json, SecretId::value);
            assertThat(run.executionName()).matches("[A-Za-z0-9_-]{1,80}");
        } catch (AutoDumpException documented) {
            assertThat(documented.code()).isEqualTo(ErrorCode.INVALID_DOCUMENT);
        }
    }
}

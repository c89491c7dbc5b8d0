package io.autodump.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import java.nio.charset.StandardCharsets;

/** Whatever calls the scanner, also through CloudTrail, is an event for it, or {@code INVALID_DOCUMENT}. */
class ScannerEventFuzzTest {
    @FuzzTest
    void fuzz(byte[] input) {
        try {
            ScannerEvent.parse(new String(input, StandardCharsets.UTF_8));
        } catch (AutoDumpException documented) {
            assertThat(documented.code()).isEqualTo(ErrorCode.INVALID_DOCUMENT);
        }
    }
}

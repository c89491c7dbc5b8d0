package io.autodump.core.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import java.nio.charset.StandardCharsets;

/** A manifest is read, and then written and read as the same, or it is {@code INVALID_DOCUMENT}. */
class DumpManifestJsonFuzzTest {
    @FuzzTest
    void fuzz(byte[] input) {
        String json = new String(input, StandardCharsets.UTF_8);
        try {
            DumpManifest manifest = DumpManifestJson.parse("the manifest", json);
            assertThat(DumpManifestJson.parse("the same", DumpManifestJson.write(manifest)))
                    .isEqualTo(manifest);
            assertThat(manifest.key().scheduledAt()).isNotNull();
        } catch (AutoDumpException documented) {
            assertThat(documented.code()).isEqualTo(ErrorCode.INVALID_DOCUMENT);
        }
    }
}

package io.autodump.cli.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.autodump.cli.wiring.InstalledStores;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A configuration file of any bytes is a configuration, or {@code INVALID_CONFIGURATION}. */
class ConfigurationFuzzTest {
    @FuzzTest
    void fuzz(byte[] input) throws IOException {
        Path file = Files.createTempFile("autodump-fuzz", ".yaml");
        try {
            Files.write(file, input);
            ConfigurationReader.read(file, Map.of(), InstalledStores::parse, Map.of());
        } catch (AutoDumpException documented) {
            assertThat(documented.code()).isEqualTo(ErrorCode.INVALID_CONFIGURATION);
        } finally {
            Files.delete(file);
        }
    }
}

package io.autodump.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.database.HostName;
import io.autodump.core.database.Password;
import io.autodump.core.error.InvalidInputException;
import java.nio.charset.StandardCharsets;

/** The URL of a restore's target is a connection to one host, or a list of problems. */
class TargetUrlFuzzTest {
    @FuzzTest
    void fuzz(byte[] input) {
        String url = new String(input, StandardCharsets.UTF_8);
        try {
            DatabaseSecret target = TargetUrl.parse(url, Password.of("secret"));
            assertThat(HostName.problem(target.host())).isEmpty();
        } catch (InvalidInputException documented) {
            documented.report();
        }
    }
}

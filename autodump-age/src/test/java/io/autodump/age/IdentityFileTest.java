package io.autodump.age;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IdentityFileTest {
    private static final String SECRET = "U4A9FMUEC9LDKLZ4Q8K9NX3";

    @TempDir
    private Path folder;

    @Test
    void readsEveryIdentity() throws IOException {
        Path file = SampleKeys.write(folder.resolve("keys"), SampleKeys.IDENTITY, "", SampleKeys.OTHER_IDENTITY);

        assertThat(new IdentityFile(file).read()).hasSize(2);
    }

    @Test
    void saysWhyAFileCanNotBeRead() throws IOException {
        assertThat(refusal(folder.resolve("missing"))).contains("missing: no such file or folder");
        assertThat(refusal(Files.writeString(folder.resolve("empty"), "# nothing\n")))
                .contains("holds no identity");
        assertThat(refusal(Files.writeString(folder.resolve("locked"), "age-encryption.org/v1\n-> scrypt x 18\n")))
                .contains("is protected by a passphrase");
    }

    @ParameterizedTest
    @CsvSource({
        "AGE-SECRET-KEY-1U4A9FMUEC9LDKLZ4Q8K9NX3VUFD69LRTHX8FAWNXJLTR24FTW76S6Y32Y3, typing mistake",
        "AGE-SECRET-KEY-1U4A9FMUEC9LDKLZ4Q8K9NX3VUFD69LRTHX8FAWN, typing mistake",
        "AGE-SECRET-KEY-1, typing mistake",
        "'key = AGE-SECRET-KEY-1U4A9FMUEC9LDKLZ4Q8K9NX3VUFD', line 3 doesn't begin with",
        "AGE-PLUGIN-YUBIKEY-1U4A9FMUEC9LDKLZ4Q8K9NX3VUFD, line 3 doesn't begin with"
    })
    void namesTheLineAndNeverItsText(String line, String problem) throws IOException {
        AutoDumpException refused = refused(SampleKeys.write(folder.resolve("keys"), line));

        assertThat(refused).hasMessageContaining(problem);
        StringWriter trace = new StringWriter();
        refused.printStackTrace(new PrintWriter(trace, true));
        assertThat(trace.toString() + refused.report()).doesNotContain(SECRET);
    }

    private static String refusal(Path file) {
        return refused(file).description();
    }

    private static AutoDumpException refused(Path file) {
        AutoDumpException refused = catchThrowableOfType(AutoDumpException.class, () -> new IdentityFile(file).read());
        assertThat(refused.code()).isEqualTo(ErrorCode.INVALID_IDENTITY);
        return refused;
    }
}

package io.autodump.postgres.restore;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.database.Password;
import io.autodump.core.port.DumpProgress;
import io.autodump.postgres.load.LoadListener;
import java.nio.charset.StandardCharsets;

/** What {@code pg_restore}, {@code psql} and the server say is chatter or becomes one bounded message with a hint. */
class RestoreMessagesFuzzTest {
    private static final int LONGEST = 8 * 404 + 7 * 3;
    private static final DatabaseSecret TARGET = DatabaseSecret.builder()
            .username("app")
            .password(Password.of("secret"))
            .database("shop")
            .host("localhost")
            .build();

    @FuzzTest
    void fuzz(byte[] input) {
        String said = new String(input, StandardCharsets.UTF_8);
        RestoreMessages messages = new RestoreMessages(LoadListener.of(DumpProgress.SILENT));
        said.lines().forEach(messages::test);
        assertThat(messages.error().length()).isLessThanOrEqualTo(LONGEST);
        assertThat(RestoreFailure.of("pg_restore 17", 1, messages.error(), TARGET, true)
                        .hint())
                .isPresent();
        assertThat(RestoreFailure.of("pg_restore 17", 1, said, TARGET, false).hint())
                .isPresent();
    }
}

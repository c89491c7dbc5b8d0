package io.autodump.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.autodump.core.database.Password;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.port.DatabaseTokens;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The contract of {@link DatabaseTokens}. */
public abstract class DatabaseTokensContract {
    private static final String HOST = "orders.abc123.eu-central-1.rds.amazonaws.com";

    /** Returns the adapter under test. */
    protected abstract DatabaseTokens tokens();

    /** Returns an adapter of the same kind that can't make tokens, for example without credentials. */
    protected abstract DatabaseTokens withoutMeans();

    @Test
    void makesATokenThatIsAPassword() {
        Password token = tokens().token(HOST, 5432, "autodump");

        assertThat(token.reveal()).as("DatabaseTokens.token: not empty").isNotEmpty();
        assertThat(token.toString())
                .as("DatabaseTokens.token: hidden wherever it is printed")
                .doesNotContain(token.reveal());
    }

    @Test
    void makesATokenForOneUserOnOneServer() {
        String token = tokens().token(HOST, 5432, "autodump").reveal();

        assertThat(tokens().token(HOST, 5432, "admin").reveal())
                .as("DatabaseTokens.token: another user's token is another one")
                .isNotEqualTo(token);
        assertThat(tokens().token("other.example.com", 5432, "autodump").reveal())
                .as("DatabaseTokens.token: another server's token is another one")
                .isNotEqualTo(token);
    }

    @Test
    void servesSeveralThreads() {
        List<String> tokens = IntStream.range(0, 64)
                .parallel()
                .mapToObj(i -> tokens().token(HOST, 5432, "user" + i).reveal())
                .toList();

        assertThat(tokens).as("DatabaseTokens: thread-safe").doesNotHaveDuplicates();
    }

    @Test
    void saysThatItHasNothingToMakeATokenFrom() {
        Failures.assertCode(
                "DatabaseTokens.token: nothing to make it from",
                () -> withoutMeans().token(HOST, 5432, "autodump"),
                ErrorCode.CATALOG_FAILED);
    }
}

package io.autodump.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.database.Password;
import io.autodump.core.database.TlsMode;
import io.autodump.core.error.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetUrlTest {
    private static final Password NONE = Password.of("");

    @Test
    void readsEveryPart() {
        DatabaseSecret target = TargetUrl.parse(
                "postgresql://me%40home@db.example.com:6432/a%20b+c?sslmode=verify-ca&sslrootcert=/etc/ca.pem", NONE);

        assertThat(target.username()).isEqualTo("me@home");
        assertThat(target.host()).isEqualTo("db.example.com");
        assertThat(target.port()).isEqualTo(6432);
        assertThat(target.database()).isEqualTo("a b+c");
        assertThat(target.tls()).isEqualTo(TlsMode.VERIFY_CA);
        assertThat(target.sslRootCert()).contains("/etc/ca.pem");
    }

    @ParameterizedTest
    @CsvSource({
        "postgres://me@localhost/copy, localhost, DISABLE",
        "postgres://me@[::1]/copy, ::1, DISABLE",
        "postgres://me@db_1.internal/copy, db_1.internal, VERIFY_FULL"
    })
    void hasThePortAndTheTlsModeOfASecret(String url, String host, TlsMode tls) {
        DatabaseSecret target = TargetUrl.parse(url, NONE);

        assertThat(target.host()).isEqualTo(host);
        assertThat(target.port()).isEqualTo(5432);
        assertThat(target.tls()).isEqualTo(tls);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgres://me:geheim@localhost/copy",
                "postgres://me:@localhost/copy",
                "postgres://me@localhost/copy?password=geheim"
            })
    void refusesAPasswordWithoutRepeatingIt(String url) {
        assertThatThrownBy(() -> TargetUrl.parse(url, NONE))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("holds a password")
                .hasMessageNotContaining("geheim");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "mysql://me@localhost/copy | isn't of the form postgres://",
                "copy | isn't of the form postgres://",
                "postgres://localhost/copy | lacks a user",
                "postgres://me@/copy | lacks a host",
                "postgres://me@localhost | lacks a database",
                "postgres://me@localhost/ | lacks a database",
                "postgres://me@localhost:0/copy | needs a port",
                "postgres://me@localhost:99999/copy | needs a port",
                "postgres://me@localhost/copy?sslmode=prefer | needs an sslmode of",
                "postgres://me@localhost/copy?sslmod=require | did you mean sslmode?",
                "postgres://m%e@localhost/copy | two hexadecimal digits"
            })
    void refusesWhatItCannotUse(String url, String problem) {
        assertThatThrownBy(() -> TargetUrl.parse(url, NONE))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(problem);
    }
}

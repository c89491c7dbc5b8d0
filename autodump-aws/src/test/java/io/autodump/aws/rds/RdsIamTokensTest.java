package io.autodump.aws.rds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.autodump.aws.TestClients;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.rds.RdsUtilities;

/** The SDK's own maker of tokens is the referee. */
class RdsIamTokensTest {
    private static final AwsCredentialsProvider SESSION =
            StaticCredentialsProvider.create(AwsSessionCredentials.create("AKIDEXAMPLE", "secret", "session/token+="));

    private static final int MOST_TOKENS = 20;

    @ParameterizedTest
    @CsvSource({
        "orders.abc123.eu-central-1.rds.amazonaws.com, 5432, autodump, eu-central-1",
        "orders.cluster-ro-abc123.us-gov-west-1.rds.amazonaws.com, 3306, with space & plus+ä, us-gov-west-1",
        "orders.abc123.cn-north-1.rds.amazonaws.com.cn, 5432, autodump, cn-north-1",
        "db.example.com, 6432, a/b=c, us-east-1",
    })
    void makesTheTokenThatTheSdkMakes(String host, int port, String user, String region) {
        for (AwsCredentialsProvider credentials : new AwsCredentialsProvider[] {TestClients.CREDENTIALS, SESSION}) {
            Instant before = Instant.now();
            String theirs = theirs(credentials, Region.of(region), host, port, user);
            Instant signed = signedAt(theirs);
            assertThat(signed).isBetween(before.minusSeconds(1), Instant.now());

            String ours = new RdsIamTokens(credentials, Region.US_EAST_1, Clock.fixed(signed, ZoneOffset.UTC))
                    .token(host, port, user)
                    .reveal();
            assertThat(parameters(ours)).isEqualTo(parameters(theirs));
            assertThat(ours).startsWith(host + ":" + port + "/?").contains("X-Amz-Expires=900");
        }
    }

    @Test
    void saysThatThereAreNoCredentials() {
        AwsCredentialsProvider none = () -> {
            throw SdkClientException.create("Unable to load credentials");
        };

        AutoDumpException failed = catchThrowableOfType(
                AutoDumpException.class, () -> new RdsIamTokens(none, Region.US_EAST_1).token("db", 5432, "app"));

        assertThat(failed.code()).isEqualTo(ErrorCode.CATALOG_FAILED);
        assertThat(failed.report()).contains("Unable to load credentials").contains("get-caller-identity");
    }

    /**
     * The referee has no clock to set and looks at it twice, for the expiry and for the signature. It is asked again if
     * a second has begun in between.
     */
    private static String theirs(
            AwsCredentialsProvider credentials, Region region, String host, int port, String user) {
        RdsUtilities referee = RdsUtilities.builder()
                .region(region)
                .credentialsProvider(credentials)
                .build();
        return Stream.generate(() -> referee.generateAuthenticationToken(
                        request -> request.hostname(host).port(port).username(user)))
                .limit(MOST_TOKENS)
                .filter(token -> token.contains("X-Amz-Expires=900&"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("the referee never makes a token for 900 seconds"));
    }

    private static java.util.Set<String> parameters(String token) {
        return java.util.Set.of(token.substring(token.indexOf('?') + 1).split("&"));
    }

    private static Instant signedAt(String token) {
        String date = token.replaceAll(".*X-Amz-Date=(\\d{8}T\\d{6}Z).*", "$1");
        return java.time.LocalDateTime.parse(date, java.time.format.DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'"))
                .toInstant(ZoneOffset.UTC);
    }
}

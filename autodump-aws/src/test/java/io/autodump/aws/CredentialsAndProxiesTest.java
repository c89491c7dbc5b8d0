package io.autodump.aws;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import io.autodump.aws.s3.S3Manifests;
import io.autodump.aws.secretsmanager.SecretsManagerCatalog;
import io.autodump.core.dump.DumpKey;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.secret.SecretId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;

/** Credentials that can't be had, and answers that AWS didn't send. */
class CredentialsAndProxiesTest {
    private static final SecretId ORDERS = SecretId.of("orders");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        Token is expired                                                     | log in again: aws sso login --profile team
        The SSO session associated with this profile has expired             | aws sso login --profile team
        Failed to refresh process-based credentials.                         | credential_process
        Either 'source_profile' or 'credential_source' must be set           | source_profile or a credential_source
        Profile file contained no credentials for profile 'team'             | AWS_PROFILE
        """)
    void namesTheCauseAndTheRemedyWhateverTheSdkThrows(String text, String remedy) {
        AwsCredentialsProvider failing = () -> {
            throw new IllegalStateException("wrapped", new IllegalArgumentException(text));
        };

        AutoDumpException secrets = failureOf(new ExplainedCredentials(failing, Optional.of("team")), false);
        AutoDumpException bucket = failureOf(new ExplainedCredentials(failing, Optional.of("team")), true);

        assertThat(secrets.code()).isEqualTo(ErrorCode.CATALOG_FAILED);
        assertThat(bucket.code()).isEqualTo(ErrorCode.STORE_FAILED);
        assertThat(secrets).hasMessageContaining(text).hasMessageContaining("secretsmanager:DescribeSecret");
        assertThat(bucket).hasMessageContaining(text);
        assertThat(secrets.hint().orElse("")).contains(remedy);
        assertThat(bucket.hint().orElse("")).contains(remedy);
    }

    @Test
    void findsTheOnePlaceOfTheSdksChainThatHasSomethingWhichDoesNotWork() {
        AwsCredentialsProvider chain = () -> {
            throw new IllegalStateException("Unable to load credentials from any of the providers in the chain"
                    + " AwsCredentialsProviderChain(credentialsProviders=[A, B]) : [SystemPropertyCredentialsProvider():"
                    + " Unable to load credentials from system settings., ProfileCredentialsProvider(profileName=team):"
                    + " The SSO session has expired or is invalid., InstanceProfileCredentialsProvider(): Failed to load"
                    + " credentials from IMDS.]");
        };

        AutoDumpException failure = failureOf(new ExplainedCredentials(chain, Optional.of("team")), false);

        assertThat(failure).hasMessageContaining("The SSO session has expired").hasMessageNotContaining("IMDS");
        assertThat(failure.hint()).contains("log in again: aws sso login --profile team");
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 403, 407})
    void saysThatAProxyAnswered(int status) throws IOException {
        HttpServer proxy = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        proxy.createContext("/", exchange -> {
            byte[] page = "<!DOCTYPE html><html><body>Please log in to the network.</body></html>".getBytes(UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "text/html; charset=utf-8");
            exchange.sendResponseHeaders(status, page.length);
            exchange.getResponseBody().write(page);
            exchange.close();
        });
        proxy.start();
        URI endpoint = URI.create("http://127.0.0.1:" + proxy.getAddress().getPort());
        try (AwsClients clients = AwsClients.builder()
                .region("eu-central-1")
                .credentials(() -> AwsBasicCredentials.create("key", "secret"))
                .endpoint(endpoint)
                .giveUpSoon(true)
                .build()) {
            AutoDumpException failure = catchThrowableOfType(
                    AutoDumpException.class, () -> new SecretsManagerCatalog(clients.secretsManager()).find(ORDERS));

            assertThat(failure)
                    .hasMessageContaining("secretsmanager:DescribeSecret")
                    .hasMessageContaining("an answer that isn't from AWS");
            assertThat(failure.hint().orElse("")).contains("HTTPS_PROXY");
        } finally {
            proxy.stop(0);
        }
    }

    private static AutoDumpException failureOf(AwsCredentialsProvider credentials, boolean bucket) {
        try (AwsClients clients = AwsClients.builder()
                .region("eu-central-1")
                .credentials(credentials)
                .endpoint(URI.create("http://127.0.0.1:1"))
                .build()) {
            return catchThrowableOfType(AutoDumpException.class, () -> {
                if (bucket) {
                    try (Stream<DumpKey> keys = new S3Manifests(clients.s3(), "dumps", Optional.empty()).list()) {
                        keys.forEach(key -> {});
                    }
                } else {
                    new SecretsManagerCatalog(clients.secretsManager()).find(ORDERS);
                }
            });
        }
    }
}

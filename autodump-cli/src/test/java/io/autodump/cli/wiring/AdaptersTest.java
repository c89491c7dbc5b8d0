package io.autodump.cli.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import io.autodump.aws.S3Kind;
import io.autodump.cli.config.Configuration;
import io.autodump.cli.config.ConfigurationReader;
import io.autodump.cli.config.S3Settings;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.error.Platform;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.exception.SdkClientException;

class AdaptersTest {
    @TempDir
    Path folder;

    @Test
    void saysWhoseStoreFailed() {
        AutoDumpException failure = failure(ErrorCode.STORE_FAILED);

        assertThat(adapters("./secrets", "./dumps", Map.of()).platform(failure)).isEqualTo(Platform.OWN);
        assertThat(adapters("./secrets", "s3://acme-dumps", Map.of()).platform(failure))
                .isEqualTo(Platform.AWS);
        assertThat(adapters("aws", "s3://acme-dumps", Map.of("aws.s3-endpoint", "https://s3.example.com"))
                        .platform(failure))
                .isEqualTo(Platform.OWN);
    }

    @Test
    void knowsTheKindsOfStoreThatTheLibraryKnows() {
        assertThat(S3Settings.KINDS)
                .containsExactlyElementsOf(Stream.of(S3Kind.values())
                        .map(kind -> kind.name().toLowerCase(Locale.ROOT))
                        .toList());
    }

    @Test
    void saysWhoseSecretsFailed() {
        AutoDumpException failure = failure(ErrorCode.CATALOG_FAILED);
        AutoDumpException noToken = new AutoDumpException(
                ErrorCode.CATALOG_FAILED, "no token", "log in", SdkClientException.create("no credentials"));
        Adapters onAws = adapters("aws", "./dumps", Map.of());
        Adapters folders = adapters("./secrets", "./dumps", Map.of());

        assertThat(onAws.platform(failure)).isEqualTo(Platform.AWS);
        assertThat(folders.platform(failure)).isEqualTo(Platform.OWN);
        assertThat(folders.platform(noToken)).isEqualTo(Platform.AWS);
        assertThat(onAws.platform(failure(ErrorCode.SCHEDULER_FAILED))).isEqualTo(Platform.OWN);
    }

    private static AutoDumpException failure(ErrorCode code) {
        return new AutoDumpException(code, "it failed", "try again");
    }

    private Adapters adapters(String secrets, String store, Map<String, String> more) {
        Map<String, String> options =
                new HashMap<>(Map.of("secrets", secrets, "store", store, "aws.region", "eu-central-1"));
        options.putAll(more);
        Configuration configuration =
                ConfigurationReader.read(folder.resolve("autodump.yaml"), options, InstalledStores::parse, Map.of());
        return Adapters.of(configuration, List.of(), Clock.systemUTC());
    }
}

package io.autodump.aws.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autodump.aws.s3.request.S3Limits;
import io.autodump.core.dump.DumpKey;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.port.DumpStore;
import io.autodump.testkit.aws.S3Server;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;

class S3ManifestsTest {
    private static final S3Client CLIENT = TestS3.client(S3Server.endpoint(), 3, Duration.ofSeconds(30));

    private final String bucket = S3Server.newBucket();
    private final DumpStore store =
            S3DumpStore.builder(CLIENT, bucket).firstPartSize(S3Limits.MIN_PART).build();
    private final S3Manifests manifests = new S3Manifests(CLIENT, bucket, Optional.empty());

    @Test
    void showsAFinishedDump() {
        TestDump.make(store);

        assertThat(keys()).containsExactly(TestDump.KEY);
        assertThat(manifests.find(TestDump.KEY)).contains(TestDump.manifest());
        assertThat(manifests).hasToString("s3://" + bucket + "/");
    }

    @Test
    void showsNeitherAFileWithoutItsManifestNorAManifestWithoutItsFile() {
        put(TestDump.KEY.value());
        String other = TestDump.KEY.value().replace("orders", "invoices");
        put(other + ".manifest.json");

        assertThat(keys()).isEmpty();
        assertThat(manifests.find(TestDump.KEY)).isEmpty();
        assertThat(manifests.find(new DumpKey(other))).isEmpty();
    }

    @Test
    void findsTheFileBehindOthersWhoseKeysBeginWithItsOwn() {
        String plain = TestDump.KEY.value().replace(".zst", "");
        for (String suffix : new String[] {"", ".bak", ".gz", ".gz.manifest.json", ".manifest.json", ".zst", "0"}) {
            put(plain + suffix);
        }

        assertThat(keys()).containsExactlyInAnyOrder(new DumpKey(plain), new DumpKey(plain + ".gz"));
    }

    @Test
    void goesThroughMoreThanOnePage() {
        for (int i = 0; i < 501; i++) {
            String file = "s" + i + "/d/2026/11/22/d-2026-11-22T08-00-00Z.dump";
            put(file);
            put(file + ".manifest.json");
        }

        assertThat(keys()).hasSize(501);
    }

    @Test
    void asksForNothingOfADumpButItsManifest() {
        TestDump.make(store);
        List<String> calls = new ArrayList<>();
        ExecutionInterceptor recorder = new ExecutionInterceptor() {
            @Override
            public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
                String key = context.request() instanceof GetObjectRequest get ? " " + get.key() : "";
                calls.add(context.request().getClass().getSimpleName() + key);
            }
        };
        S3Manifests watched = new S3Manifests(TestS3.recorded(recorder), bucket, Optional.empty());
        watched.list().forEach(watched::find);

        assertThat(calls).containsOnly("ListObjectsV2Request", "GetObjectRequest " + TestDump.KEY.manifestKey());
    }

    @Test
    void saysWhichPermissionIsMissing() {
        S3Manifests gone = new S3Manifests(CLIENT, bucket + "-gone", Optional.empty());

        assertThatThrownBy(() -> gone.list().toList())
                .isInstanceOf(AutoDumpException.class)
                .hasMessageContaining(bucket + "-gone");
    }

    private List<DumpKey> keys() {
        try (Stream<DumpKey> keys = manifests.list()) {
            return keys.toList();
        }
    }

    private void put(String key) {
        CLIENT.putObject(request -> request.bucket(bucket).key(key), RequestBody.fromString("{}"));
    }
}

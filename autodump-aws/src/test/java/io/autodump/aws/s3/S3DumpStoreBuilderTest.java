package io.autodump.aws.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autodump.aws.s3.request.Bytes;
import io.autodump.aws.s3.request.S3Limits;
import java.time.Duration;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.model.ObjectLockMode;

class S3DumpStoreBuilderTest {
    private static final long MIB = S3Limits.MIB;

    @Test
    void refusesWhatS3WouldRefuseAtTheEnd() {
        assertRefused(() -> builder().firstPartSize(S3Limits.MIN_PART - 1).build());
        assertRefused(() -> builder().partParallelism(0));
        assertRefused(() -> builder().partParallelism(65));
        assertRefused(() -> builder().expectedBucketOwner("me"));
        assertRefused(() -> builder().objectLock(ObjectLockMode.GOVERNANCE, Duration.ZERO));
        assertRefused(() -> S3DumpStore.builder(FaultyS3.direct(), " "));
    }

    @Test
    void refusesTheEleventhTag() {
        S3DumpStoreBuilder builder = builder();
        IntStream.range(0, 10).forEach(tag -> builder.tag("t" + tag, "v"));

        assertThatThrownBy(() -> builder.tag("one", "more")).hasMessageContaining("at most 10 tags");
    }

    @Test
    void saysWhenMemoryIsTooSmall() {
        assertThatThrownBy(() -> builder().memory(15 * MIB).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("two parts of 8.0 MiB need more memory than 15.0 MiB");
        assertThatThrownBy(() ->
                        builder().memory(128 * MIB).largestObject(S3Limits.TIB).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("can't hold 1.0 TiB");
    }

    @Test
    void showsWhereItIs() {
        assertThat(builder().prefix("/a/b//").build()).hasToString("s3://bucket/a/b/");
        assertThat(builder().prefix("/").build()).hasToString("s3://bucket/");
    }

    @Test
    void writesSizesAsPeopleReadThem() {
        assertThat(Bytes.text(1023)).isEqualTo("1023 bytes");
        assertThat(Bytes.text(1536)).isEqualTo("1.5 KiB");
        assertThat(Bytes.text(S3Limits.MAX_OBJECT)).isEqualTo("48.8 TiB");
        assertThat(Bytes.text(5000 * S3Limits.TIB)).isEqualTo("5000.0 TiB");
    }

    private static S3DumpStoreBuilder builder() {
        return S3DumpStore.builder(FaultyS3.direct(), "bucket");
    }

    private static void assertRefused(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class);
    }
}

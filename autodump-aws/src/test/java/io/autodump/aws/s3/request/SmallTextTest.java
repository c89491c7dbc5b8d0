package io.autodump.aws.s3.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

class SmallTextTest {
    private static final String URI = "s3://dumps/orders";

    private final AtomicBoolean aborted = new AtomicBoolean();

    @Test
    void readsText() throws Exception {
        assertThat(read(new ByteArrayInputStream("täxt".getBytes(StandardCharsets.UTF_8)))
                        .of(URI))
                .isEqualTo("täxt");
        assertThat(aborted).isFalse();
    }

    @Test
    void readsNoObjectThatDoesNotEnd() throws Exception {
        SmallText endless = read(new InputStream() {
            @Override
            public int read() {
                return 'a';
            }
        });

        assertThat(aborted).isTrue();
        assertInvalid(endless, "s3://dumps/orders has more than 1 MiB; nothing was changed");
    }

    @Test
    void refusesWhatIsNoText() throws Exception {
        assertInvalid(
                read(new ByteArrayInputStream(new byte[] {(byte) 0xff})),
                "s3://dumps/orders isn't UTF-8 text; nothing was changed");
    }

    /** S3 and the stores with its protocol name the ETag of what they send. */
    @Test
    void readsNothingOfAnAnswerWithoutAnETag() throws Exception {
        InputStream page = new ByteArrayInputStream(new byte[4]);

        SmallText foreign = read(GetObjectResponse.builder().build(), page);

        assertThat(page.available()).isEqualTo(4);
        assertThat(aborted).isTrue();
        assertThatThrownBy(() -> foreign.of(URI)).isInstanceOf(SdkClientException.class);
    }

    private SmallText read(InputStream body) throws Exception {
        return read(GetObjectResponse.builder().eTag("\"1\"").build(), body);
    }

    private SmallText read(GetObjectResponse response, InputStream body) throws Exception {
        return SmallText.reader(1).transform(response, AbortableInputStream.create(body, () -> aborted.set(true)));
    }

    private static void assertInvalid(SmallText text, String what) {
        AutoDumpException refused = catchThrowableOfType(AutoDumpException.class, () -> text.of(URI));
        assertThat(refused.code()).isEqualTo(ErrorCode.INVALID_DOCUMENT);
        assertThat(refused.description()).isEqualTo(what);
    }
}

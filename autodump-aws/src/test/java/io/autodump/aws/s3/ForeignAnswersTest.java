package io.autodump.aws.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.autodump.aws.s3.request.S3Call;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import java.io.IOException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;

/** Something between AutoDump and the store answers, such as the page of a network that wants a login. */
class ForeignAnswersTest {
    private static final String MANIFEST = StoredNames.of("", TestDump.KEY).manifest();
    private static final HttpMessage PAGE = HttpMessage.xml(
                    200, "<!DOCTYPE html><html><body>Please log in to the network.</body></html>")
            .with("Content-Type", "text/html; charset=utf-8");

    private final FaultyS3 s3 = FaultyS3.patient();

    @AfterEach
    void close() throws IOException {
        s3.close();
    }

    @Test
    void takesAPageForNoManifest() {
        answer(S3Call.GET, PAGE);

        assertForeign(() -> s3.store().find(TestDump.KEY), "S3 GetObject of " + MANIFEST);
    }

    @Test
    void takesAPageWithAnETagForNoManifest() {
        answer(S3Call.GET, PAGE.with("ETag", "\"5f3a\""));

        assertForeign(() -> s3.store().find(TestDump.KEY), "S3 GetObject of " + MANIFEST);
    }

    @Test
    void takesAPageForNoDump() {
        answer(S3Call.GET, PAGE);

        assertForeign(() -> s3.store().open(TestDump.KEY), "S3 GetObject of " + TestDump.KEY);
    }

    /** A web page that the store really holds is a damaged manifest. */
    @Test
    void takesAStoredObjectForWhatItIs() {
        store("no manifest", "application/json");
        assertThat(s3.failureOf(() -> s3.store().find(TestDump.KEY)).code()).isEqualTo(ErrorCode.INVALID_DOCUMENT);

        store("<html></html>", "text/html");
        assertThat(s3.failureOf(() -> s3.store().find(TestDump.KEY)).code()).isEqualTo(ErrorCode.INVALID_DOCUMENT);
    }

    @Test
    void takesAPageForNoDenial() {
        answer(
                S3Call.LIST,
                HttpMessage.xml(403, "<html><body>Blocked.</body></html>").with("Content-Type", "text/html"));

        assertForeign(() -> s3.store().list().toList(), "S3 ListObjectsV2 of all objects");
    }

    /** Each denial of S3 that has a body has a code. */
    @Test
    void suspectsADenialWithoutACode() {
        answer(S3Call.LIST, HttpMessage.xml(403, "Blocked.").with("Content-Type", "text/plain"));

        AutoDumpException denied = s3.failureOf(() -> s3.store().list().toList());

        assertThat(denied.hint().orElse(""))
                .startsWith("allow s3:ListBucket on ")
                .endsWith("; the answer has no error code of S3, so something else may have sent it, such as a proxy");
    }

    @Test
    void expectsNoCodeWhereAnAnswerHasNoBody() {
        answer(S3Call.HEAD, HttpMessage.xml(403, ""));

        assertThat(s3.failureOf(() -> s3.store().begin(TestDump.KEY)).hint().orElse(""))
                .startsWith("allow s3:GetObject and s3:ListBucket on ")
                .doesNotContain("proxy");
    }

    private void answer(S3Call call, HttpMessage answer) {
        s3.proxy.on(call, Integer.MAX_VALUE, exchange -> exchange.reply(answer, Integer.MAX_VALUE));
    }

    private void store(String text, String type) {
        FaultyS3.direct()
                .putObject(
                        request -> request.bucket(s3.bucket).key(MANIFEST).contentType(type),
                        RequestBody.fromBytes(text.getBytes(UTF_8)));
    }

    private void assertForeign(ThrowingCallable call, String what) {
        AutoDumpException failure = s3.failureOf(call);
        assertThat(failure.code()).isEqualTo(ErrorCode.STORE_FAILED);
        assertThat(failure.description())
                .startsWith(what + " in bucket " + s3.bucket + " got an answer that isn't from AWS")
                .endsWith("; nothing was changed");
        assertThat(failure.hint().orElse("")).contains("HTTPS_PROXY");
    }
}

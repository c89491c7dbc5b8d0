package io.autodump.aws.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.autodump.aws.s3.request.S3Call;
import io.autodump.core.AutoDump;
import io.autodump.core.dump.DumpOutcome;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.port.DumpProgress;
import io.autodump.core.port.DumpStore;
import io.autodump.core.port.DumpUpload;
import io.autodump.core.secret.SecretId;
import io.autodump.core.secret.SecretValue;
import io.autodump.core.secret.TaggedSecret;
import io.autodump.core.testing.FakeDumpSource;
import io.autodump.core.testing.InMemorySecrets;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Every request that a dump makes to S3, because each one costs time and money. */
class S3RequestsTest {
    private static final SecretId ORDERS = SecretId.of("orders");
    private static final String FILE = "orders/shop/2026/11/22/shop-2026-11-22T08-00-00Z.dump";

    private final FaultyS3 s3 = FaultyS3.patient();

    @AfterEach
    void close() throws IOException {
        s3.close();
    }

    @Test
    void makesSeventeenRequestsForASmallDump() {
        dump("a small dump".getBytes(UTF_8));

        assertThat(requests())
                .containsExactly(
                        // Was this run finished before, with another compression, or encrypted?
                        "GET .zst.manifest.json",
                        "GET .manifest.json",
                        "GET .gz.manifest.json",
                        "GET .age.manifest.json",
                        "GET .zst.age.manifest.json",
                        "GET .gz.age.manifest.json",
                        // Which unfinished file will be replaced, and is the key free?
                        "HEAD .zst",
                        "HEAD .zst.manifest.json",
                        // Once for each store: did a dead process leave uploads?
                        "LIST_UPLOADS ",
                        "CREATE_UPLOAD .zst",
                        "UPLOAD_PART .zst",
                        // With If-None-Match, so that it needs no look at the manifest before.
                        "COMPLETE_UPLOAD .zst",
                        // Size and CRC-32C of what is stored.
                        "HEAD .zst",
                        // The dumps before it, to compare with; one more request for each of up to ten manifests.
                        "LIST",
                        // Is it still that file, before the manifest and after it?
                        "HEAD .zst",
                        "PUT .zst.manifest.json",
                        "HEAD .zst");
    }

    @Test
    void makesOneMoreForEachFurtherPart() {
        dump(TestDump.bytes());

        assertThat(s3.proxy.requests(S3Call.UPLOAD_PART)).hasSize(TestDump.PARTS);
        assertThat(requests()).hasSize(16 + TestDump.PARTS);
    }

    @Test
    void looksAtTheManifestOnceMoreBeforeItReplacesAnUnfinishedFile() {
        TestDump.commit(s3.directStore(), TestDump.bytes());

        dump("a small dump".getBytes(UTF_8));

        assertThat(requests())
                .containsSubsequence("UPLOAD_PART .zst", "HEAD .zst.manifest.json", "COMPLETE_UPLOAD .zst");
    }

    @Test
    void keepsTheFileOfAnAttemptThatPublishesBeforeItIsReplaced() throws IOException {
        DumpStore first = s3.directStore();
        TestDump.commit(first, TestDump.bytes());
        try (DumpUpload late = s3.store().begin(TestDump.KEY)) {
            late.write(new byte[1], 0, 1);
            first.publish(TestDump.manifest());

            AutoDumpException failure = catchThrowableOfType(AutoDumpException.class, late::commit);

            assertThat(failure.code()).isEqualTo(ErrorCode.DUMP_EXISTS);
        }
        s3.assertDumpIsWhole();
    }

    private void dump(byte[] bytes) {
        InMemorySecrets secrets = new InMemorySecrets()
                .put(
                        TaggedSecret.builder().id(ORDERS).name("orders").build(),
                        SecretValue.of("{\"engine\":\"postgres\",\"username\":\"app\",\"password\":\"hunter2\","
                                + "\"endpoint\":\"db.example.com\",\"databasename\":\"shop\"}"));
        DumpOutcome outcome = AutoDump.builder()
                .secretCatalog(secrets)
                .secretValues(secrets)
                .dumpSource(FakeDumpSource.printing(bytes))
                .dumpStore(s3.store())
                .clock(() -> TestDump.WHEN)
                .build()
                .dump(ORDERS, TestDump.WHEN, DumpProgress.SILENT);
        assertThat(outcome.alreadyThere()).isFalse();
    }

    private List<String> requests() {
        return s3.proxy.requests().stream().map(this::text).toList();
    }

    private String text(S3Request request) {
        if (request.call() == S3Call.LIST) {
            return "LIST";
        }
        String path = request.target().split("\\?", 2)[0];
        int begin = Math.min(path.length(), ("/" + s3.bucket + "/" + FILE).length());
        return request.call() + " " + path.substring(begin);
    }
}

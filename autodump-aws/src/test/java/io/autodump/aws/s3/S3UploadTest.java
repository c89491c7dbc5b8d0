package io.autodump.aws.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autodump.aws.s3.part.PartPlan;
import io.autodump.aws.s3.part.PartSizes;
import io.autodump.aws.s3.request.S3Bucket;
import io.autodump.aws.s3.request.S3Call;
import io.autodump.aws.s3.request.S3Limits;
import io.autodump.aws.s3.request.Sha256;
import io.autodump.aws.s3.request.WriteOptions;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.port.DumpStore;
import io.autodump.core.port.DumpUpload;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class S3UploadTest {
    private static final int PART = (int) S3Limits.MIN_PART;

    private final FaultyS3 s3 = FaultyS3.patient();

    @AfterEach
    void close() throws IOException {
        s3.close();
    }

    @Test
    void abortsWhatIsClosedWithoutACommit() {
        try (DumpUpload upload = s3.store().begin(TestDump.KEY)) {
            TestDump.write(upload, TestDump.bytes());
            assertThat(s3.openUploads()).hasSize(1);
        }
        assertThat(s3.openUploads()).isEmpty();
    }

    @Test
    void abortsAlsoWhenItsThreadIsInterrupted() {
        try (DumpUpload upload = s3.store().begin(TestDump.KEY)) {
            TestDump.write(upload, TestDump.bytes());
            Thread.currentThread().interrupt();
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(s3.openUploads()).isEmpty();
    }

    @Test
    void saysThatItWasInterrupted() {
        try (DumpUpload upload = s3.store().begin(TestDump.KEY)) {
            Thread.currentThread().interrupt();

            AutoDumpException failure = s3.failureOf(() -> TestDump.write(upload, TestDump.bytes()));

            assertThat(failure.code()).isEqualTo(ErrorCode.INTERRUPTED);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(s3.openUploads()).isEmpty();
    }

    @Test
    void failsAtTheNextWriteAfterAPartHasFailed() {
        s3.proxy.on(request -> request.part() == 1, 0, 9, FaultProxy.answer(403, "AccessDenied"));
        try (DumpUpload upload = s3.builder().partParallelism(1).build().begin(TestDump.KEY)) {
            AutoDumpException failure = s3.failureOf(() -> {
                for (int part = 0; part < 100; part++) {
                    upload.write(new byte[PART], 0, PART);
                }
            });

            assertThat(failure.code()).isEqualTo(ErrorCode.STORE_FAILED);
            assertThat(failure.getMessage()).contains("part 1 of");
            // One more part at most was taken in before the failure was seen.
            assertThat(s3.proxy.requests(S3Call.UPLOAD_PART)).hasSizeLessThanOrEqualTo(2);
        }
        assertThat(s3.openUploads()).isEmpty();
    }

    @Test
    void abortsAgainWhenAPartArrivedAfterTheAbort() {
        s3.proxy.on(
                S3Call.LIST_PARTS,
                1,
                FaultProxy.changeAnswer(answer -> HttpMessage.xml(
                        200,
                        "<ListPartsResult><Part><PartNumber>1</PartNumber><ETag>x</ETag><Size>1</Size></Part>"
                                + "</ListPartsResult>")));
        try (DumpUpload upload = s3.store().begin(TestDump.KEY)) {
            TestDump.write(upload, TestDump.bytes());
        }
        assertThat(s3.proxy.requests(S3Call.ABORT_UPLOAD)).hasSize(2);
        assertThat(s3.openUploads()).isEmpty();
    }

    @Test
    void hidesNoFailureBehindAnAbortThatFails() {
        s3.proxy.on(S3Call.COMPLETE_UPLOAD, 9, FaultProxy.answer(403, "AccessDenied"));
        s3.proxy.on(S3Call.ABORT_UPLOAD, 9, FaultProxy.answer(403, "AccessDenied"));

        AutoDumpException failure = s3.failureOf(() -> TestDump.make(s3.store()));

        assertThat(failure.getMessage()).contains("CompleteMultipartUpload");
        assertThat(failure.getSuppressed())
                .singleElement()
                .satisfies(abort -> assertThat(abort).hasMessageContaining("AbortMultipartUpload"));
    }

    @Test
    void sendsPartsInParallelAndNoMoreThanAllowed() {
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch three = new CountDownLatch(3);
        s3.proxy.on(S3Call.UPLOAD_PART, 99, exchange -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            three.countDown();
            await(three);
            HttpMessage answer = exchange.forward();
            now.decrementAndGet();
            exchange.reply(answer, Integer.MAX_VALUE);
        });
        byte[] bytes = new byte[9 * PART];

        TestDump.commit(s3.builder().partParallelism(3).build(), bytes);

        assertThat(most).hasValue(3);
    }

    @Test
    void managesWithMemoryForTwoPartsHoweverManyMayBeSentAtATime() {
        DumpStore store = s3.builder().memory(2L * PART).partParallelism(8).build();
        byte[] bytes = new byte[8 * PART + 1];

        TestDump.commit(store, bytes);

        assertThat(s3.proxy.requests(S3Call.UPLOAD_PART)).hasSize(9);
    }

    @Test
    void letsPartsGrowAndKeepsThemInOrder() throws IOException {
        S3DumpStore store = new S3DumpStore(
                new S3Bucket(FaultyS3.direct(), s3.bucket, Optional.empty(), Duration.ofMinutes(1)),
                "",
                new WriteOptions(
                        Optional.empty(), Map.of(), Optional.empty(), Optional.empty(), InstantSource.system()),
                new UploadSettings(
                        PartSizes.fixed(new PartPlan(PART, 3L * PART, 1)), 6L * PART, 4, true, Duration.ofMinutes(1)));
        byte[] bytes = new byte[7 * PART];
        new Random(3).nextBytes(bytes);

        TestDump.commit(store, bytes);

        String eTag = FaultyS3.direct()
                .headObject(request -> request.bucket(s3.bucket).key(TestDump.KEY.value()))
                .eTag();
        assertThat(eTag).endsWith("-4\"");
        try (InputStream stored = store.open(TestDump.KEY)) {
            assertThat(Sha256.of(stored)).isEqualTo(TestDump.checksum(bytes));
        }
    }

    @Test
    void storesAnEmptyFileWhenAskedTo() throws IOException {
        TestDump.commit(s3.store(), new byte[0]);

        try (InputStream stored = s3.store().open(TestDump.KEY)) {
            assertThat(stored.read()).isEqualTo(-1);
        }
    }

    @Test
    void takesNothingAfterItsEnd() {
        try (DumpUpload upload = s3.store().begin(TestDump.KEY)) {
            upload.write(new byte[1], 0, 1);
            upload.commit();

            assertThatThrownBy(() -> upload.write(new byte[1], 0, 1)).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(upload::commit).isInstanceOf(IllegalStateException.class);
        }
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            assertThat(latch.await(1, TimeUnit.MINUTES))
                    .as("it comes within a minute")
                    .isTrue();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException(interrupted);
        }
    }
}

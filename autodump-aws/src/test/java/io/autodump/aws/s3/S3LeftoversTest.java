package io.autodump.aws.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.autodump.aws.s3.request.S3Bucket;
import io.autodump.core.port.DumpUpload;
import io.autodump.core.port.Leftover;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class S3LeftoversTest {
    private final FaultyS3 s3 = FaultyS3.patient();

    @AfterEach
    void close() throws IOException {
        s3.close();
    }

    @Test
    void findsAndAbortsAnUploadThatNobodyContinues() {
        DumpUpload killed = s3.directStore().begin(TestDump.KEY);
        TestDump.write(killed, TestDump.bytes());
        S3Leftovers threeDaysLater = leftovers(Duration.ofDays(3));

        assertThat(threeDaysLater.abandonedUploads())
                .extracting(Leftover::place)
                .containsExactly("s3://" + s3.bucket + "/" + TestDump.KEY.value());
        threeDaysLater.abortAbandoned();

        assertThat(s3.openUploads()).isEmpty();
        assertThat(threeDaysLater.abandonedUploads()).isEmpty();
    }

    @Test
    void keepsTheUploadOfAnotherProcessThatStillRuns() {
        try (DumpUpload running = s3.directStore().begin(TestDump.KEY)) {
            TestDump.write(running, TestDump.bytes());

            leftovers(Duration.ofDays(1)).abortAbandoned();

            assertThat(s3.openUploads()).hasSize(1);
        }
    }

    @Test
    void keepsUploadsThatAreNotAutoDumps() {
        FaultyS3.direct()
                .createMultipartUpload(request -> request.bucket(s3.bucket).key("holidays.mp4"));

        leftovers(Duration.ofDays(3)).abortAbandoned();

        assertThat(s3.openUploads()).hasSize(1);
    }

    @Test
    void namesFilesWithoutAManifest() {
        TestDump.commit(s3.directStore(), TestDump.bytes());

        assertThat(leftovers(Duration.ofDays(3)).filesWithoutManifest())
                .containsExactly(
                        new Leftover("s3://" + s3.bucket + "/" + TestDump.KEY.value(), TestDump.bytes().length));
        assertThat(leftovers(Duration.ZERO).filesWithoutManifest())
                .as("a dump that is being checked has none yet")
                .isEmpty();

        s3.directStore().publish(TestDump.manifest());
        assertThat(leftovers(Duration.ofDays(3)).filesWithoutManifest()).isEmpty();
    }

    private S3Leftovers leftovers(Duration later) {
        S3Bucket bucket = new S3Bucket(FaultyS3.direct(), s3.bucket, Optional.empty(), Duration.ofSeconds(30));
        return new S3Leftovers(bucket, "", () -> Instant.now().plus(later));
    }
}

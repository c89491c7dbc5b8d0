package io.autodump.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autodump.core.dump.DumpManifest;
import io.autodump.core.dump.StoredFile;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.port.DumpUpload;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The part of {@link DumpStoreContract} about uploads. */
public abstract class DumpUploadContract extends DumpPartsContract {
    private static final int LARGE = 20_000_003;

    DumpUploadContract() {}

    @Test
    void leavesNothingWhenAnUploadIsClosedWithoutACommit() {
        try (DumpUpload upload = store().begin(KEY)) {
            upload.write(BYTES, 0, BYTES.length);
        }

        Failures.assertCode(
                "DumpUpload.close: without a commit nothing is left",
                () -> store().open(KEY),
                ErrorCode.DUMP_NOT_FOUND);
        assertThat(keys())
                .as("DumpUpload.close: without a commit nothing is left")
                .isEmpty();
    }

    @Test
    void showsNothingWhileAnUploadIsOpen() {
        try (DumpUpload upload = store().begin(KEY)) {
            upload.write(BYTES, 0, BYTES.length);

            Failures.assertCode(
                    "DumpUpload.write: nothing is visible before the commit",
                    () -> store().open(KEY),
                    ErrorCode.DUMP_NOT_FOUND);
            assertThat(keys())
                    .as("DumpUpload.write: nothing is visible before the commit")
                    .isEmpty();
        }
    }

    @Test
    void closesTwiceWithoutComplaintAndKeepsWhatWasCommitted() throws IOException {
        DumpUpload upload = store().begin(KEY);
        upload.write(BYTES, 0, BYTES.length);
        upload.commit();
        upload.close();
        upload.close();

        assertThat(read(KEY))
                .as("DumpUpload.close: twice, and what was committed stays")
                .isEqualTo(BYTES);
    }

    @Test
    void reportsWhatItStored() {
        try (DumpUpload upload = store().begin(KEY)) {
            upload.write(BYTES, 3, 5);
            upload.write(BYTES, 0, 0);
            upload.write(BYTES, 8, BYTES.length - 8);

            byte[] written = Arrays.copyOfRange(BYTES, 3, BYTES.length);
            assertThat(upload.commit())
                    .as("DumpUpload.commit: returns the size and the checksum of what is stored")
                    .isEqualTo(new StoredFile(written.length, checksum(written)));
        }
    }

    @Test
    void takesNothingAfterACommit() {
        try (DumpUpload upload = store().begin(KEY)) {
            upload.write(BYTES, 0, BYTES.length);
            upload.commit();

            assertThatThrownBy(() -> upload.write(BYTES, 0, 1))
                    .as("DumpUpload.write, commit: not after a commit")
                    .isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(upload::commit)
                    .as("DumpUpload.write, commit: not after a commit")
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void replacesAFileThatWasNeverPublished() throws IOException {
        upload(KEY, "left over by an attempt that died".getBytes(UTF_8));
        DumpManifest manifest = dump(KEY, BYTES);

        assertThat(read(KEY))
                .as("DumpUpload.commit: replaces a file without a manifest")
                .isEqualTo(BYTES);
        assertThat(store().find(KEY))
                .as("DumpUpload.commit: replaces a file without a manifest")
                .contains(manifest);
    }

    @Test
    void keepsAnUnpublishedFileWhenItsReplacementIsAborted() throws IOException {
        upload(KEY, BYTES);
        try (DumpUpload upload = store().begin(KEY)) {
            upload.write(new byte[] {1, 2, 3}, 0, 3);
        }

        assertThat(read(KEY))
                .as("DumpUpload.close: an aborted replacement leaves the file")
                .isEqualTo(BYTES);
    }

    @Test
    void refusesTheCommitOfALateTwin() throws IOException {
        byte[] late = "the late twin's bytes".getBytes(UTF_8);
        try (DumpUpload twin = store().begin(KEY)) {
            twin.write(late, 0, late.length);
            dump(KEY, BYTES);

            Failures.assertCode(
                    "DumpUpload.commit: a dump that was finished meanwhile stays", twin::commit, ErrorCode.DUMP_EXISTS);
        }
        assertThat(read(KEY))
                .as("DumpUpload.commit: a dump that was finished meanwhile stays")
                .isEqualTo(BYTES);
    }

    @Test
    void keepsEveryByteOfALargeFileWrittenInUnevenPieces() throws IOException {
        byte[] bytes = new byte[LARGE];
        Random random = new Random(7);
        random.nextBytes(bytes);
        try (DumpUpload upload = store().begin(KEY)) {
            byte[] buffer = new byte[1_000_000];
            for (int from = 0; from < bytes.length; ) {
                int length = Math.min(1 + random.nextInt(buffer.length - 7), bytes.length - from);
                System.arraycopy(bytes, from, buffer, 7, length);
                upload.write(buffer, 7, length);
                Arrays.fill(buffer, (byte) 0);
                from += length;
            }
            assertThat(upload.commit())
                    .as("DumpUpload.write: every byte, in order, in pieces of any size")
                    .isEqualTo(new StoredFile(LARGE, checksum(bytes)));
        }

        assertThat(MessageDigest.isEqual(read(KEY), bytes))
                .as("DumpUpload.write: every byte, in order, in pieces of any size")
                .isTrue();
    }
}

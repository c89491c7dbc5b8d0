package io.autodump.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autodump.core.database.TlsMode;
import io.autodump.core.dump.Checksum;
import io.autodump.core.dump.Compression;
import io.autodump.core.dump.DumpFileType;
import io.autodump.core.dump.DumpFormat;
import io.autodump.core.dump.DumpKey;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.dump.DumpSettings;
import io.autodump.core.dump.StoredFile;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.port.DumpStore;
import io.autodump.core.port.DumpUpload;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What every {@link DumpStore} keeps. */
public abstract class DumpStoreContract {
    private static final Instant WHEN = Instant.parse("2026-11-22T08:00:00Z");
    private static final DumpKey KEY = key("orders", WHEN);
    private static final byte[] BYTES = "a dump, whole from end to end".getBytes(UTF_8);
    private static final int LARGE = 20_000_003;

    /** The store under test; empty when a test begins, and the same one during a test. */
    protected abstract DumpStore store();

    @Test
    void showsNothingWhereThereIsNothing() {
        assertThat(keys()).isEmpty();
        assertThat(store().find(KEY)).isEmpty();
        assertThrowsCode(() -> store().open(KEY), ErrorCode.DUMP_NOT_FOUND);
    }

    @Test
    void showsAPublishedDump() throws IOException {
        DumpManifest manifest = dump(KEY, BYTES);

        assertThat(keys()).containsExactly(KEY);
        assertThat(store().find(KEY)).contains(manifest);
        assertThat(read(KEY)).isEqualTo(BYTES);
    }

    @Test
    void showsNothingBeforeTheManifest() {
        upload(KEY, BYTES);

        assertThat(keys()).isEmpty();
        assertThat(store().find(KEY)).isEmpty();
    }

    @Test
    void letsACommittedFileBeReadBeforeItIsPublished() throws IOException {
        upload(KEY, BYTES);

        assertThat(read(KEY)).isEqualTo(BYTES);
    }

    @Test
    void leavesNothingWhenAnUploadIsClosedWithoutACommit() {
        try (DumpUpload upload = store().begin(KEY)) {
            upload.write(BYTES, 0, BYTES.length);
        }

        assertThrowsCode(() -> store().open(KEY), ErrorCode.DUMP_NOT_FOUND);
        assertThat(keys()).isEmpty();
    }

    @Test
    void showsNothingWhileAnUploadIsOpen() {
        try (DumpUpload upload = store().begin(KEY)) {
            upload.write(BYTES, 0, BYTES.length);

            assertThrowsCode(() -> store().open(KEY), ErrorCode.DUMP_NOT_FOUND);
            assertThat(keys()).isEmpty();
        }
    }

    @Test
    void closesTwiceWithoutComplaintAndKeepsWhatWasCommitted() throws IOException {
        DumpUpload upload = store().begin(KEY);
        upload.write(BYTES, 0, BYTES.length);
        upload.commit();
        upload.close();
        upload.close();

        assertThat(read(KEY)).isEqualTo(BYTES);
    }

    @Test
    void reportsWhatItStored() {
        try (DumpUpload upload = store().begin(KEY)) {
            upload.write(BYTES, 3, 5);
            upload.write(BYTES, 0, 0);
            upload.write(BYTES, 8, BYTES.length - 8);

            byte[] written = Arrays.copyOfRange(BYTES, 3, BYTES.length);
            assertThat(upload.commit()).isEqualTo(new StoredFile(written.length, checksum(written)));
        }
    }

    @Test
    void takesNothingAfterACommit() {
        try (DumpUpload upload = store().begin(KEY)) {
            upload.write(BYTES, 0, BYTES.length);
            upload.commit();

            assertThatThrownBy(() -> upload.write(BYTES, 0, 1)).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(upload::commit).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void replacesAFileThatWasNeverPublished() throws IOException {
        upload(KEY, "left over by an attempt that died".getBytes(UTF_8));
        DumpManifest manifest = dump(KEY, BYTES);

        assertThat(read(KEY)).isEqualTo(BYTES);
        assertThat(store().find(KEY)).contains(manifest);
    }

    @Test
    void keepsAnUnpublishedFileWhenItsReplacementIsAborted() throws IOException {
        upload(KEY, BYTES);
        try (DumpUpload upload = store().begin(KEY)) {
            upload.write(new byte[] {1, 2, 3}, 0, 3);
        }

        assertThat(read(KEY)).isEqualTo(BYTES);
    }

    @Test
    void neverOverwritesAFinishedDump() throws IOException {
        DumpManifest manifest = dump(KEY, BYTES);

        assertThrowsCode(() -> store().begin(KEY), ErrorCode.DUMP_EXISTS);
        assertThat(read(KEY)).isEqualTo(BYTES);
        assertThat(store().find(KEY)).contains(manifest);
    }

    @Test
    void refusesTheCommitOfALateTwin() throws IOException {
        byte[] late = "the late twin's bytes".getBytes(UTF_8);
        try (DumpUpload twin = store().begin(KEY)) {
            twin.write(late, 0, late.length);
            dump(KEY, BYTES);

            assertThrowsCode(twin::commit, ErrorCode.DUMP_EXISTS);
        }
        assertThat(read(KEY)).isEqualTo(BYTES);
    }

    @Test
    void publishesTheSameManifestTwiceWithoutComplaint() {
        DumpManifest manifest = dump(KEY, BYTES);
        store().publish(manifest);

        assertThat(store().find(KEY)).contains(manifest);
    }

    @Test
    void keepsTheFirstManifestAgainstAnother() {
        DumpManifest manifest = dump(KEY, BYTES);
        DumpManifest other = manifest(KEY, BYTES).toolVersion("another").build();

        assertThrowsCode(() -> store().publish(other), ErrorCode.DUMP_EXISTS);
        assertThat(store().find(KEY)).contains(manifest);
    }

    @Test
    void refusesAManifestWithoutItsFile() {
        assertThrowsCode(() -> store().publish(manifest(KEY, BYTES).build()), ErrorCode.DUMP_NOT_FOUND);
        assertThat(keys()).isEmpty();
    }

    @Test
    void refusesTheManifestOfAFileThatAnotherAttemptHasReplaced() {
        upload(KEY, BYTES);
        DumpManifest manifest = manifest(KEY, BYTES).build();
        upload(KEY, otherBytes());

        assertThrowsCode(() -> store().publish(manifest), ErrorCode.STORE_FAILED);
        assertThat(keys()).isEmpty();
    }

    @Test
    void listsDumpsUnderDifferentPrefixesSecretsAndInstants() {
        List<DumpKey> expected = List.of(
                KEY,
                key("orders", WHEN.plusSeconds(1)),
                key("team/orders", WHEN),
                key("name with spaces, ünïcödé & 100%", WHEN),
                DumpKey.of(Optional.of("backups/nightly"), "orders", "shop", WHEN, ".dump"),
                DumpKey.of(Optional.empty(), "orders", "-weird/../name", WHEN, ".sql.gz"));
        expected.forEach(key -> dump(key, BYTES));

        assertThat(keys()).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void deletesADump() {
        dump(KEY, BYTES);
        DumpKey other = key("other", WHEN);
        dump(other, BYTES);
        store().delete(KEY);

        assertThat(keys()).containsExactly(other);
        assertThat(store().find(KEY)).isEmpty();
        assertThrowsCode(() -> store().open(KEY), ErrorCode.DUMP_NOT_FOUND);
    }

    @Test
    void deletesAFileThatWasNeverPublished() {
        upload(KEY, BYTES);
        store().delete(KEY);

        assertThrowsCode(() -> store().open(KEY), ErrorCode.DUMP_NOT_FOUND);
    }

    @Test
    void discardsAFileThatWillNotBePublished() {
        upload(KEY, BYTES);
        store().discard(manifest(KEY, BYTES).build());

        assertThrowsCode(() -> store().open(KEY), ErrorCode.DUMP_NOT_FOUND);
    }

    @Test
    void keepsAFinishedDumpFromBeingDiscarded() {
        dump(KEY, BYTES);
        store().discard(manifest(KEY, BYTES).build());

        assertThat(keys()).containsExactly(KEY);
        assertThat(store().find(KEY)).isPresent();
    }

    @Test
    void keepsTheFileOfAnotherAttemptFromBeingDiscarded() throws IOException {
        byte[] another = otherBytes();
        upload(KEY, BYTES);
        upload(KEY, another);
        store().discard(manifest(KEY, BYTES).build());

        try (InputStream stored = store().open(KEY)) {
            assertThat(stored.readAllBytes()).isEqualTo(another);
        }
    }

    @Test
    void discardsWhatIsNotThereWithoutComplaint() {
        store().discard(manifest(KEY, BYTES).build());

        assertThat(keys()).isEmpty();
    }

    @Test
    void deletesWhatIsNotThereWithoutComplaint() {
        store().delete(KEY);

        assertThat(keys()).isEmpty();
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
            assertThat(upload.commit()).isEqualTo(new StoredFile(LARGE, checksum(bytes)));
        }

        assertThat(MessageDigest.isEqual(read(KEY), bytes)).isTrue();
    }

    private List<DumpKey> keys() {
        try (Stream<DumpKey> keys = store().list()) {
            return keys.toList();
        }
    }

    private byte[] read(DumpKey key) throws IOException {
        try (InputStream stored = store().open(key)) {
            return stored.readAllBytes();
        }
    }

    private DumpManifest dump(DumpKey key, byte[] bytes) {
        upload(key, bytes);
        DumpManifest manifest = manifest(key, bytes).build();
        store().publish(manifest);
        return manifest;
    }

    /** What another attempt would write: as many, and hardly any others. */
    private static byte[] otherBytes() {
        byte[] other = BYTES.clone();
        other[0]++;
        return other;
    }

    private void upload(DumpKey key, byte[] bytes) {
        try (DumpUpload upload = store().begin(key)) {
            upload.write(bytes, 0, bytes.length);
            upload.commit();
        }
    }

    private static DumpManifest.Builder manifest(DumpKey key, byte[] bytes) {
        return DumpManifest.builder()
                .key(key)
                .secretName("orders")
                .database("shop")
                .engine("postgres")
                .scheduledAt(WHEN)
                .startedAt(WHEN.plusSeconds(2))
                .finishedAt(WHEN.plusSeconds(60))
                .serverVersion("15.18")
                .clientVersion("15.18")
                .tls(TlsMode.VERIFY_FULL)
                .replica(false)
                .fileType(new DumpFileType(DumpFormat.CUSTOM, Compression.DEFAULT))
                .settings(DumpSettings.defaults())
                .sourceBytes(2L * bytes.length)
                .storedBytes(bytes.length)
                .checksum(checksum(bytes))
                .archiveEntries(42)
                .toolVersion("test");
    }

    private static DumpKey key(String secret, Instant when) {
        return DumpKey.of(Optional.empty(), secret, "shop", when, ".dump.zst");
    }

    private static Checksum checksum(byte[] bytes) {
        return Checksum.ofSha256(Checksum.newSha256().digest(bytes));
    }

    private static void assertThrowsCode(ThrowingCallable call, ErrorCode code) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        AutoDumpException.class,
                        failure -> assertThat(failure.code()).isEqualTo(code));
    }
}

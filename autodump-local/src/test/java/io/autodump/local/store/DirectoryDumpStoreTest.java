package io.autodump.local.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.autodump.core.AutoDump;
import io.autodump.core.database.TlsMode;
import io.autodump.core.dump.Checksum;
import io.autodump.core.dump.Compression;
import io.autodump.core.dump.DumpFileType;
import io.autodump.core.dump.DumpFormat;
import io.autodump.core.dump.DumpKey;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.dump.DumpSettings;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.port.DumpUpload;
import io.autodump.core.port.Leftover;
import io.autodump.core.usecase.status.DumpListing;
import io.autodump.local.file.Failures;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

final class DirectoryDumpStoreTest {
    private static final Instant WHEN = Instant.parse("2026-11-22T08:00:00Z");
    private static final DumpKey KEY = key("orders");
    private static final byte[] BYTES = "a dump, whole from end to end".getBytes(UTF_8);

    private final Path root;
    private final DirectoryDumpStore store;

    DirectoryDumpStoreTest(@TempDir Path folder) {
        root = folder.resolve("dumps");
        store = new DirectoryDumpStore(root);
    }

    @Test
    void laysADumpAndItsManifestUnderTheKeyReadableByTheOwnerAlone() throws IOException {
        dump(KEY, BYTES);

        for (String name : List.of(KEY.value(), KEY.manifestKey())) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(root.resolve(name))))
                    .isEqualTo("rw-------");
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(root.resolve("orders"))))
                .isEqualTo("rwx------");
        assertThat(temporaryFiles()).containsExactly("lock");
    }

    @Test
    void passesOverWhatIsNotItsOwn(@TempDir Path elsewhere) throws IOException {
        dump(KEY, BYTES);
        DirectoryDumpStore other = new DirectoryDumpStore(elsewhere);
        upload(other, key("linked"), BYTES);
        other.publish(manifest(key("linked"), BYTES));
        Files.createSymbolicLink(root.resolve("link"), elsewhere);
        Files.createSymbolicLink(root.resolve("loop"), root);
        Files.createDirectory(root.resolve("lost+found"));
        Files.writeString(root.resolve("README.md"), "mine");
        Files.writeString(root.resolve("orders/notes.manifest.json"), "mine");
        Files.writeString(root.resolve(key("orphan").manifestKey().replace('/', '_')), "mine");

        assertThat(keys()).containsExactly(KEY);
    }

    @Test
    void hidesNoOtherDumpBehindAManifestThatIsNoText() throws IOException {
        dump(KEY, BYTES);
        dump(key("damaged"), BYTES);
        Files.write(root.resolve(key("damaged").manifestKey()), new byte[] {(byte) 0xff});

        DumpListing listing = AutoDump.builder().dumpStore(store).build().list();

        assertThat(listing.dumps()).extracting(DumpManifest::key).containsExactly(KEY);
        assertThat(listing.unreadable()).hasSize(1);
    }

    @Test
    void leavesAnAbandonedFileToTheThreadThatIsLookingAtIt() throws IOException {
        Path temporary = Files.createDirectories(root.resolve(DirectoryDumpStore.TEMPORARY_FOLDER));
        Path abandoned = temporary.resolve("of-a-process-that-died.partial");
        try (FileChannel channel =
                        FileChannel.open(abandoned, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            dump(KEY, BYTES);

            assertThat(lock.isValid()).isTrue();
            assertThat(abandoned).exists();
        }
        assertThat(keys()).containsExactly(KEY);
    }

    @Test
    void makesNoiseAboutAManifestWhoseFileIsGone() throws IOException {
        dump(KEY, BYTES);
        Files.delete(root.resolve(KEY.value()));

        DumpListing listing = AutoDump.builder().dumpStore(store).build().list();

        assertThat(listing.dumps()).isEmpty();
        assertThat(listing.unreadable())
                .singleElement()
                .satisfies(problem -> assertThat(problem.what()).contains("its file is missing"));
        assertThat(Failures.report(ErrorCode.DUMP_CORRUPT, () -> store.find(KEY)))
                .contains("its file is missing", "HINT:");
    }

    @Test
    void saysThatANameIsTooLongBeforeAByteIsDumped() {
        DumpKey key = key("n".repeat(300));

        assertThat(Failures.report(ErrorCode.STORE_FAILED, () -> store.begin(key)))
                .contains("too long", "nothing was published", "HINT: shorten the name of the secret");
    }

    @Test
    void saysThatTheManifestsNameIsTooLongBeforeAByteIsDumped() {
        String database = "d".repeat(255 - "-2026-11-22T08-00-00Z.dump.zst".length());
        DumpKey key = DumpKey.of(Optional.empty(), "orders", database, WHEN, ".dump.zst");

        assertThat(Failures.report(ErrorCode.STORE_FAILED, () -> store.begin(key)))
                .contains("too long");
    }

    @Test
    void saysWhatStandsWhereItsFolderShouldBe() throws IOException {
        Files.writeString(root, "a file where a folder is expected");

        assertThat(Failures.report(ErrorCode.STORE_FAILED, () -> store.begin(KEY)))
                .contains(root.toString(), "not a folder", "nothing was published", "HINT:");
        Failures.report(ErrorCode.STORE_FAILED, () -> store.list().toList());
    }

    @Test
    void publishesNothingWhenTheFileCannotGetItsName() throws IOException {
        Files.createDirectories(root.resolve(KEY.value()).resolve("in the way"));
        try (DumpUpload upload = store.begin(KEY)) {
            upload.write(BYTES, 0, BYTES.length);

            Failures.report(ErrorCode.STORE_FAILED, () -> upload.commit());
        }

        assertThat(temporaryFiles()).containsExactly("lock");
        assertThat(keys()).isEmpty();
    }

    @Test
    void refusesAFileThatSomebodyElseWroteTo() throws IOException {
        try (DumpUpload upload = store.begin(KEY)) {
            upload.write(BYTES, 0, BYTES.length);
            byte[] changed = BYTES.clone();
            changed[0] ^= 1;
            Files.write(partialFile(), changed, StandardOpenOption.WRITE);

            assertThat(Failures.report(ErrorCode.DUMP_CORRUPT, upload::commit))
                    .contains("the bytes on the disk aren't those of dump " + KEY, "nothing was published", "CRC-32C");
        }
        assertThat(root.resolve(KEY.value())).doesNotExist();
    }

    @Test
    void refusesAFileThatLostItsEnd() throws IOException {
        try (DumpUpload upload = store.begin(KEY)) {
            upload.write(BYTES, 0, BYTES.length);
            Files.write(partialFile(), Arrays.copyOf(BYTES, BYTES.length - 1));

            Failures.report(ErrorCode.DUMP_CORRUPT, upload::commit);
        }
        assertThat(root.resolve(KEY.value())).doesNotExist();
    }

    @Test
    void saysThatTheDiskIsFullAndLeavesNothing(@TempDir Path disk) throws Exception {
        assumeTrue(run("mount", "-t", "tmpfs", "-o", "size=1m", "none", disk.toString()), "may mount a small disk");
        try {
            DirectoryDumpStore small = new DirectoryDumpStore(disk.resolve("dumps"));
            byte[] tooMuch = new byte[3 << 20];
            try (DumpUpload upload = small.begin(KEY)) {
                assertThat(Failures.report(ErrorCode.STORE_FAILED, () -> upload.write(tooMuch, 0, tooMuch.length)))
                        .contains("No space left on device", "HINT: free some space in " + small.root());
            }
            upload(small, KEY, BYTES);
            small.publish(manifest(KEY, BYTES));
            assertThat(small.find(KEY)).isPresent();
        } finally {
            run("umount", disk.toString());
        }
    }

    @Test
    void hintsAtWhatFixesAFileSystem() {
        assertThat(StoreFailure.of("it", root, new FileSystemException("x", null, "No space left on device"))
                        .report())
                .contains("it: x: No space left on device; nothing was published", "HINT: free some space");
        assertThat(StoreFailure.of("it", root, new FileSystemException("x", null, "Read-only file system"))
                        .report())
                .contains("HINT: mount the disk");
        assertThat(StoreFailure.of("it", root, new IOException("Input/output error"))
                        .report())
                .contains("HINT: check the disk of " + root);
        assertThat(StoreFailure.of("it", root, new AccessDeniedException("x")).report())
                .contains("x: permission denied", "HINT: let the user who runs AutoDump write to the folder " + root);
        assertThat(StoreFailure.of("it", root, new FileSystemException("x", null, "Too many levels of symbolic links"))
                        .report())
                .contains("HINT: remove the symbolic link below " + root);
        assertThat(StoreFailure.of("it", root, new FileSystemException("x")).report())
                .contains("x: the system gave no reason")
                .doesNotContain("Exception");
    }

    /** To open a pipe takes until somebody writes to it. */
    @Test
    @Timeout(60)
    void waitsForNoPipeThatLiesInTheStore() throws Exception {
        dump(KEY, BYTES);
        pipe(
                root.resolve(key("piped").manifestKey().replaceFirst("[^/]*$", "")),
                key("piped").manifestKey());
        pipe(root.resolve(".autodump-tmp"), ".autodump-tmp/a.partial");
        pipe(root.resolve(".autodump-tmp"), ".autodump-tmp/a.unpublished");

        assertThat(keys()).containsExactly(KEY);
        assertThat(Failures.report(ErrorCode.STORE_FAILED, () -> store.find(key("piped"))))
                .contains("isn't a regular file");
        dump(key("next"), BYTES);

        Files.delete(root.resolve(".autodump-tmp/lock"));
        pipe(root.resolve(".autodump-tmp"), ".autodump-tmp/lock");
        assertThat(Failures.report(
                        ErrorCode.STORE_FAILED, () -> upload(new DirectoryDumpStore(root), key("last"), BYTES)))
                .contains("lock: isn't a regular file");
    }

    private void pipe(Path folder, String name) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        Process maker = new ProcessBuilder("mkfifo", root.resolve(name).toString()).start();
        assertThat(maker.waitFor()).isZero();
    }

    @Test
    void refusesAManifestThatIsLargerThanAny() throws IOException {
        dump(KEY, BYTES);
        try (FileChannel manifest = FileChannel.open(root.resolve(KEY.manifestKey()), StandardOpenOption.WRITE)) {
            manifest.write(ByteBuffer.allocate(1), 1L << 32);
        }

        assertThat(Failures.report(ErrorCode.INVALID_DOCUMENT, () -> store.find(KEY)))
                .contains("has more than 64 MiB");
    }

    /** Permissions have nothing to do with it. */
    @Test
    void saysThatAFileIsWhereAFolderShouldBe() throws IOException {
        Files.createDirectories(root.resolve("dumps"));
        Path file = Files.writeString(root.resolve("file"), "");
        Files.writeString(root.resolve("dumps/orders"), "");

        for (DirectoryDumpStore blocked : List.of(
                new DirectoryDumpStore(file),
                new DirectoryDumpStore(file.resolve("a/b")),
                new DirectoryDumpStore(root.resolve("dumps")))) {
            assertThat(Failures.report(ErrorCode.STORE_FAILED, () -> upload(blocked, KEY, BYTES)))
                    .contains("HINT: " + root, " is a file and no folder: correct the path");
        }
    }

    @Test
    void endsAsInterruptedWhenItsThreadIs() throws IOException {
        try (DumpUpload upload = store.begin(KEY)) {
            Thread.currentThread().interrupt();
            Failures.report(ErrorCode.INTERRUPTED, () -> upload.write(BYTES, 0, BYTES.length));
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }

        assertThat(temporaryFiles()).doesNotContain("lock").isEmpty();
    }

    @Test
    void removesWhatADeadProcessLeftAndNothingThatIsStillWritten() throws IOException {
        try (DumpUpload living = new DirectoryDumpStore(root).begin(key("living"))) {
            living.write(BYTES, 0, BYTES.length);
            Path dead = root.resolve(DirectoryDumpStore.TEMPORARY_FOLDER).resolve("dead.partial");
            Files.write(dead, BYTES);

            store.begin(KEY).close();

            assertThat(dead).doesNotExist();
            living.commit();
        }
        assertThat(root.resolve(key("living").value())).hasBinaryContent(BYTES);
    }

    /** As kill -9 leaves it: nobody holds a lock on the note. */
    @Test
    void removesTheFileWhoseProcessDiedBeforeItsManifestWasThere() throws IOException {
        leaveUnpublished(key("dead"));

        assertThat(new StoreLeftovers(root).removedByTheNextDump())
                .extracting(Leftover::place)
                .containsExactly(root.resolve(key("dead").value()).toString());
        assertThat(new StoreLeftovers(root).filesWithoutManifest()).isEmpty();
        dump(KEY, BYTES);

        assertThat(root.resolve(key("dead").value())).doesNotExist();
        assertThat(temporaryFiles()).containsExactly("lock");
        assertThat(new StoreLeftovers(root).removedByTheNextDump()).isEmpty();
    }

    @Test
    void keepsTheDumpWhoseProcessDiedJustAfterItsManifestWasThere() throws IOException {
        leaveUnpublished(key("published"));
        new DirectoryDumpStore(root).publish(manifest(key("published"), BYTES));

        dump(KEY, BYTES);

        assertThat(keys()).containsExactlyInAnyOrder(KEY, key("published"));
        assertThat(temporaryFiles()).containsExactly("lock");
    }

    @Test
    void keepsTheFileOfATwinThatReplacedTheOneOfADeadProcess() throws IOException {
        leaveUnpublished(KEY);
        byte[] others = "another dump, of a process that lives".getBytes(UTF_8);
        Path file = root.resolve(KEY.value());
        Files.delete(file);
        Files.write(file, others);

        dump(key("next"), BYTES);

        assertThat(file).hasBinaryContent(others);
        assertThat(new StoreLeftovers(root).filesWithoutManifest())
                .extracting(Leftover::place)
                .containsExactly(file.toString());
    }

    @Test
    void leavesTheFileOfALivingProcessThatHasNoManifestYet() throws IOException {
        upload(store, KEY, BYTES);

        dump(key("next"), BYTES);

        assertThat(root.resolve(KEY.value())).hasBinaryContent(BYTES);
        store.publish(manifest(KEY, BYTES));
        assertThat(temporaryFiles()).containsExactly("lock");
    }

    /** The note of a process that lived on is moved aside while that process forgets it. */
    private void leaveUnpublished(DumpKey key) throws IOException {
        DirectoryDumpStore dying = new DirectoryDumpStore(root);
        upload(dying, key, BYTES);
        Path note = temporaryFiles().stream()
                .filter(name -> name.endsWith(".unpublished"))
                .map(root.resolve(DirectoryDumpStore.TEMPORARY_FOLDER)::resolve)
                .findFirst()
                .orElseThrow();
        Files.copy(note, note.resolveSibling("of-a-dead-process.unpublished"));
        Files.delete(note);
    }

    @Test
    void publishesWhatAnEarlierProcessCommitted() {
        upload(store, KEY, BYTES);
        new DirectoryDumpStore(root).publish(manifest(KEY, BYTES));

        assertThat(keys()).containsExactly(KEY);
    }

    @Test
    void refusesTheManifestOfAFileThatATwinHasReplaced() {
        byte[] others = "another dump, just as long...".getBytes(UTF_8);
        upload(store, KEY, BYTES);
        upload(new DirectoryDumpStore(root), KEY, others);

        assertThat(Failures.report(ErrorCode.STORE_FAILED, () -> store.publish(manifest(KEY, BYTES))))
                .contains("another attempt at the same run has replaced it", "nothing was published");
        assertThat(keys()).isEmpty();
    }

    @Test
    void reportsAManifestThatCannotBeReadAndHidesNoOther() throws IOException {
        dump(KEY, BYTES);
        dump(key("broken"), BYTES);
        Files.writeString(root.resolve(key("broken").manifestKey()), "{");
        dump(key("moved"), BYTES);
        Files.copy(
                root.resolve(KEY.manifestKey()),
                root.resolve(key("moved").manifestKey()),
                StandardCopyOption.REPLACE_EXISTING);

        assertThat(keys()).containsExactlyInAnyOrder(KEY, key("broken"), key("moved"));
        Failures.report(ErrorCode.INVALID_DOCUMENT, () -> store.find(key("broken")));
        assertThat(Failures.report(ErrorCode.INVALID_DOCUMENT, () -> store.find(key("moved"))))
                .contains("belongs to dump " + KEY);
    }

    @Test
    void refusesASecretNamedLikeItsTemporaryFolder() {
        Failures.report(ErrorCode.STORE_FAILED, () -> store.begin(key(DirectoryDumpStore.TEMPORARY_FOLDER)));
    }

    private List<DumpKey> keys() {
        try (Stream<DumpKey> keys = store.list()) {
            return keys.toList();
        }
    }

    private Path partialFile() throws IOException {
        Path folder = root.resolve(DirectoryDumpStore.TEMPORARY_FOLDER);
        return folder.resolve(temporaryFiles().stream()
                .filter(name -> name.endsWith(".partial"))
                .findFirst()
                .orElseThrow());
    }

    private List<String> temporaryFiles() throws IOException {
        try (Stream<Path> files = Files.list(root.resolve(DirectoryDumpStore.TEMPORARY_FOLDER))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private void dump(DumpKey key, byte[] bytes) {
        upload(store, key, bytes);
        store.publish(manifest(key, bytes));
    }

    private static void upload(DirectoryDumpStore store, DumpKey key, byte[] bytes) {
        try (DumpUpload upload = store.begin(key)) {
            upload.write(bytes, 0, bytes.length);
            upload.commit();
        }
    }

    private static DumpManifest manifest(DumpKey key, byte[] bytes) {
        return DumpManifest.builder()
                .key(key)
                .secretName("orders")
                .database("shop")
                .engine("postgres")
                .scheduledAt(WHEN)
                .startedAt(WHEN)
                .finishedAt(WHEN)
                .serverVersion("15.18")
                .clientVersion("15.18")
                .tls(TlsMode.VERIFY_FULL)
                .replica(false)
                .fileType(new DumpFileType(DumpFormat.CUSTOM, Compression.DEFAULT))
                .settings(DumpSettings.defaults())
                .sourceBytes(bytes.length)
                .storedBytes(bytes.length)
                .checksum(checksum(bytes))
                .toolVersion("test")
                .build();
    }

    private static DumpKey key(String secret) {
        return DumpKey.of(Optional.empty(), secret, "shop", WHEN, ".dump.zst");
    }

    private static Checksum checksum(byte[] bytes) {
        return Checksum.ofSha256(Checksum.newSha256().digest(bytes));
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        try {
            Process process = new ProcessBuilder(command).start();
            return process.waitFor(1, TimeUnit.MINUTES) && process.exitValue() == 0;
        } catch (IOException absent) {
            return false;
        }
    }

    @Test
    void followsALinkToAFolderElsewhereWhenItWritesAndWhenItLists(@TempDir Path elsewhere) throws IOException {
        Files.createDirectories(root);
        Files.createSymbolicLink(root.resolve("orders"), Files.createDirectory(elsewhere.resolve("big-disk")));
        Files.createSymbolicLink(elsewhere.resolve("big-disk").resolve("loop"), elsewhere);

        dump(KEY, BYTES);

        assertThat(store.find(KEY)).isPresent();
        assertThat(keys()).containsExactly(KEY);
    }

    @Test
    void findsNoDumpTwiceThroughLinks() throws IOException {
        dump(KEY, BYTES);
        Files.createSymbolicLink(root.resolve("alias"), root.resolve("orders"));
        Files.createSymbolicLink(root.resolve("orders").resolve("loop"), root);

        assertThat(keys()).containsExactly(KEY);
    }

    @Test
    void refusesToWriteThroughALinkBackIntoTheStore() throws IOException {
        Files.createDirectories(root.resolve("other"));
        Files.createSymbolicLink(root.resolve("orders"), root.resolve("other"));

        assertThat(Failures.report(ErrorCode.STORE_FAILED, () -> store.begin(KEY)))
                .contains("orders", "leads through a symbolic link back into the store; nothing was written");
    }
}

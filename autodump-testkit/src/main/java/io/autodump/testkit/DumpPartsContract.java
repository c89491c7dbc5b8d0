package io.autodump.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.autodump.core.dump.DumpKey;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.dump.StoredFile;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.port.DumpUpload;
import io.autodump.core.port.PartsUpload;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** The part of {@link DumpStoreContract} about dumps of several parts. Skipped for a store that takes none. */
public abstract class DumpPartsContract extends PartsUnderTest {
    private static final int THREADS = 4;
    private static final List<String> NAMES = names(3);

    DumpPartsContract() {}

    /** Returns the number of parts of a large dump. Default: 1,000. */
    protected int manyParts() {
        return 1000;
    }

    private void requireParts() {
        assumeTrue(store().takesParts(), "the store takes no parts");
    }

    @Test
    void showsADumpOfPartsWhenItsManifestIsThere() throws IOException {
        requireParts();
        uploadParts(KEY, NAMES, "");
        assertThat(keys())
                .as("DumpStore.list: parts without a manifest aren't a dump")
                .isEmpty();
        assertThat(store().find(KEY))
                .as("DumpStore.find: parts without a manifest aren't a dump")
                .isEmpty();
        assertThat(part(KEY, ARCHIVE))
                .as("DumpStore.openPart: also without a manifest")
                .isEqualTo(bytes(ARCHIVE, ""));

        DumpManifest manifest = partsManifest(KEY, NAMES, "");
        store().publish(manifest);
        store().publish(manifest);
        assertThat(keys()).as("DumpStore.list: the dump, not its parts").containsExactly(KEY);
        assertThat(store().find(KEY)).as("DumpStore.find: with its parts").contains(manifest);
        for (String name : NAMES) {
            assertThat(part(KEY, name)).as("DumpStore.openPart").isEqualTo(bytes(name, ""));
        }
        Failures.assertCode(
                "DumpStore.open: a dump of parts has no file under its key",
                () -> store().open(KEY),
                ErrorCode.DUMP_NOT_FOUND);
        Failures.assertCode(
                "DumpStore.openPart: no such part",
                () -> store().openPart(KEY, "data/9999.copy.zst"),
                ErrorCode.DUMP_NOT_FOUND);
        assertThat(unfinished())
                .as("DumpStore.unfinished: a finished dump isn't unfinished")
                .isEmpty();
    }

    @Test
    void leavesNothingOfPartsThatAreClosedWithoutACommit() {
        requireParts();
        try (PartsUpload upload = store().beginParts(KEY, 2)) {
            write(upload, ARCHIVE, "");
            upload.part(NAMES.get(1)).write(BYTES, 0, BYTES.length);
        }

        assertNoPart("PartsUpload.close: without a commit nothing is left", ARCHIVE);
        assertNoPart("PartsUpload.close: without a commit nothing is left", NAMES.get(1));
        assertThat(unfinished())
                .as("PartsUpload.close: without a commit nothing is left")
                .isEmpty();
    }

    @Test
    void takesEachPartOnceAndNothingAfterTheCommit() {
        requireParts();
        try (PartsUpload upload = store().beginParts(KEY, 2)) {
            try (DumpUpload open = upload.part(ARCHIVE)) {
                assertState("PartsUpload.part: a part that is open", () -> upload.part(ARCHIVE));
                assertState("PartsUpload.commit: while a part is open", upload::commit);
                open.write(BYTES, 0, BYTES.length);
                open.commit();
            }
            assertState("PartsUpload.part: a part that is committed", () -> upload.part(ARCHIVE));
            assertThatThrownBy(() -> upload.part("../elsewhere"))
                    .as("PartsUpload.part: no other names")
                    .isInstanceOf(IllegalArgumentException.class);
            upload.commit();
            assertState("PartsUpload.part: after the commit", () -> upload.part(NAMES.get(1)));
            assertState("PartsUpload.commit: twice", upload::commit);
        }
    }

    @Test
    void beginsAFailedPartAgain() throws IOException {
        requireParts();
        try (PartsUpload upload = store().beginParts(KEY, 1)) {
            try (DumpUpload failed = upload.part(ARCHIVE)) {
                failed.write(new byte[] {1, 2, 3}, 0, 3);
            }
            assertThat(write(upload, ARCHIVE, ""))
                    .as("PartsUpload.part: a closed part is begun again")
                    .isEqualTo(new StoredFile(bytes(ARCHIVE, "").length, checksum(bytes(ARCHIVE, ""))));
            upload.commit();
        }
        store().publish(partsManifest(KEY, names(1), ""));

        assertThat(part(KEY, ARCHIVE))
                .as("PartsUpload.part: a closed part is begun again")
                .isEqualTo(bytes(ARCHIVE, ""));
    }

    @Test
    void replacesThePartsThatAnEarlierAttemptLeft() throws IOException {
        requireParts();
        uploadParts(KEY, names(5), "an earlier attempt");
        DumpManifest manifest = dumpParts(KEY, NAMES);

        assertThat(store().find(KEY))
                .as("DumpStore.beginParts: replaces parts without a manifest")
                .contains(manifest);
        assertThat(part(KEY, NAMES.get(2)))
                .as("DumpStore.beginParts: replaces parts without a manifest")
                .isEqualTo(bytes(NAMES.get(2), ""));
        assertNoPart("DumpStore.beginParts: removes parts that aren't replaced", names(5).get(4));
    }

    @Test
    void replacesLeftOverPartsByOneFileAndAFileByParts() throws IOException {
        requireParts();
        uploadParts(KEY, NAMES, "an earlier attempt");
        dump(KEY, BYTES);
        DumpKey other = key("other", WHEN);
        upload(other, BYTES);
        dumpParts(other, NAMES);

        assertThat(keys())
                .as("DumpStore.begin, beginParts: after an attempt of the other kind")
                .containsExactlyInAnyOrder(KEY, other);
        assertThat(read(KEY))
                .as("DumpStore.begin, beginParts: after an attempt of the other kind")
                .isEqualTo(BYTES);
        assertThat(part(other, ARCHIVE))
                .as("DumpStore.begin, beginParts: after an attempt of the other kind")
                .isEqualTo(bytes(ARCHIVE, ""));
        assertThat(unfinished())
                .as("DumpStore.begin, beginParts: after an attempt of the other kind")
                .isEmpty();
    }

    @Test
    void refusesAManifestOfWhichAPartIsMissing() {
        requireParts();
        uploadParts(KEY, NAMES, "");

        Failures.assertCode(
                "DumpStore.publish: a part is missing",
                () -> store().publish(partsManifest(KEY, names(4), "")),
                ErrorCode.DUMP_NOT_FOUND);
        assertThat(keys()).as("DumpStore.publish: a part is missing").isEmpty();
    }

    @Test
    void refusesTheManifestOfPartsThatAnotherAttemptReplaced() {
        requireParts();
        uploadParts(KEY, NAMES, "");
        uploadParts(KEY, NAMES, "other");

        Failures.assertCode(
                "DumpStore.publish: a part has other bytes than in the manifest",
                () -> store().publish(partsManifest(KEY, NAMES, "")),
                ErrorCode.STORE_FAILED);
        assertThat(keys())
                .as("DumpStore.publish: a part has other bytes than in the manifest")
                .isEmpty();
    }

    @Test
    void refusesALateTwinOfAFinishedDumpOfParts() throws IOException {
        requireParts();
        try (PartsUpload twin = store().beginParts(KEY, 1)) {
            dumpParts(KEY, NAMES);
            Failures.assertCode(
                    "PartsUpload.part: a dump that was finished meanwhile stays",
                    () -> write(twin, NAMES.get(2), "late"),
                    ErrorCode.DUMP_EXISTS);
        }
        Failures.assertCode(
                "DumpStore.beginParts: a finished dump stays", () -> store().beginParts(KEY, 1), ErrorCode.DUMP_EXISTS);
        Failures.assertCode(
                "DumpStore.begin: a finished dump of parts stays", () -> store().begin(KEY), ErrorCode.DUMP_EXISTS);
        assertThat(part(KEY, NAMES.get(2)))
                .as("PartsUpload.close: a dump that was finished meanwhile stays")
                .isEqualTo(bytes(NAMES.get(2), ""));
    }

    @Test
    void deletesADumpWithAllItsParts() {
        requireParts();
        dumpParts(KEY, NAMES);
        DumpKey later = key("orders", WHEN.plusSeconds(1));
        dumpParts(later, NAMES);
        store().delete(KEY);

        NAMES.forEach(name -> assertNoPart("DumpStore.delete: with all parts", name));
        assertThat(keys()).as("DumpStore.delete: this dump and no other").containsExactly(later);
        assertThat(store().find(later))
                .as("DumpStore.delete: this dump and no other")
                .isPresent();
    }

    @Test
    void discardsPartsThatWillNotBePublished() {
        requireParts();
        uploadParts(KEY, NAMES, "");
        store().discard(partsManifest(KEY, NAMES, ""));

        NAMES.forEach(name -> assertNoPart("DumpStore.discard: all parts", name));
    }

    @Test
    void keepsAFinishedDumpOfPartsFromBeingRemovedAsUnfinished() {
        requireParts();
        DumpManifest manifest = dumpParts(KEY, NAMES);
        store().discard(manifest);
        store().deleteUnfinished(KEY);

        assertThat(store().find(KEY))
                .as("DumpStore.discard, deleteUnfinished: a finished dump stays")
                .contains(manifest);
    }

    @Test
    void findsAndRemovesWhatAKilledAttemptLeft() {
        requireParts();
        uploadParts(KEY, NAMES, "");
        DumpKey finished = key("other", WHEN);
        dumpParts(finished, NAMES);

        assertThat(unfinished())
                .as("DumpStore.unfinished: the parts of one dump, once")
                .containsExactly(KEY);
        store().deleteUnfinished(unfinished().get(0));
        assertThat(unfinished())
                .as("DumpStore.deleteUnfinished: all parts of the dump")
                .isEmpty();
        NAMES.forEach(name -> assertNoPart("DumpStore.deleteUnfinished: all parts of the dump", name));
        assertThat(keys()).as("DumpStore.deleteUnfinished: no other dump").containsExactly(finished);
    }

    @Test
    void takesManyPartsFromSeveralThreads() throws Exception {
        requireParts();
        List<String> names = names(manyParts());
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try (PartsUpload upload = store().beginParts(KEY, THREADS)) {
            List<Future<StoredFile>> parts = new ArrayList<>();
            names.forEach(name -> parts.add(threads.submit(() -> write(upload, name, ""))));
            for (Future<StoredFile> part : parts) {
                part.get();
            }
            upload.commit();
        } catch (ExecutionException failed) {
            throw new AssertionError("PartsUpload.part: from several threads", failed.getCause());
        } finally {
            threads.shutdownNow();
        }
        DumpManifest manifest = partsManifest(KEY, names, "");
        store().publish(manifest);

        assertThat(store().find(KEY)).as("DumpStore.publish: many parts").contains(manifest);
        assertThat(keys()).as("DumpStore.list: the dump, not its parts").containsExactly(KEY);
        store().delete(KEY);
        assertThat(unfinished()).as("DumpStore.delete: many parts").isEmpty();
    }
}

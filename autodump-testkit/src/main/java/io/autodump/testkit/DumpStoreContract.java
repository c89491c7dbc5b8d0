package io.autodump.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.autodump.core.dump.DumpKey;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.port.DumpStore;
import io.autodump.core.port.DumpUpload;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The contract of {@link DumpStore} and {@link DumpUpload}. */
public abstract class DumpStoreContract extends DumpUploadContract {
    /** For the test class of a store. */
    protected DumpStoreContract() {}

    @Test
    void showsNothingWhereThereIsNothing() {
        assertThat(keys()).as("DumpStore.list, find, open: an empty store").isEmpty();
        assertThat(store().find(KEY))
                .as("DumpStore.list, find, open: an empty store")
                .isEmpty();
        Failures.assertCode(
                "DumpStore.list, find, open: an empty store", () -> store().open(KEY), ErrorCode.DUMP_NOT_FOUND);
    }

    @Test
    void showsAPublishedDump() throws IOException {
        DumpManifest manifest = dump(KEY, BYTES);

        assertThat(keys())
                .as("DumpStore.publish: from here on the dump exists, as it was written")
                .containsExactly(KEY);
        assertThat(store().find(KEY))
                .as("DumpStore.publish: from here on the dump exists, as it was written")
                .contains(manifest);
        assertThat(read(KEY))
                .as("DumpStore.publish: from here on the dump exists, as it was written")
                .isEqualTo(BYTES);
    }

    @Test
    void showsNothingBeforeTheManifest() {
        upload(KEY, BYTES);

        assertThat(keys())
                .as("DumpStore.list, find: a file without a manifest isn't a dump")
                .isEmpty();
        assertThat(store().find(KEY))
                .as("DumpStore.list, find: a file without a manifest isn't a dump")
                .isEmpty();
    }

    @Test
    void letsACommittedFileBeReadBeforeItIsPublished() throws IOException {
        upload(KEY, BYTES);

        assertThat(read(KEY))
                .as("DumpStore.open: also a file without a manifest")
                .isEqualTo(BYTES);
    }

    @Test
    void neverOverwritesAFinishedDump() throws IOException {
        DumpManifest manifest = dump(KEY, BYTES);

        Failures.assertCode(
                "DumpStore.begin: a finished dump is never overwritten",
                () -> store().begin(KEY),
                ErrorCode.DUMP_EXISTS);
        assertThat(read(KEY))
                .as("DumpStore.begin: a finished dump is never overwritten")
                .isEqualTo(BYTES);
        assertThat(store().find(KEY))
                .as("DumpStore.begin: a finished dump is never overwritten")
                .contains(manifest);
    }

    @Test
    void publishesTheSameManifestTwiceWithoutComplaint() {
        DumpManifest manifest = dump(KEY, BYTES);
        store().publish(manifest);

        assertThat(store().find(KEY))
                .as("DumpStore.publish: an equal manifest again is a no-op")
                .contains(manifest);
    }

    @Test
    void keepsTheFirstManifestAgainstAnother() {
        DumpManifest manifest = dump(KEY, BYTES);
        DumpManifest other = manifest(KEY, BYTES).toolVersion("another").build();

        Failures.assertCode(
                "DumpStore.publish: another manifest doesn't replace the first",
                () -> store().publish(other),
                ErrorCode.DUMP_EXISTS);
        assertThat(store().find(KEY))
                .as("DumpStore.publish: another manifest doesn't replace the first")
                .contains(manifest);
    }

    @Test
    void refusesAManifestWithoutItsFile() {
        Failures.assertCode(
                "DumpStore.publish: a manifest without its file",
                () -> store().publish(manifest(KEY, BYTES).build()),
                ErrorCode.DUMP_NOT_FOUND);
        assertThat(keys()).as("DumpStore.publish: a manifest without its file").isEmpty();
    }

    @Test
    void refusesTheManifestOfAFileThatAnotherAttemptHasReplaced() {
        upload(KEY, BYTES);
        DumpManifest manifest = manifest(KEY, BYTES).build();
        upload(KEY, otherBytes());

        Failures.assertCode(
                "DumpStore.publish: a manifest of other bytes than the file's",
                () -> store().publish(manifest),
                ErrorCode.STORE_FAILED);
        assertThat(keys())
                .as("DumpStore.publish: a manifest of other bytes than the file's")
                .isEmpty();
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

        assertThat(keys())
                .as("DumpStore.list: every finished dump, whatever its key")
                .containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void deletesADump() {
        dump(KEY, BYTES);
        DumpKey other = key("other", WHEN);
        dump(other, BYTES);
        store().delete(KEY);

        assertThat(keys()).as("DumpStore.delete: this dump and no other").containsExactly(other);
        assertThat(store().find(KEY))
                .as("DumpStore.delete: this dump and no other")
                .isEmpty();
        Failures.assertCode(
                "DumpStore.delete: this dump and no other", () -> store().open(KEY), ErrorCode.DUMP_NOT_FOUND);
    }

    @Test
    void deletesAFileThatWasNeverPublished() {
        upload(KEY, BYTES);
        store().delete(KEY);

        Failures.assertCode(
                "DumpStore.delete: also a file without a manifest", () -> store().open(KEY), ErrorCode.DUMP_NOT_FOUND);
    }

    @Test
    void discardsAFileThatWillNotBePublished() {
        upload(KEY, BYTES);
        store().discard(manifest(KEY, BYTES).build());

        Failures.assertCode(
                "DumpStore.discard: the file of the manifest", () -> store().open(KEY), ErrorCode.DUMP_NOT_FOUND);
    }

    @Test
    void keepsAFinishedDumpFromBeingDiscarded() {
        dump(KEY, BYTES);
        store().discard(manifest(KEY, BYTES).build());

        assertThat(keys()).as("DumpStore.discard: a finished dump stays").containsExactly(KEY);
        assertThat(store().find(KEY))
                .as("DumpStore.discard: a finished dump stays")
                .isPresent();
    }

    @Test
    void keepsTheFileOfAnotherAttemptFromBeingDiscarded() throws IOException {
        byte[] another = otherBytes();
        upload(KEY, BYTES);
        upload(KEY, another);
        store().discard(manifest(KEY, BYTES).build());

        try (InputStream stored = store().open(KEY)) {
            assertThat(stored.readAllBytes())
                    .as("DumpStore.discard: another attempt's file stays")
                    .isEqualTo(another);
        }
    }

    @Test
    void discardsWhatIsNotThereWithoutComplaint() {
        store().discard(manifest(KEY, BYTES).build());

        assertThat(keys()).as("DumpStore.discard: nothing there is a no-op").isEmpty();
    }

    @Test
    void deletesWhatIsNotThereWithoutComplaint() {
        store().delete(KEY);

        assertThat(keys()).as("DumpStore.delete: nothing there is a no-op").isEmpty();
    }
}

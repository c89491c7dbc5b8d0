package io.autodump.core.usecase;

import static io.autodump.core.usecase.Fixtures.BYTES;
import static io.autodump.core.usecase.Fixtures.CLOCK;
import static io.autodump.core.usecase.Fixtures.NOW;
import static io.autodump.core.usecase.Fixtures.ORDERS;
import static io.autodump.core.usecase.Fixtures.secrets;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.autodump.core.AutoDump;
import io.autodump.core.AutoDumpBuilder;
import io.autodump.core.contract.TagNames;
import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.database.Password;
import io.autodump.core.dump.DumpKey;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.dump.DumpPart;
import io.autodump.core.dump.DumpSettings;
import io.autodump.core.dump.RestoreOptions;
import io.autodump.core.encryption.Recipient;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.port.ArchiveInspector;
import io.autodump.core.port.DumpProgress;
import io.autodump.core.port.DumpSource;
import io.autodump.core.port.RestoreCheck;
import io.autodump.core.testing.FakeArchiveInspector;
import io.autodump.core.testing.FakeDumpEncryption;
import io.autodump.core.testing.FakeDumpRestorer;
import io.autodump.core.testing.FakeDumpSource;
import io.autodump.core.testing.InMemoryDumpStore;
import io.autodump.core.testing.RecordingDumpEvents;
import io.autodump.core.usecase.restore.VerifyReport;
import io.autodump.core.wire.DumpManifestJson;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What every use case does with encrypted dumps. */
class EncryptedDumpsTest {
    private static final Recipient TEAM =
            new Recipient("age13uer3hlv5dsf6mvjfsegqr83pxsadgcypnksl2jmue93xajkvccsleavyd");
    private static final Recipient VAULT =
            new Recipient("age1qnpr8ruw5y49aa4cvwq0fzll2ntfddhv6e5p85auzcacddvnap8sdlqh7s");
    private static final Recipient STRANGER =
            new Recipient("age1wy7dmzru0kx323ml3kggmscnj03hesklq7p4nzagzsa4athhfqeqeldze0");
    private static final String KEY = "orders/shop/2026/11/22/shop-2026-11-22T09-30-00Z.dump.zst.age";
    private static final byte[] ROWS = "1\n2\n3\n".getBytes(UTF_8);
    private static final DatabaseSecret TARGET = DatabaseSecret.builder()
            .username("app")
            .password(Password.of("hunter2"))
            .host("localhost")
            .database("copy")
            .build();

    private final InMemoryDumpStore store = new InMemoryDumpStore();
    private final RecordingDumpEvents events = new RecordingDumpEvents();
    private final FakeDumpRestorer restorer = new FakeDumpRestorer(List.of(), true);
    private Map<String, String> tags = Map.of(TagNames.ENCRYPT_TO, TEAM + " " + VAULT);
    private DumpSource source = FakeDumpSource.printing(BYTES);
    private final ArchiveInspector inspector = new Inspector();

    @Test
    void storesNoByteOfTheDumpAndSaysSo() throws Exception {
        DumpManifest manifest = dump(FakeDumpEncryption.withIdentitiesOf());

        assertThat(manifest.key().value()).isEqualTo(KEY);
        assertThat(manifest.settings().encryptTo()).containsExactly(TEAM, VAULT);
        byte[] stored = stored(manifest.key());
        assertThat(new String(stored, UTF_8)).doesNotContain("whole").contains(VAULT.text());
        assertThat(manifest.storedBytes()).isEqualTo(stored.length);
        assertThat(manifest.sourceBytes()).isEqualTo(BYTES.length);
        try (InputStream plain = FakeDumpEncryption.withIdentitiesOf(VAULT).decrypt(new ByteArrayInputStream(stored))) {
            assertThat(plain.readAllBytes()).isEqualTo(BYTES);
        }
    }

    @Test
    void theManifestAsJsonNamesTheRecipients() {
        DumpManifest manifest = dump(FakeDumpEncryption.withIdentitiesOf());

        String json = DumpManifestJson.write(manifest);

        assertThat(json.replaceAll("\\s", ""))
                .contains("\"encryption\":{\"method\":\"age\",\"recipients\":[\"" + TEAM + "\",\"" + VAULT + "\"]}");
        assertThat(DumpManifestJson.parse("test", json)).isEqualTo(manifest);
    }

    @Test
    void aNameNeverSaysSomethingElseThanTheManifest() {
        DumpManifest manifest = dump(FakeDumpEncryption.withIdentitiesOf());
        DumpManifest.Builder other = DumpManifest.builder().from(manifest).settings(DumpSettings.defaults());

        assertThatIllegalArgumentException().isThrownBy(other::build).withMessageContaining(".age");
    }

    @Test
    void comparesTheBytesWithoutAnIdentityAndSaysThatItReadNoMore() {
        DumpManifest manifest = dump(FakeDumpEncryption.withIdentitiesOf());

        VerifyReport report = autoDump(FakeDumpEncryption.withIdentitiesOf()).verify(manifest.key());

        assertThat(report.contentsRead()).isFalse();
        assertThat(report.archiveEntries()).isEmpty();
        byte[] shorter = Arrays.copyOf(stored(manifest.key()), 20);
        store.corrupt(manifest.key(), shorter);
        assertCode(
                () -> autoDump(FakeDumpEncryption.withIdentitiesOf()).verify(manifest.key()), ErrorCode.DUMP_CORRUPT);
    }

    @Test
    void readsTheContentsWithAnIdentity() {
        DumpManifest manifest = dump(FakeDumpEncryption.withIdentitiesOf());

        VerifyReport report =
                autoDump(FakeDumpEncryption.withIdentitiesOf(VAULT)).verify(manifest.key());

        assertThat(report.contentsRead()).isTrue();
        assertThat(report.archiveEntries()).contains(FakeArchiveInspector.ENTRIES);
    }

    @Test
    void tellsAWrongIdentityFromAChangedDump() {
        DumpManifest manifest = dump(FakeDumpEncryption.withIdentitiesOf());
        AutoDump stranger = autoDump(FakeDumpEncryption.withIdentitiesOf(STRANGER));

        assertCode(() -> stranger.verify(manifest.key()), ErrorCode.IDENTITY_REFUSED);
        byte[] changed = stored(manifest.key());
        changed[changed.length - 1] ^= 1;
        store.corrupt(manifest.key(), changed);
        assertCode(() -> stranger.verify(manifest.key()), ErrorCode.DUMP_CORRUPT);
    }

    @Test
    void restoresWithAnIdentity() {
        DumpManifest manifest = dump(FakeDumpEncryption.withIdentitiesOf());

        restore(FakeDumpEncryption.withIdentitiesOf(TEAM), manifest.key());

        assertThat(restorer.restored())
                .hasValueSatisfying(bytes -> assertThat(bytes).isEqualTo(BYTES));
    }

    @Test
    void restoresNothingWithoutAFittingIdentity() {
        DumpManifest manifest = dump(FakeDumpEncryption.withIdentitiesOf());

        assertCode(() -> restore(FakeDumpEncryption.withIdentitiesOf(), manifest.key()), ErrorCode.IDENTITY_MISSING);
        assertCode(
                () -> restore(FakeDumpEncryption.withIdentitiesOf(STRANGER), manifest.key()),
                ErrorCode.IDENTITY_REFUSED);
        assertThat(restorer.restored()).isEmpty();
    }

    @Test
    void encryptsEachPart() throws Exception {
        source = FakeDumpSource.printingParts(BYTES, ROWS, ROWS);
        DumpManifest manifest = dump(FakeDumpEncryption.withIdentitiesOf());

        assertThat(manifest.key().value()).isEqualTo(KEY);
        assertThat(manifest.parts().all())
                .extracting(DumpPart::name)
                .containsExactly("archive.dump.zst.age", "data/0001.copy.zst.age", "data/0002.copy.zst.age");
        try (InputStream part = store.openPart(manifest.key(), "data/0001.copy.zst.age")) {
            assertThat(new String(part.readAllBytes(), UTF_8)).startsWith("fake encryption for ");
        }
        assertThat(DumpManifestJson.parse("test", DumpManifestJson.write(manifest)))
                .isEqualTo(manifest);
        assertThat(autoDump(FakeDumpEncryption.withIdentitiesOf(TEAM))
                        .verify(manifest.key())
                        .contentsRead())
                .isTrue();
        assertThat(autoDump(FakeDumpEncryption.withIdentitiesOf())
                        .verify(manifest.key())
                        .contentsRead())
                .isFalse();
        restore(FakeDumpEncryption.withIdentitiesOf(TEAM), manifest.key());
        assertThat(restorer.restoredParts().get("data/0002.copy.zst.age")).isEqualTo(ROWS);
    }

    @Test
    void dumpsNothingWhereItCanNotEncrypt() {
        AutoDump without = builder().build();

        assertCode(() -> without.dump(ORDERS, NOW, DumpProgress.SILENT), ErrorCode.ENCRYPTION_MISSING);

        assertThat(store.find(new DumpKey(KEY))).isEmpty();
        assertThat(((FakeDumpSource) source).prepared()).isZero();
        assertThat(events.events()).hasSize(1);
    }

    @Test
    void dumpsNothingWithABrokenTag() {
        tags = Map.of(TagNames.ENCRYPT_TO, TEAM.text().replace('u', 'v'));

        assertCode(() -> dump(FakeDumpEncryption.withIdentitiesOf()), ErrorCode.INVALID_TAGS);

        assertThat(((FakeDumpSource) source).prepared()).isZero();
    }

    @Test
    void encryptsForTheRecipientsOfEveryDumpUnlessATagNamesOthers() {
        AutoDump all = builder()
                .encryption(FakeDumpEncryption.withIdentitiesOf())
                .encryptTo(List.of(STRANGER))
                .build();

        assertThat(recipients(all)).containsExactly(TEAM, VAULT);
        tags = Map.of();
        AutoDump untagged = builder()
                .encryption(FakeDumpEncryption.withIdentitiesOf())
                .encryptTo(List.of(STRANGER))
                .build();
        assertThat(untagged.dump("other", TARGET).manifest().settings().encryptTo())
                .containsExactly(STRANGER);
    }

    @Test
    void provesAnEncryptedDumpOnlyWithAnIdentity() {
        tags = Map.of(TagNames.ENCRYPT_TO, TEAM.text(), TagNames.VERIFY, "restore");
        Proof proof = new Proof();

        assertCode(
                () -> builder()
                        .encryption(FakeDumpEncryption.withIdentitiesOf())
                        .restoreCheck(proof)
                        .build()
                        .dump(ORDERS, NOW, DumpProgress.SILENT),
                ErrorCode.IDENTITY_MISSING);
        assertThat(((FakeDumpSource) source).prepared()).isZero();

        builder()
                .encryption(FakeDumpEncryption.withIdentitiesOf(TEAM))
                .restoreCheck(proof)
                .build()
                .dump(ORDERS, NOW, DumpProgress.SILENT);
        assertThat(proof.proven).hasValueSatisfying(bytes -> assertThat(bytes).isEqualTo(BYTES));
    }

    @Test
    void doesNotDumpAgainWhatAnEarlierAttemptHasFinishedUnencrypted() {
        Map<String, String> encrypted = tags;
        tags = Map.of();
        DumpManifest first = dump(FakeDumpEncryption.withIdentitiesOf());
        tags = encrypted;

        assertThat(dump(FakeDumpEncryption.withIdentitiesOf())).isEqualTo(first);
    }

    private static List<Recipient> recipients(AutoDump autoDump) {
        return autoDump.dump(ORDERS, NOW, DumpProgress.SILENT)
                .manifest()
                .settings()
                .encryptTo();
    }

    private DumpManifest dump(FakeDumpEncryption encryption) {
        return autoDump(encryption).dump(ORDERS, NOW, DumpProgress.SILENT).manifest();
    }

    private void restore(FakeDumpEncryption encryption, DumpKey key) {
        autoDump(encryption).restore(key, TARGET, RestoreOptions.DEFAULTS, DumpProgress.SILENT);
    }

    private AutoDump autoDump(FakeDumpEncryption encryption) {
        return builder().encryption(encryption).build();
    }

    private AutoDumpBuilder builder() {
        return AutoDump.builder()
                .secretCatalog(secrets(tags))
                .secretValues(secrets(tags))
                .dumpSource(source)
                .dumpStore(store)
                .dumpEvents(events)
                .archiveInspector(inspector)
                .dumpRestorer(restorer)
                .clock(CLOCK);
    }

    private byte[] stored(DumpKey key) {
        try (InputStream stored = store.open(key)) {
            return stored.readAllBytes();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static void assertCode(ThrowingCallable call, ErrorCode code) {
        AutoDumpException failure = catchThrowableOfType(AutoDumpException.class, call);
        assertThat(failure).isNotNull();
        assertThat(failure.code()).isEqualTo(code);
        assertThat(failure.hint()).isPresent();
    }

    private static final class Inspector implements ArchiveInspector {
        @Override
        public Optional<Integer> inspect(DumpManifest manifest, InputStream stored) {
            try {
                assertThat(stored.readAllBytes()).isEqualTo(BYTES);
                return Optional.of(FakeArchiveInspector.ENTRIES);
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }

        @Override
        public OptionalLong countRows(DumpManifest manifest, DumpPart part, InputStream stored) {
            return new FakeArchiveInspector().countRows(manifest, part, stored);
        }
    }

    private static final class Proof implements RestoreCheck {
        private Optional<byte[]> proven = Optional.empty();

        @Override
        public void checkReady(DatabaseSecret database) {}

        @Override
        public void prove(DumpManifest manifest, InputStream stored) {
            try {
                proven = Optional.of(stored.readAllBytes());
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }
    }
}

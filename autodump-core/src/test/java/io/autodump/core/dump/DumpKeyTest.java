package io.autodump.core.dump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DumpKeyTest {
    private static final Instant WHEN = Instant.parse("2026-01-02T03:04:05.678Z");

    @Test
    void isMadeOfPrefixSecretDatabaseAndTheScheduledInstantInUtc() {
        assertThat(DumpKey.of(Optional.of("backups/nightly"), "team/orders", "shop", WHEN, ".dump.zst"))
                .hasToString("backups/nightly/team/orders/shop/2026/01/02/shop-2026-01-02T03-04-05Z.dump.zst");
        assertThat(DumpKey.of(Optional.empty(), "orders", "shop", WHEN, ".sql"))
                .hasToString("orders/shop/2026/01/02/shop-2026-01-02T03-04-05Z.sql");
    }

    @Test
    void keepsItsManifestBesideIt() {
        DumpKey key = DumpKey.of(Optional.empty(), "orders", "shop", WHEN, ".dump");

        assertThat(key.manifestKey()).isEqualTo("orders/shop/2026/01/02/shop-2026-01-02T03-04-05Z.dump.manifest.json");
        assertThat(DumpKey.ofManifest(key.manifestKey())).contains(key);
        assertThat(DumpKey.ofManifest(key.value())).isEmpty();
        assertThat(DumpKey.parse(key.manifestKey())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "..",
                ".",
                "../../etc",
                "/etc/passwd",
                "a//b",
                "a b",
                "-rf",
                "na\nme",
                "ünï",
                "%41",
                "a/../../b",
                "~"
            })
    void neverLeavesItsFolderWhateverTheNamesHold(String name) {
        DumpKey key = DumpKey.of(Optional.of(name), name, name, WHEN, ".dump");
        Path root = Path.of("/dumps");

        assertThat(root.resolve(key.value()).normalize()).startsWithRaw(root).isEqualTo(root.resolve(key.value()));
        assertThat(key.value()).matches("[A-Za-z0-9_.=@+%/-]+");
    }

    @ParameterizedTest
    @CsvSource({
        "a/b, a, b",
        "a b, a, b",
        "%61, a, a",
        "A, a, a",
        "a%2Fb, a/b, a",
        "a//b, a/b, a",
        "/a, a, a",
        "a/, a, a"
    })
    void neverSharesAKeyBetweenTwoSecretsOfDifferentNames(String first, String second, String database) {
        assertThat(DumpKey.of(Optional.empty(), first, database, WHEN, ".dump"))
                .isNotEqualTo(DumpKey.of(Optional.empty(), second, database, WHEN, ".dump"));
    }

    @Test
    void knowsItsSecretUnderAnyPrefix() {
        DumpKey key = DumpKey.of(Optional.of("p"), "team/orders db", "shop", WHEN, ".dump.gz");

        assertThat(key.belongsTo("team/orders db")).isTrue();
        assertThat(key.belongsTo("orders")).isFalse();
        assertThat(key.belongsTo("team/orders")).isFalse();
    }

    @Test
    void standsInTheOrderOfInstantsForOneDatabase() {
        assertThat(DumpKey.of(Optional.empty(), "orders", "shop", WHEN, ".dump"))
                .isLessThan(DumpKey.of(Optional.empty(), "orders", "shop", WHEN.plusSeconds(1), ".dump"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "readme.txt",
                "orders/shop/2026/13/31/shop-2026-13-31T08-00-00Z.dump",
                "orders/shop/2026/02/30/shop-2026-02-30T08-00-00Z.dump",
                "orders/shop/2026/01/02/shop-2026-01-02T03-04-05Z.dump.bz2",
                "../shop/2026/01/02/shop-2026-01-02T03-04-05Z.dump",
                "a/../shop/2026/01/02/shop-2026-01-02T03-04-05Z.dump",
                "/orders/shop/2026/01/02/shop-2026-01-02T03-04-05Z.dump",
                "shop/2026/01/02/shop-2026-01-02T03-04-05Z.dump",
                "2026/01/02/shop-2026-01-02T03-04-05Z.dump",
                "shop-2026-01-02T03-04-05Z.dump",
                "orders//2026/01/02/shop-2026-01-02T03-04-05Z.dump",
                "or\nders/shop/2026/01/02/shop-2026-01-02T03-04-05Z.dump",
                "orders/shop/2026/01/02/x/shop-2026-01-02T03-04-05Z.dump",
                "orders/shop/2026/1/02/shop-2026-01-02T03-04-05Z.dump"
            })
    void refusesWhatIsNoKey(String text) {
        assertThat(DumpKey.parse(text)).isEmpty();
        assertThatThrownBy(() -> new DumpKey(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesAKeyThatS3WouldRefuse() {
        assertThatThrownBy(() -> DumpKey.of(Optional.of("p".repeat(900)), "s".repeat(200), "shop", WHEN, ".dump"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("bytes");
    }

    @Test
    void knowsTheFolderOfItsParts() {
        DumpKey key = new DumpKey("a/orders/shop/2026/11/22/shop-2026-11-22T08-00-00Z.dump.zst");

        assertThat(key.partsFolder()).isEqualTo("a/orders/shop/2026/11/22/shop-2026-11-22T08-00-00Z");
        for (String name : List.of("archive.dump.zst", "data/0001.copy.zst", "data/123456.copy.zst")) {
            assertThat(DumpKey.ofPart(key.partKey(name))).contains(key);
            assertThat(DumpKey.parse(key.partKey(name))).isEmpty();
        }
        assertThat(DumpKey.ofPart(key.partKey("data/0001.copy")).orElseThrow().partsFolder())
                .isEqualTo(key.partsFolder());
        assertThat(key.ofSameRun())
                .hasSize(6)
                .contains(key)
                .allMatch(other -> other.partsFolder().equals(key.partsFolder()));
        assertThat(new DumpKey("orders/shop/2026/11/22/shop-2026-11-22T08-00-00Z.sql.gz").ofSameRun())
                .extracting(DumpKey::value)
                .contains("orders/shop/2026/11/22/shop-2026-11-22T08-00-00Z.sql");
    }

    @Test
    void knowsAnEncryptedDump() {
        DumpKey key = new DumpKey("orders/shop/2026/11/22/shop-2026-11-22T08-00-00Z.dump.zst.age");

        assertThat(key.isEncrypted()).isTrue();
        assertThat(new DumpKey("orders/shop/2026/11/22/shop-2026-11-22T08-00-00Z.dump").isEncrypted())
                .isFalse();
        assertThat(key.partsFolder()).isEqualTo("orders/shop/2026/11/22/shop-2026-11-22T08-00-00Z");
        assertThat(DumpKey.ofPart(key.partKey("data/0001.copy.zst.age"))).contains(key);
        assertThat(key.ofSameRun()).contains(key).hasSize(6);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "archive.dump.zst",
                "data/0001.copy.zst",
                "/data/0001.copy.zst",
                "orders/shop/2026/11/22/shop-2026-11-22T08-00-00Z/archive.sql",
                "orders/shop/2026/11/22/shop-2026-11-22T08-00-00Z/data/1.copy",
                "orders/shop/2026/11/22/shop-2026-11-22T08-00-00Z/more/0001.copy",
                "orders/shop/2026/11/22/shop-2026-11-22T08-00-00Z.dump.zst",
                "orders/shop/2026/11/22/shop/data/0001.copy",
            })
    void knowsNoDumpOfAnotherFile(String path) {
        assertThat(DumpKey.ofPart(path)).isEmpty();
    }
}

package io.autodump.core.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autodump.core.dump.DumpKey;
import io.autodump.core.record.RecordKey.Kind;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordKeyTest {
    private static final Instant WHEN = Instant.parse("2026-11-22T08:00:00.5Z");
    private static final DumpKey DUMP = DumpKey.of(Optional.of("nightly"), "team/orders", "shop", WHEN, ".dump.zst");

    @Test
    void isBesideWhereTheDumpWouldBe() {
        RecordKey key = RecordKey.ofRun(Optional.of("nightly"), "team/orders", Optional.of("shop"), WHEN);

        assertThat(key).hasToString("nightly/team/orders/shop/2026/11/22/shop-2026-11-22T08-00-00Z.failed.json");
        assertThat(key.kind()).isEqualTo(Kind.FAILED);
        assertThat(key.dump()).isEmpty();
        assertThat(key.scheduledAt()).isEqualTo("2026-11-22T08:00:00Z");
        assertThat(key.secretFolder()).isEqualTo(DUMP.secretFolder());
        assertThat(key.belongsTo("team/orders")).isTrue();
        assertThat(key.belongsTo("stock")).isFalse();
    }

    @Test
    void hasAPlaceForARunWhoseDatabaseIsNotKnown() {
        assertThat(RecordKey.ofRun(Optional.empty(), "orders", Optional.empty(), WHEN))
                .hasToString("orders/unknown/2026/11/22/unknown-2026-11-22T08-00-00Z.failed.json");
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"ACCEPTED", "PROVEN", "LOCKED"})
    void isBesideTheDump(Kind kind) {
        RecordKey key = RecordKey.ofDump(DUMP, kind);

        assertThat(key.value()).isEqualTo(DUMP + "." + kind.text() + ".json");
        assertThat(RecordKey.parse(key.value())).contains(key);
        assertThat(key.dump()).contains(DUMP);
        assertThat(key.kind()).isEqualTo(kind);
        assertThat(key.value().length()).isLessThanOrEqualTo(DUMP.manifestKey().length());
    }

    @Test
    void isNoDumpAndNoManifest() {
        String failed = RecordKey.ofRun(Optional.empty(), "orders", Optional.of("shop"), WHEN)
                .value();

        assertThat(DumpKey.parse(failed)).isEmpty();
        assertThat(DumpKey.ofManifest(failed)).isEmpty();
        assertThat(DumpKey.parse(RecordKey.ofDump(DUMP, Kind.PROVEN).value())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".failed.json",
                "orders/failed.json",
                "orders/shop/2026/11/22/shop-2026-11-22T08-00-00Z.json",
                "orders/shop/2026/11/22/shop-2026-11-22T08-00-00Z.proven.json",
                "orders/shop/2026/11/22/shop-2026-11-22T08-00-00Z.dump.failed.json",
                "orders/../2026/11/22/shop-2026-11-22T08-00-00Z.failed.json",
                "orders/shop/2026/11/22/shop-2026-11-22T08-00-00Z.dump.manifest.json"
            })
    void isNothingElse(String text) {
        assertThat(RecordKey.parse(text)).isEmpty();
        assertThatThrownBy(() -> new RecordKey(text)).isInstanceOf(IllegalArgumentException.class);
    }
}

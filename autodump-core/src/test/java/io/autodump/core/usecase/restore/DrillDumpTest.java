package io.autodump.core.usecase.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autodump.core.AutoDump;
import io.autodump.core.Monitoring;
import io.autodump.core.contract.TagNames;
import io.autodump.core.drill.DrillAssertions;
import io.autodump.core.drill.DrillOptions;
import io.autodump.core.drill.DrillSize;
import io.autodump.core.dump.Compression;
import io.autodump.core.dump.DumpEvent;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.dump.DumpSettings;
import io.autodump.core.dump.TableRows;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.port.DumpProgress;
import io.autodump.core.record.Attestation;
import io.autodump.core.record.FailedDrill;
import io.autodump.core.record.RecordKey;
import io.autodump.core.record.RecordKey.Kind;
import io.autodump.core.testing.FakeDatabaseEngine;
import io.autodump.core.testing.FakeDumpSource;
import io.autodump.core.testing.InMemoryDumpStore;
import io.autodump.core.testing.InMemorySecrets;
import io.autodump.core.testing.RecordingDumpEvents;
import io.autodump.core.usecase.Fixtures;
import io.autodump.core.usecase.Manifests;
import io.autodump.core.usecase.status.DatabaseStatus;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DrillDumpTest {
    private static final String YESTERDAY = "2026-11-21T08:00:00Z";
    private static final String TODAY = "2026-11-22T08:00:00Z";
    private static final DrillOptions UNTRUE = DrillOptions.builder()
            .assertions(new DrillAssertions("orders.sql", "false"))
            .build();

    private final InMemoryDumpStore store = new InMemoryDumpStore();
    private final RecordingDumpEvents events = new RecordingDumpEvents();
    private final InMemorySecrets secrets = Fixtures.secrets(Map.of(TagNames.START_SCHEDULE, "0 8 * * *"));
    private final AutoDump autoDump = AutoDump.builder()
            .engine(new FakeDatabaseEngine(FakeDumpSource.printing(Fixtures.BYTES), "postgres"))
            .dumpStore(store)
            .secretCatalog(secrets)
            .dumpEvents(events)
            .clock(Fixtures.CLOCK)
            .build();
    private final Monitoring monitoring = Monitoring.of(autoDump);

    @Test
    void leavesAnAttestationThatMakesTheDumpTheLatestProvenOne() {
        DumpManifest older = dump(YESTERDAY);
        dump(TODAY);
        assertThat(monitoring.latestProven("orders")).isEmpty();

        Attestation proof = drill(older, DrillOptions.DEFAULTS);

        assertThat(proof.tables()).containsExactly(new TableRows("public", "customer", 3));
        assertThat(proof.tablesCompared()).isEqualTo(1);
        assertThat(store.records().find(proof.key())).contains(proof);
        assertThat(monitoring.latestProven("orders")).contains(older);
        assertThat(status().lastProof()).contains(proof);
        assertThat(autoDump.list(Optional.empty()).proven()).containsExactly(older.key());
        assertThat(events.events()).isEmpty();
    }

    @Test
    void recordsAFailureAndTakesTheProofBackUntilADrillSucceeds() {
        DumpManifest dump = dump(TODAY);
        drill(dump, DrillOptions.DEFAULTS);

        assertThatThrownBy(() -> drill(dump, UNTRUE))
                .isInstanceOf(AutoDumpException.class)
                .hasMessageContaining("AD-3033: the drill didn't prove dump " + dump.key() + ": orders.sql isn't true");

        assertThat(events.events())
                .singleElement()
                .isInstanceOfSatisfying(
                        DumpEvent.DrillFailed.class,
                        failed -> assertThat(failed.code()).isEqualTo(ErrorCode.ASSERTION_FAILED));
        assertThat(status().failedDrill().map(FailedDrill::code)).contains("AD-3033");
        assertThat(status().needsOperator()).isTrue();
        assertThat(status().lastProven()).isEmpty();
        assertThat(monitoring.latestProven("orders")).isEmpty();

        drill(dump, DrillOptions.DEFAULTS);
        assertThat(status().failedDrill()).isEmpty();
        assertThat(status().needsOperator()).isFalse();
        assertThat(monitoring.latestProven("orders")).contains(dump);
    }

    @Test
    void forgetsTheFailureOfAnOlderDumpOnceANewerOneIsProven() {
        DumpManifest older = dump(YESTERDAY);
        assertThatThrownBy(() -> drill(older, UNTRUE)).isInstanceOf(AutoDumpException.class);
        drill(dump(TODAY), DrillOptions.DEFAULTS);

        assertThat(status().failedDrill()).isEmpty();
    }

    @Test
    void findsRowsThatTheManifestDoesNotHave() {
        DumpManifest dump = Manifests.publish(
                store,
                Manifests.of("orders", TODAY)
                        .archiveEntries(42)
                        .addTables(new TableRows("public", "customer", 4))
                        .build());

        assertThatThrownBy(() -> drill(dump, DrillOptions.DEFAULTS))
                .hasMessageContaining("AD-3032")
                .hasMessageContaining("public.customer with 4 rows");
        assertThat(store.records().find(RecordKey.ofDump(dump.key(), Kind.UNPROVEN)))
                .isPresent();
    }

    @Test
    void leavesNoRecordOfADumpThatIsNotThere() {
        DumpManifest absent = Manifests.of("orders", TODAY).build();

        assertThatThrownBy(() -> drill(absent, DrillOptions.DEFAULTS)).hasMessageContaining("AD-1006");
        assertThat(store.records().list("")).isEmpty();
        assertThat(events.events()).isEmpty();
    }

    @Test
    void estimatesMoreForADumpThatIsCompressedInside() {
        DumpManifest outside =
                Manifests.of("orders", TODAY).sourceBytes(1 << 30).build();
        DumpManifest inside = Manifests.of("orders", TODAY)
                .sourceBytes(1 << 30)
                .storedBytes(1 << 30)
                .build();
        DumpManifest never = DumpManifest.builder()
                .from(inside)
                .settings(DumpSettings.builder().compression(Compression.NONE).build())
                .build();

        assertThat(DrillSize.bytes(outside)).isEqualTo(4L << 30);
        assertThat(DrillSize.bytes(inside)).isEqualTo(19L << 30);
        assertThat(DrillSize.bytes(never)).isEqualTo(4L << 30);
    }

    private DumpManifest dump(String scheduledAt) {
        return Manifests.publish(
                store,
                Manifests.of("orders", scheduledAt)
                        .archiveEntries(42)
                        .addTables(new TableRows("public", "customer", 3))
                        .build());
    }

    private Attestation drill(DumpManifest dump, DrillOptions options) {
        return monitoring.drill(dump.key(), options, DumpProgress.SILENT);
    }

    private DatabaseStatus status() {
        return monitoring.status(List.of("orders")).databases().get(0);
    }
}

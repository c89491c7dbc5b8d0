package io.autodump.core;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autodump.core.contract.TagNames;
import io.autodump.core.dump.DumpOutcome;
import io.autodump.core.dump.RestoreOptions;
import io.autodump.core.plan.ScheduledRun;
import io.autodump.core.port.DumpProgress;
import io.autodump.core.secret.SecretId;
import io.autodump.core.secret.SecretValue;
import io.autodump.core.secret.TaggedSecret;
import io.autodump.core.testing.FakeArchiveInspector;
import io.autodump.core.testing.FakeDumpRestorer;
import io.autodump.core.testing.FakeDumpSource;
import io.autodump.core.testing.InMemoryDumpStore;
import io.autodump.core.testing.InMemoryRunScheduler;
import io.autodump.core.testing.InMemorySecrets;
import io.autodump.core.usecase.schedule.RunDecision;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AutoDumpTest {
    private static final SecretId ORDERS = SecretId.of("orders");
    private static final byte[] BYTES = "a dump".getBytes(UTF_8);

    @Test
    void goesTheWholeWayFromATagToARestoredDatabase() {
        InMemoryRunScheduler scheduler = new InMemoryRunScheduler();
        FakeDumpRestorer restorer = new FakeDumpRestorer(List.of(), true);
        AutoDump autoDump = withSecrets()
                .runScheduler(scheduler)
                .dumpSource(FakeDumpSource.printing(BYTES))
                .dumpStore(new InMemoryDumpStore())
                .archiveInspector(new FakeArchiveInspector())
                .dumpRestorer(restorer)
                .clock(Clock.fixed(Instant.parse("2026-11-22T00:00:00Z"), ZoneOffset.UTC))
                .build();

        assertThat(autoDump.scan().isClean()).isTrue();
        ScheduledRun run = scheduler.runs().get(scheduler.runs().size() - 1);
        assertThat(autoDump.decide(run, run.when())).isInstanceOf(RunDecision.Make.class);
        assertThat(autoDump.reschedule(ORDERS).isTrouble()).isFalse();
        DumpOutcome outcome = autoDump.dump(ORDERS, run.when(), DumpProgress.SILENT);
        assertThat(autoDump.list(Optional.of("orders")).latest()).contains(outcome.manifest());
        autoDump.verify(outcome.manifest().key(), DumpProgress.SILENT);
        autoDump.restore(
                outcome.manifest().key(), autoDump.connection(ORDERS), RestoreOptions.DEFAULTS, DumpProgress.SILENT);
        assertThat(restorer.restored())
                .hasValueSatisfying(bytes -> assertThat(bytes).isEqualTo(BYTES));
    }

    @Test
    void namesThePortThatADeedNeeds() {
        AutoDump autoDump = withSecrets().build();

        assertThatThrownBy(autoDump::scan)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("AutoDump.builder().runScheduler(…) is needed for this");
        assertThatThrownBy(() -> withSecrets()
                        .runScheduler(new InMemoryRunScheduler())
                        .build()
                        .scan())
                .hasMessageContaining("clock");
        assertThatThrownBy(() -> autoDump.dump(ORDERS, Instant.EPOCH, DumpProgress.SILENT))
                .hasMessageContaining("dumpSource");
        assertThatThrownBy(() -> autoDump.list(Optional.empty())).hasMessageContaining("dumpStore");
        assertThatThrownBy(() -> AutoDump.builder().build().reschedule(ORDERS)).hasMessageContaining("secretCatalog");
    }

    @Test
    void isNotChangedByABuilderThatIsUsedAgain() {
        AutoDump.Builder builder = withSecrets();
        AutoDump autoDump = builder.build();
        builder.runScheduler(new InMemoryRunScheduler());

        assertThatThrownBy(autoDump::scan).isInstanceOf(IllegalStateException.class);
    }

    private static AutoDump.Builder withSecrets() {
        InMemorySecrets secrets = new InMemorySecrets()
                .put(
                        TaggedSecret.builder()
                                .id(ORDERS)
                                .name("orders")
                                .tags(Map.of(TagNames.START_SCHEDULE, "@daily"))
                                .build(),
                        SecretValue.of("{\"username\":\"app\",\"password\":\"x\",\"databasename\":\"shop\","
                                + "\"endpoint\":\"localhost\",\"engine\":\"postgres\"}"));
        return AutoDump.builder().secretCatalog(secrets).secretValues(secrets);
    }
}

package io.autodump.core;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autodump.core.contract.TagNames;
import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.database.Password;
import io.autodump.core.dump.DumpKey;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.dump.DumpOutcome;
import io.autodump.core.dump.DumpSettings;
import io.autodump.core.dump.RestoreOptions;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.plan.ScheduledRun;
import io.autodump.core.port.DumpProgress;
import io.autodump.core.port.DumpStore;
import io.autodump.core.port.DumpStores;
import io.autodump.core.port.DumpUpload;
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
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AutoDumpTest {
    private static final SecretId ORDERS = SecretId.of("orders");
    private static final DatabaseSecret DATABASE = DatabaseSecret.builder()
            .host("localhost")
            .database("shop")
            .username("backup")
            .password(Password.of("x"))
            .build();
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
    void dumpsADatabaseWhoseConnectionIsAtHand() {
        InMemoryDumpStore store = new InMemoryDumpStore();
        AutoDump autoDump = AutoDump.builder()
                .dumpSource(FakeDumpSource.printing(BYTES))
                .dumpStore(store)
                .build();

        DumpOutcome outcome = autoDump.dump("orders", DATABASE);

        assertThat(autoDump.list().dumps()).containsExactly(outcome.manifest());
        assertThat(outcome.manifest().secretName()).isEqualTo("orders");
        assertThat(outcome.manifest().database()).isEqualTo("shop");
        assertThatThrownBy(() -> autoDump.dump(" ", DATABASE)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void putsEachDatabaseIntoTheStoreThatIsChosenForIt() {
        InMemoryDumpStore payroll = new InMemoryDumpStore();
        InMemoryDumpStore others = new InMemoryDumpStore();
        AutoDump autoDump = AutoDump.builder()
                .dumpSource(FakeDumpSource.printing(BYTES))
                .dumpStores(database -> database.bucket().isPresent() ? payroll : others)
                .build();

        autoDump.dump("orders", DATABASE);
        autoDump.dump(
                "staff",
                DatabaseSecret.builder().from(DATABASE).bucket("payroll").build());

        assertThat(payroll.files()).allMatch(key -> key.belongsTo("staff")).hasSize(1);
        assertThat(others.files()).allMatch(key -> key.belongsTo("orders")).hasSize(1);
    }

    @Test
    void worksOnDumpsInTheStoreThatIsChosenForADatabase() {
        InMemoryDumpStore orders = new InMemoryDumpStore();
        FakeDumpRestorer restorer = new FakeDumpRestorer(List.of(), true);
        AutoDump autoDump = withSecrets()
                .dumpSource(FakeDumpSource.printing(BYTES))
                .dumpStores(DumpStores.always(orders))
                .archiveInspector(new FakeArchiveInspector())
                .dumpRestorer(restorer)
                .build();
        DumpKey key = autoDump.dump(ORDERS).manifest().key();
        AutoDump withStore = autoDump.withStoreOf(ORDERS);

        assertThat(withStore.list().dumps()).extracting(DumpManifest::key).containsExactly(key);
        assertThat(withStore.verify(key).manifest().key()).isEqualTo(key);
        withStore.restore(key, DATABASE, RestoreOptions.DEFAULTS, DumpProgress.SILENT);
        assertThat(restorer.restored()).isPresent();
        withStore.delete(key);
        assertThat(orders.files()).isEmpty();
    }

    @Test
    void saysHowToNameAStoreThatDependsOnTheDatabase() {
        AutoDump autoDump = AutoDump.builder()
                .dumpStores(DumpStores.always(new InMemoryDumpStore()))
                .build();

        assertThatThrownBy(autoDump::list)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("dumpStore(…), or call withStoreOf(…) first");
        assertThat(autoDump.withStoreOf(DATABASE).list().dumps()).isEmpty();
        assertThatThrownBy(autoDump::list)
                .as("naming a database changes nothing for the next one")
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void deletesAFinishedDump() {
        InMemoryDumpStore store = new InMemoryDumpStore();
        AutoDump autoDump = dumping(store);
        DumpKey deleted = autoDump.dump("orders", DATABASE).manifest().key();
        DumpKey kept = autoDump.dump("staff", DATABASE).manifest().key();

        autoDump.delete(deleted);

        assertThat(store.files()).containsExactly(kept);
        assertThatThrownBy(() -> autoDump.delete(deleted))
                .isInstanceOfSatisfying(
                        AutoDumpException.class,
                        failed -> assertThat(failed.code()).isEqualTo(ErrorCode.DUMP_NOT_FOUND));
    }

    @Test
    void deletesNoFileThatHasNoManifestYet() {
        InMemoryDumpStore store = new InMemoryDumpStore();
        DumpKey key = DumpKey.of(Optional.empty(), "orders", "shop", Instant.EPOCH, ".dump");
        try (DumpUpload upload = store.begin(key)) {
            upload.write(BYTES, 0, BYTES.length);
            upload.commit();
        }

        assertThatThrownBy(() -> dumping(store).delete(key)).hasMessageContaining("no finished dump");
        assertThat(store.files()).containsExactly(key);
    }

    @Test
    void deletesWhatIsLeftOfADumpWhoseFileIsMissing() {
        InMemoryDumpStore store = new InMemoryDumpStore();
        AutoDump autoDump = dumping(store);
        DumpKey key = autoDump.dump("orders", DATABASE).manifest().key();
        store.lose(key);
        assertThatThrownBy(() -> autoDump.verify(key)).hasMessageContaining("file is missing");

        autoDump.delete(key);

        assertThat(autoDump.list().dumps()).isEmpty();
        assertThat(autoDump.list().unreadable()).isEmpty();
    }

    @Test
    void connectsToNothingWhenTheStoreIsRefused() {
        FakeDumpSource source = FakeDumpSource.printing(BYTES);
        AutoDump autoDump = AutoDump.builder()
                .dumpSource(source)
                .dumpStores(database -> {
                    throw new AutoDumpException(ErrorCode.INVALID_SECRET_VALUE, "another bucket", "name this one");
                })
                .build();

        assertThatThrownBy(() -> autoDump.dump("orders", DATABASE)).hasMessageContaining("another bucket");
        assertThat(source.prepared()).isZero();
    }

    @Test
    void findsTheDatabasesThatLackADump() {
        AutoDump autoDump = withSecrets()
                .dumpIndex(new InMemoryDumpStore())
                .clock(Clock.fixed(Instant.parse("2026-11-22T12:00:00Z"), ZoneOffset.UTC))
                .build();

        assertThat(autoDump.freshness(Duration.ofHours(1)).overdue()).hasSize(1);
    }

    @Test
    void namesThePortThatAnOperationNeeds() {
        AutoDump autoDump = withSecrets().build();

        assertThatThrownBy(autoDump::scan)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("this operation needs AutoDump.builder().runScheduler(…)");
        assertThatThrownBy(() -> autoDump.dump(ORDERS)).hasMessageContaining("engine(…) or dumpSource(…)");
        assertThatThrownBy(autoDump::list).hasMessageContaining("dumpStore(…)");
        assertThatThrownBy(() -> autoDump.freshness(Duration.ZERO)).hasMessageContaining("dumpIndex(…)");
        assertThatThrownBy(() -> autoDump.check("orders", DATABASE, DumpSettings.defaults()))
                .hasMessageContaining("engine(…)");
        assertThatThrownBy(() -> AutoDump.builder().build().reschedule(ORDERS)).hasMessageContaining("secretCatalog");
    }

    @Test
    void namesAllPortsAtOnceThatCanNotBeUsed() {
        InMemorySecrets secrets = new InMemorySecrets();
        AutoDumpBuilder tooLittle = AutoDump.builder()
                .secretValues(secrets)
                .dumpSource(FakeDumpSource.printing(BYTES))
                .dumpRestorer(new FakeDumpRestorer(List.of(), true))
                .dumpIndex(new InMemoryDumpStore())
                .scratchServer(DATABASE);

        assertThatThrownBy(tooLittle::build)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("AutoDump.builder() can't use what it was given:"
                        + " dumpIndex(…) needs secretCatalog(…);"
                        + " dumpRestorer(…) needs dumpStore(…) or dumpStores(…);"
                        + " dumpRestorer(…) needs engine(…) or archiveInspector(…);"
                        + " dumpSource(…) needs dumpStore(…) or dumpStores(…);"
                        + " scratchServer(…) needs dumpStore(…) or dumpStores(…);"
                        + " scratchServer(…) needs engine(…);"
                        + " secretValues(…) needs secretCatalog(…)");
    }

    @Test
    void isNotChangedByABuilderThatIsUsedAgain() {
        AutoDumpBuilder builder = withSecrets();
        AutoDump autoDump = builder.build();
        builder.runScheduler(new InMemoryRunScheduler());

        assertThatThrownBy(autoDump::scan).isInstanceOf(IllegalStateException.class);
    }

    private static AutoDump dumping(DumpStore store) {
        return AutoDump.builder()
                .dumpSource(FakeDumpSource.printing(BYTES))
                .dumpStore(store)
                .archiveInspector(new FakeArchiveInspector())
                .build();
    }

    private static AutoDumpBuilder withSecrets() {
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

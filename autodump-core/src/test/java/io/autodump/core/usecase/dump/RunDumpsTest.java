package io.autodump.core.usecase.dump;

import static io.autodump.core.usecase.Fixtures.BYTES;
import static io.autodump.core.usecase.Fixtures.CLOCK;
import static io.autodump.core.usecase.Fixtures.NOW;
import static io.autodump.core.usecase.Fixtures.secret;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.autodump.core.AutoDump;
import io.autodump.core.Monitoring;
import io.autodump.core.contract.TagNames;
import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.dump.DumpEvent;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.dump.DumpSettings;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.port.DumpProgress;
import io.autodump.core.port.DumpSource;
import io.autodump.core.port.PreparedDump;
import io.autodump.core.secret.SecretId;
import io.autodump.core.secret.SecretValue;
import io.autodump.core.testing.FakeDatabaseEngine;
import io.autodump.core.testing.FakeDumpSource;
import io.autodump.core.testing.InMemoryDumpStore;
import io.autodump.core.testing.InMemorySecrets;
import io.autodump.core.testing.RecordingDumpEvents;
import io.autodump.core.usecase.status.DatabaseStatus;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Runs of several databases, and of a reader instead of the writer. */
class RunDumpsTest {
    private static final SecretId ERP = SecretId.of("erp");
    private static final SecretValue SERVER = SecretValue.of("""
            {"username":"app","password":"hunter2","endpoint":"db","readerendpoint":"replica","engine":"postgres"}""");

    private final InMemoryDumpStore store = new InMemoryDumpStore();
    private final RecordingDumpEvents events = new RecordingDumpEvents();
    private final List<String> connections = new ArrayList<>();
    private final Map<String, ErrorCode> failing = new HashMap<>();

    @Test
    void dumpsEachDatabaseThatTheTagSelects() {
        RunOutcome outcome = run(Map.of(TagNames.DATABASES, "- -test_-"), "orders", "test_1", "crm");

        outcome.requireAll();
        assertThat(outcome.manifests()).extracting(DumpManifest::database).containsExactly("crm", "orders");
        assertThat(outcome.manifests()).allSatisfy(dump -> {
            assertThat(dump.secretName()).isEqualTo("erp");
            assertThat(dump.serverDatabases().orElseThrow().names()).containsExactly("crm", "orders");
        });
        assertThat(outcome.manifests().get(1).key().value())
                .isEqualTo("erp/orders/2026/11/22/orders-2026-11-22T09-30-00Z.dump.zst");
        assertThat(connections).containsExactly("crm@db", "orders@db");
    }

    @Test
    void dumpsTheOthersWhenOneFailsAndNamesIt() {
        failing.put("crm@db", ErrorCode.PRIVILEGES_MISSING);

        RunOutcome outcome = run(Map.of(TagNames.DATABASES, "*"), "crm", "hr", "orders");
        AutoDumpException failure = catchThrowableOfType(AutoDumpException.class, outcome::requireAll);

        assertThat(outcome.manifests()).extracting(DumpManifest::database).containsExactly("hr", "orders");
        assertThat(failure.code()).isEqualTo(ErrorCode.PRIVILEGES_MISSING);
        assertThat(failure).hasMessageContaining("1 of 3 databases weren't dumped: crm: ");
        assertThat(events.events()).hasSize(3);
        assertThat(events.events().get(0))
                .isInstanceOfSatisfying(
                        DumpEvent.Failed.class,
                        event -> assertThat(event.database()).contains("crm"));
    }

    @Test
    void prefersTheCodeOfAFailureThatAnotherAttemptMayRepair() {
        failing.put("crm@db", ErrorCode.INVALID_TAGS);
        failing.put("hr@db", ErrorCode.CONNECTION_FAILED);

        RunOutcome outcome = run(Map.of(TagNames.DATABASES, "*"), "crm", "hr");
        AutoDumpException failure = catchThrowableOfType(AutoDumpException.class, outcome::requireAll);

        assertThat(failure.code()).isEqualTo(ErrorCode.CONNECTION_FAILED);
        assertThat(failure).hasMessageContaining("2 of 2 databases").hasMessageContaining("crm (AD-1001)");
    }

    @Test
    void makesOnlyWhatIsMissingAtTheNextAttempt() {
        failing.put("crm@db", ErrorCode.CONNECTION_FAILED);
        run(Map.of(TagNames.DATABASES, "*"), "crm", "hr");
        failing.clear();

        RunOutcome again = run(Map.of(TagNames.DATABASES, "*"), "crm", "hr");

        again.requireAll();
        assertThat(again.dumps()).extracting(dump -> dump.alreadyThere()).containsExactly(false, true);
    }

    @Test
    void failsWhenTheTagSelectsNothing() {
        AutoDumpException failure = catchThrowableOfType(
                AutoDumpException.class, () -> run(Map.of(TagNames.DATABASES, "shop_-"), "crm", "hr"));

        assertThat(failure.code()).isEqualTo(ErrorCode.INVALID_TAGS);
        assertThat(failure).hasMessageContaining("selects none").hasMessageContaining("crm, hr");
        assertThat(events.events()).hasSize(1);
    }

    @Test
    void countsEachDatabaseInTheStatusAndForgetsOneThatIsGone() {
        run(Map.of(TagNames.DATABASES, "*", TagNames.START_SCHEDULE, "0 8 * * *"), "crm", "hr", "old");
        Duration day = Duration.ofDays(1);
        failing.put("crm@db", ErrorCode.CONNECTION_FAILED);
        InMemorySecrets secrets = secrets(Map.of(TagNames.DATABASES, "*", TagNames.START_SCHEDULE, "0 8 * * *"));
        AutoDump tomorrow = autoDump(secrets, Clock.offset(CLOCK, day), "crm", "hr");
        tomorrow.dumpAll(ERP, NOW.plus(day), DumpProgress.SILENT);

        List<DatabaseStatus> status = Monitoring.of(tomorrow).status(List.of()).databases();

        assertThat(status)
                .extracting(database -> database.database().orElseThrow() + " " + database.state())
                .containsExactly("crm FAILING", "hr FRESH");
        assertThat(tomorrow.freshness(Duration.ZERO).secrets())
                .extracting(database -> database.database().orElseThrow() + " " + database.status())
                .containsExactly("crm OVERDUE", "hr FRESH");
        assertThat(Monitoring.of(tomorrow).history("erp", 10)).hasSize(5);
    }

    @Test
    void dumpsTheReader() {
        RunOutcome outcome = run(Map.of(TagNames.SOURCE, "reader"));

        assertThat(connections).containsExactly("shop@replica");
        assertThat(outcome.manifests().get(0).warnings()).isEmpty();
    }

    @Test
    void dumpsTheWriterAfterAConflictWithRecoveryAndSaysSo() {
        failing.put("shop@replica", ErrorCode.STANDBY_CONFLICT);

        RunOutcome outcome = run(Map.of(TagNames.SOURCE, "reader"));

        assertThat(connections).containsExactly("shop@replica", "shop@db");
        assertThat(outcome.manifests().get(0).warnings())
                .singleElement()
                .asString()
                .contains("conflict with recovery", "the writer was dumped");
        assertThat(events.events()).hasSize(1);
    }

    @Test
    void doesNotDumpTheWriterAfterAnotherFailureOfTheReader() {
        failing.put("shop@replica", ErrorCode.PRIVILEGES_MISSING);

        assertThatThrownBy(() -> run(Map.of(TagNames.SOURCE, "reader"))).hasMessageContaining("AD-3010");

        assertThat(connections).containsExactly("shop@replica");
    }

    @Test
    void oneDumpOfSeveralIsRefusedByTheMethodForOne() {
        InMemorySecrets secrets = secrets(Map.of(TagNames.DATABASES, "*"));

        AutoDumpException refused = catchThrowableOfType(
                AutoDumpException.class, () -> autoDump(secrets, CLOCK, "crm").dump(ERP));

        assertThat(refused).hasMessageContaining("AD-1001").hasMessageContaining("autodump:databases");
    }

    private RunOutcome run(Map<String, String> tags, String... databases) {
        return autoDump(secrets(tags), CLOCK, databases).dumpAll(ERP, NOW, DumpProgress.SILENT);
    }

    private static InMemorySecrets secrets(Map<String, String> tags) {
        SecretValue value = tags.containsKey(TagNames.DATABASES)
                ? SERVER
                : SecretValue.of(SERVER.reveal().replace("{", "{\"dbname\":\"shop\","));
        return new InMemorySecrets().put(secret("erp", tags), value);
    }

    private AutoDump autoDump(InMemorySecrets secrets, InstantSource clock, String... databases) {
        return AutoDump.builder()
                .secretCatalog(secrets)
                .secretValues(secrets)
                .engine(new FakeDatabaseEngine(new Source(), "postgres").withDatabases(databases))
                .dumpStore(store)
                .dumpEvents(events)
                .clock(clock)
                .build();
    }

    private final class Source implements DumpSource {
        @Override
        public PreparedDump prepare(DatabaseSecret database, DumpSettings settings) {
            String connection = database.database() + "@" + database.host();
            connections.add(connection);
            Optional.ofNullable(failing.get(connection)).ifPresent(code -> {
                throw new AutoDumpException(code, "it failed; nothing was published", "repair it");
            });
            return FakeDumpSource.printing(BYTES).prepare(database, settings);
        }
    }
}

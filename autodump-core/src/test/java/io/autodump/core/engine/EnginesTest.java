package io.autodump.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.database.Password;
import io.autodump.core.dump.DumpSettings;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.error.Finding;
import io.autodump.core.port.DatabaseEngine;
import io.autodump.core.testing.FakeDatabaseEngine;
import io.autodump.core.testing.FakeDumpSource;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class EnginesTest {
    private final FakeDumpSource postgresSource = printing("postgres");
    private final FakeDumpSource mysqlSource = printing("mysql");
    private final DatabaseEngine postgres = new FakeDatabaseEngine(postgresSource, "postgres", "aurora-postgresql");
    private final DatabaseEngine mysql = new FakeDatabaseEngine(mysqlSource, "mysql");
    private final Engines engines = Engines.of(List.of(postgres, mysql));

    @Test
    void dumpsADatabaseWithTheEngineOfItsSecret() {
        engines.source().prepare(database("mysql"), DumpSettings.defaults()).close();

        assertThat(mysqlSource.prepared()).isOne();
        assertThat(postgresSource.prepared()).isZero();
        assertThat(engines.of(database("aurora-postgresql"))).isSameAs(postgres);
    }

    @Test
    void namesTheKnownEnginesAndTheNearestOne() {
        ThrowingCallable prepare = () -> engines.source().prepare(database("mysqll"), DumpSettings.defaults());

        assertThatThrownBy(prepare)
                .hasMessageContaining("this process has aurora-postgresql, mysql, postgres")
                .hasMessageContaining("did you mean mysql?");
        assertCode(prepare, ErrorCode.ENGINE_MISSING);
    }

    @Test
    void findsAnUnknownEngineInACheckToo() {
        assertThat(engines.checks().database("orders", database("oracle"), DumpSettings.defaults()))
                .singleElement()
                .extracting(Finding::code)
                .isEqualTo(Optional.of(ErrorCode.ENGINE_MISSING));
    }

    @Test
    void refusesAScratchServerOfAnotherEngineBeforeADump() {
        assertCode(
                () -> engines.restoreCheck(() -> database("postgres")).checkReady(database("mysql")),
                ErrorCode.SCRATCH_SERVER_MISSING);
        engines.restoreCheck(() -> database("postgres")).checkReady(database("aurora-postgresql"));
    }

    @Test
    void refusesTwoEnginesOfOneName() {
        DatabaseEngine other = new FakeDatabaseEngine(mysqlSource, "mysql");

        assertThatThrownBy(() -> Engines.of(List.of(mysql, other)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("both take the engine \"mysql\"");
        assertThatThrownBy(() -> Engines.of(List.of(new FakeDatabaseEngine(mysqlSource))))
                .hasMessageContaining("names() is empty");
    }

    private static void assertCode(ThrowingCallable call, ErrorCode code) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        AutoDumpException.class,
                        failure -> assertThat(failure.code()).isEqualTo(code));
    }

    private static FakeDumpSource printing(String text) {
        return FakeDumpSource.printing(text.getBytes(StandardCharsets.UTF_8));
    }

    private static DatabaseSecret database(String engine) {
        return DatabaseSecret.builder()
                .engine(engine)
                .host("localhost")
                .database("shop")
                .username("backup")
                .password(Password.of("x"))
                .build();
    }
}

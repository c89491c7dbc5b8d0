package io.autodump.core.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autodump.core.dump.Checksum;
import io.autodump.core.dump.DumpKey;
import io.autodump.core.dump.TableRows;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.record.Acknowledgement;
import io.autodump.core.record.Attestation;
import io.autodump.core.record.DumpRecord;
import io.autodump.core.record.FailedDrill;
import io.autodump.core.record.FailedRun;
import io.autodump.core.record.RecordKey;
import io.autodump.core.record.RunPlace;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DumpRecordJsonTest {
    private static final Instant WHEN = Instant.parse("2026-11-22T08:00:00Z");
    private static final FailedRun FAILED = FailedRun.builder()
            .key(RecordKey.ofRun(Optional.empty(), "team/orders", Optional.of("shop"), WHEN))
            .secretName("team/orders")
            .database("shop")
            .scheduledAt(WHEN)
            .code("AD-3021")
            .message("pg_dump exited with status 1 after 4.2 GiB; nothing was published")
            .hint("permission denied for table payroll: GRANT pg_read_all_data TO autodump")
            .attempts(2)
            .firstFailedAt(WHEN.plusSeconds(60))
            .failedAt(WHEN.plusSeconds(420))
            .place(new RunPlace(Optional.of("backup-1"), Optional.of("4f0c"), Optional.of("dumper/default/4f0c")))
            .toolVersion("0.1.0")
            .build();

    @Test
    void writesAFailedRunAsItIsPublished() throws IOException {
        assertThat(DumpRecordJson.write(FAILED)).isEqualTo(golden("failed-golden.json"));
        assertThat(DumpRecordJson.parse(FAILED.key(), golden("failed-golden.json")))
                .isEqualTo(FAILED);
    }

    @Test
    void writesAMissedRun() {
        FailedRun missed = FailedRun.builder()
                .key(RecordKey.ofRun(Optional.empty(), "orders", Optional.empty(), WHEN))
                .secretName("orders")
                .scheduledAt(WHEN)
                .outcome(FailedRun.Outcome.MISSED)
                .message("the catch-up window of PT6H is over")
                .firstFailedAt(WHEN)
                .failedAt(WHEN)
                .toolVersion("0.1.0")
                .build();

        assertThat(DumpRecordJson.parse(missed.key(), DumpRecordJson.write(missed)))
                .isEqualTo(missed);
    }

    @Test
    void writesAnAcknowledgement() throws IOException {
        DumpRecord accepted = new Acknowledgement(
                DumpKey.of(Optional.empty(), "orders", "shop", WHEN, ".dump.zst"), WHEN, "we archived 2019");

        assertThat(DumpRecordJson.write(accepted)).isEqualTo(golden("accepted-golden.json"));
        assertThat(DumpRecordJson.parse(accepted.key(), golden("accepted-golden.json")))
                .isEqualTo(accepted);
    }

    @Test
    void writesTheRecordsOfDrills() throws IOException {
        DumpKey dump = DumpKey.of(Optional.empty(), "orders", "shop", WHEN, ".dump.zst");
        DumpRecord proof = Attestation.builder()
                .dump(dump)
                .secretName("orders")
                .database("shop")
                .startedAt(WHEN)
                .finishedAt(WHEN.plusSeconds(9))
                .server("a scratch server")
                .serverVersion("15.18")
                .clientVersion("15.18")
                .storedBytes(4711)
                .checksum(new Checksum("0".repeat(64)))
                .objects(17)
                .addTables(new TableRows("public", "orders", 50_000))
                .tablesCompared(1)
                .assertions(2)
                .place(RunPlace.onHost("backup-1"))
                .toolVersion("0.1.0")
                .build();
        DumpRecord failure = new FailedDrill(
                dump,
                WHEN,
                "AD-3033",
                "the drill didn't prove dump …",
                Optional.of("use an older dump"),
                RunPlace.onHost("backup-1"),
                "0.1.0");

        assertThat(DumpRecordJson.write(proof)).isEqualTo(golden("proven-golden.json"));
        assertThat(DumpRecordJson.parse(proof.key(), golden("proven-golden.json")))
                .isEqualTo(proof);
        assertThat(DumpRecordJson.write(failure)).isEqualTo(golden("unproven-golden.json"));
        assertThat(DumpRecordJson.parse(failure.key(), golden("unproven-golden.json")))
                .isEqualTo(failure);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{}", "{\"outcome\": \"burnt\", \"secretName\": \"orders\"}"})
    void refusesAnythingElse(String json) {
        assertThatThrownBy(() -> DumpRecordJson.parse(FAILED.key(), json))
                .isInstanceOf(AutoDumpException.class)
                .hasMessageStartingWith("AD-1008");
    }

    private static String golden(String name) throws IOException {
        try (InputStream in = DumpRecordJsonTest.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), UTF_8);
        }
    }
}

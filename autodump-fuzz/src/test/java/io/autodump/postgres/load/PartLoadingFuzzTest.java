package io.autodump.postgres.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.autodump.core.dump.Checksum;
import io.autodump.core.dump.Compression;
import io.autodump.core.dump.DumpPart;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.port.DumpProgress;
import io.autodump.postgres.RecordedServer;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** What a server answers to {@code COPY … FROM STDIN} is the number of the part's rows, or becomes a message. */
class PartLoadingFuzzTest {
    private static final byte[] ROWS = "1\ta\n2\tb\n3\tc\n".getBytes(StandardCharsets.US_ASCII);
    private static final DumpPart PART = DumpPart.builder()
            .name("data/0001.copy")
            .table("public.orders")
            .addColumns("id", "note")
            .rows(3)
            .sourceBytes(ROWS.length)
            .storedBytes(ROWS.length)
            .checksum(new Checksum("0".repeat(64)))
            .compression(Compression.NONE)
            .build();

    /** The statements that prepare the session, and the one that begins the transaction. */
    private static final int BEFORE = 4;

    @FuzzTest
    void fuzz(byte[] input) throws InterruptedException {
        try (PartLoading loading = new PartLoading(
                () -> RecordedServer.connect(BEFORE, input),
                name -> new ByteArrayInputStream(ROWS),
                Optional.of("UTF8"),
                LoadListener.of(DumpProgress.SILENT))) {
            loading.run(List.of(PART), 1, () -> {});
            assertThat(new String(input, StandardCharsets.ISO_8859_1)).contains("COPY", "3");
        } catch (AutoDumpException refused) {
            assertThat(refused.code()).isIn(ErrorCode.RESTORE_FAILED, ErrorCode.RESTORE_DIFFERS);
        }
    }
}

package io.autodump.postgres.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.postgres.TestDumps;
import io.autodump.process.ChildProcess;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class OutputChecksTest {
    private static final String OPENING = "--\n-- PostgreSQL database dump\n--\n\n";
    private static final String SCRIPT = OPENING + "x".repeat(3000)
            + "\n--\n-- PostgreSQL database dump complete\n--\n\n" + "\\unrestrict " + "r".repeat(63) + "\n\n";

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 500, 1024, 1025, 10_000})
    void findsTheClosingLineHoweverTheScriptIsCutUp(int piece) {
        ClosingLineCheck check = new ClosingLineCheck();

        feed(check, SCRIPT, piece);

        assertThat(check.finish()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 1024, 10_000})
    void refusesAScriptThatGoesOnBehindItsClosingLine(int piece) {
        ClosingLineCheck check = new ClosingLineCheck();

        feed(check, SCRIPT + "y", piece);

        assertThatThrownBy(check::finish)
                .isInstanceOfSatisfying(
                        AutoDumpException.class,
                        failure -> assertThat(failure.code()).isEqualTo(ErrorCode.DUMP_INCOMPLETE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\\unrestrict other\n\n"})
    void refusesAScriptThatDoesNotLeaveTheRestrictedModeItEntered(String end) {
        ClosingLineCheck check = new ClosingLineCheck();

        feed(check, OPENING + "\\restrict word\n\n--\n-- PostgreSQL database dump complete\n--\n\n" + end, 16);

        assertThatThrownBy(check::finish).hasMessageContaining("nothing was published");
    }

    @Test
    void refusesWhatIsNoArchive() {
        ArchiveCheck check = ArchiveCheck.start(TestDumps.realClient(), ChildProcess.NO_REDACTION);
        try {
            feed(check, "this is no archive".repeat(100_000), 64 * 1024);

            assertThatThrownBy(check::finish)
                    .isInstanceOf(AutoDumpException.class)
                    .hasMessageContaining("it doesn't begin as an archive does");
        } finally {
            check.close();
        }
    }

    private static void feed(OutputCheck check, String text, int piece) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        for (int offset = 0; offset < bytes.length; offset += piece) {
            check.accept(bytes, offset, Math.min(piece, bytes.length - offset));
        }
    }
}

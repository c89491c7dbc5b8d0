package io.autodump.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A {@code pg_dump} that fails in every way: the command names the cause and publishes nothing. */
@Timeout(300)
class ProcessFaultIT {
    /** What the program does, and the errors that may come of it. */
    enum Fault {
        KILLED_HALFWAY("pg_dump \"$@\" | head -c 300000; kill -KILL $$", "AD-3022"),
        TERMINATED_HALFWAY("pg_dump \"$@\" | head -c 300000; kill -TERM $$", "AD-3022"),
        KILLED_BEFORE_ITS_FIRST_BYTE("kill -KILL $$", "AD-3022"),
        STOPPED("pg_dump \"$@\" | head -c 300000; kill -STOP $$", "AD-3023"),
        SILENT("sleep 3000", "AD-3023"),
        EXIT_1_AFTER_ALL("pg_dump \"$@\"; exit 1", "AD-3021"),
        EXIT_1_AT_ONCE("exit 1", "AD-3021"),
        WRITES_NOTHING("exit 0", "AD-3025"),
        WRITES_GARBAGE("head -c 500000 /dev/urandom", "AD-3025"),
        WRITES_ZEROS("head -c 500000 /dev/zero", "AD-3025"),
        WRITES_TWICE("pg_dump \"$@\"; pg_dump \"$@\"", "AD-3025"),
        WRITES_ON("pg_dump \"$@\"; yes | head -c 1000000", "AD-3025"),
        WRITES_WITHOUT_END("pg_dump \"$@\"; yes", "AD-3025 AD-3024"),
        LACKS_ITS_BEGINNING("pg_dump \"$@\" | tail -c +2", "AD-3025"),
        HAS_A_HOLE("pg_dump \"$@\" | ( head -c 300000; head -c 999 >/dev/null; cat )", "AD-3025"),
        ENDS_AFTER_1_BYTE("pg_dump \"$@\" | head -c 1", "AD-3025"),
        ENDS_IN_THE_MAGIC("pg_dump \"$@\" | head -c 4", "AD-3025"),
        ENDS_IN_THE_HEADER("pg_dump \"$@\" | head -c 20", "AD-3025"),
        ENDS_IN_THE_CONTENTS("pg_dump \"$@\" | head -c 1500", "AD-3025"),
        ENDS_IN_THE_FIRST_BLOCK("pg_dump \"$@\" | head -c 20000", "AD-3025"),
        ENDS_IN_A_BLOCK("pg_dump \"$@\" | head -c 3000000", "AD-3025"),
        LACKS_100_BYTES("pg_dump \"$@\" | head -c -100", "AD-3025"),
        LACKS_1_BYTE("pg_dump \"$@\" | head -c -1", "AD-3025"),
        SPEAKS_WITHOUT_END("pg_dump \"$@\"; yes error >&2", "AD-3024 AD-3023"),
        SPEAKS_ONE_LINE_WITHOUT_END("pg_dump \"$@\"; tr '\\0' x </dev/zero >&2", "AD-3024 AD-3023"),
        LEAVES_A_PROCESS_WITH_ITS_OUTPUT("( sleep 3000 & ); exec pg_dump \"$@\"", "AD-3023 AD-3024");

        private final String script;
        private final String codes;

        Fault(String script, String codes) {
            this.script = script;
            this.codes = codes;
        }
    }

    private static final Set<Fault> SHORT_FORM = Set.of(Fault.KILLED_HALFWAY, Fault.HAS_A_HOLE);

    @TempDir
    private Path folder;

    static Stream<Fault> faults() {
        return Arrays.stream(Fault.values())
                .filter(ChaosForm::isAskedFor)
                .filter(fault -> ChaosForm.isFull() || SHORT_FORM.contains(fault));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void publishesNothingAndNamesTheCause(Fault fault) {
        ChaosWorld world = new ChaosWorld(folder, ChaosDatabase.server());
        world.client(fault.script);
        world.configure("stall-timeout: PT4S\n");
        world.secret(world.server().secret(ChaosDatabase.SHOP), "\"autodump:timeout\": \"PT15S\"");

        ChaosProcess.Ended ended = world.autodump("dump", "orders").await(Duration.ofSeconds(60));

        world.assertFailed(ended, fault.codes.split(" "));
        assertThat(ended.err()).contains("nothing was published", "HINT: ");
        world.assertNothingPublished();
        world.assertRecovers();
    }
}

package io.autodump.cli.month;

import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.dump.DumpSettings;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.port.DumpSource;
import io.autodump.core.port.PreparedDump;
import io.autodump.core.testing.FakeDumpSource;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** The database server of the month, and what it saw. */
final class MonthServer implements DumpSource {
    private final MonthFaults faults;
    private final InstantSource clock;
    private final Random random;
    private final List<Attempt> attempts = new ArrayList<>();
    private boolean killed;

    MonthServer(MonthFaults faults, InstantSource clock, Random random) {
        this.faults = faults;
        this.clock = clock;
        this.random = random;
    }

    /** An attempt at a dump, as the server saw it. */
    record Attempt(String database, Instant at, boolean killed) {}

    List<Attempt> attempts() {
        return attempts;
    }

    /** Whether a dump has just ended with its process. */
    boolean wasKilled() {
        return killed;
    }

    void restarted() {
        killed = false;
    }

    @Override
    public PreparedDump prepare(DatabaseSecret secret, DumpSettings settings) {
        MonthDatabase database = MonthDatabase.ALL.stream()
                .filter(one -> one.database().orElse(one.secret()).equals(secret.database()))
                .findFirst()
                .orElseThrow();
        Instant now = clock.instant();
        boolean kills = faults.kill().database().equals(database.name())
                && !now.isBefore(faults.kill().from())
                && attempts.stream().noneMatch(Attempt::killed);
        attempts.add(new Attempt(database.name(), now, kills));
        if (kills) {
            killed = true;
            throw new KilledError();
        }
        if (faults.password().hits(database, now)) {
            throw new AutoDumpException(
                    ErrorCode.AUTHENTICATION_REFUSED, "the server refused the password", "correct the password");
        }
        byte[] rows = new byte[1000 + random.nextInt(100)];
        FakeDumpSource source =
                faults.broken().hits(database, now) ? FakeDumpSource.failingAfter(rows) : FakeDumpSource.printing(rows);
        return source.prepare(secret, settings);
    }

    /** Ends the thread of a dump as the end of its process does: nothing is cleaned up or reported. */
    private static final class KilledError extends Error {
        private static final long serialVersionUID = 1;
    }
}

package io.autodump.e2e;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** AutoDump as it runs somewhere, with one secret, and a clock that the test moves. */
interface Deployment extends AutoCloseable {
    /** How a run ended. */
    enum End {
        DUMPED,
        SUPERSEDED,
        NOT_DUMPED
    }

    /** Makes the secret, or changes it, as of now. */
    void secret(Map<String, String> tags, String database);

    void deleteSecret();

    /** What happens every few minutes. */
    void scan();

    /** A run waits that the original system has started. */
    void runOfTheOriginal(Instant when);

    /** The next two times that the secret is asked for, nothing answers. */
    void troubleTwice();

    /** From now on no run can be started. */
    void refuseStarts();

    /** Time passes, and all that is due by then has been dealt with once. */
    void timePassesUntil(Instant instant);

    /** An hour passes: whatever is tried again is, and scans have been made. Starts are possible again. */
    void anHourLater();

    /** The keys of the dumps that exist, every one verified. */
    List<String> dumps();

    /** Whatever lies where the dumps are, and belongs to none that exists. */
    List<String> leftovers();

    /** The instants of the runs that wait, in order. */
    List<Instant> waiting();

    /** How runs ended, one for each. */
    List<End> ends();

    /** What somebody was told of runs that failed. */
    List<String> told();

    @Override
    void close();
}

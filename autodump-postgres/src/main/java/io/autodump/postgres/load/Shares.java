package io.autodump.postgres.load;

import com.google.common.collect.Lists;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** Work on many relations, in shares that several sessions take one after the other. Used once. */
final class Shares {
    /** More shares than sessions, because they take different times. */
    private static final int PER_SESSION = 4;

    /** Work on some relations in one session. Must be thread-safe. */
    interface Work {
        void on(Connection session, Collection<RestoredRelation> relations) throws SQLException;
    }

    private final Queue<List<RestoredRelation>> waiting;
    private final int sessions;
    private @Nullable SQLException failure;

    private Shares(List<List<RestoredRelation>> shares, int sessions) {
        this.waiting = new ConcurrentLinkedQueue<>(shares);
        this.sessions = Math.min(sessions, shares.size());
    }

    /** Divides the relations among at most this many sessions. */
    static Shares of(List<RestoredRelation> relations, int sessions) {
        int size = Math.max(1, relations.size() / (sessions * PER_SESSION));
        return new Shares(Lists.partition(relations, size), sessions);
    }

    /**
     * Works in the given session and in others. Others that can't be opened are done without.
     *
     * @throws SQLException the first failure of the work; the others end their shares first
     */
    void run(PartLoading.Sessions opener, Connection session, Work work) throws SQLException, InterruptedException {
        List<Thread> others = new ArrayList<>();
        for (int i = 1; i < sessions; i++) {
            Thread other = new Thread(() -> openAndTake(opener, work), "autodump-tables");
            other.setDaemon(true);
            other.start();
            others.add(other);
        }
        take(session, work);
        for (Thread other : others) {
            other.join();
        }
        Optional<SQLException> failed = failure();
        if (failed.isPresent()) {
            throw failed.get();
        }
    }

    private void openAndTake(PartLoading.Sessions opener, Work work) {
        try (Connection session = opener.open()) {
            take(session, work);
        } catch (SQLException | RuntimeException unopened) {
            // The given session does it all then.
        }
    }

    private void take(Connection session, Work work) {
        for (List<RestoredRelation> share = waiting.poll(); share != null; share = waiting.poll()) {
            try {
                work.on(session, share);
            } catch (SQLException failed) {
                fail(failed);
            }
        }
    }

    private synchronized void fail(SQLException cause) {
        waiting.clear();
        if (failure == null) {
            failure = cause;
        }
    }

    private synchronized Optional<SQLException> failure() {
        return Optional.ofNullable(failure);
    }
}

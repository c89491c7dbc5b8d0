package io.autodump.cli.month;

import static org.assertj.core.api.Assertions.assertThat;

import io.autodump.cli.month.MonthServer.Attempt;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A month of ten databases with all that goes wrong: status, history, metrics, the page, and the messages by HTTP and
 * SMTP agree with each other and with what happened, to the run. The short form has all of that too, and looks for
 * overdue databases three times a day, not six. {@code -Dautodump.test.random=large} tries two seeds and looks more
 * often; {@code -Dautodump.test.seed=N} begins with another one.
 */
class SimulatedMonthTest {
    private static final boolean FULL = Boolean.getBoolean("autodump.test.full") || isLarge();
    private static final Duration STEP = Duration.ofMinutes(30);
    private static final Duration LOOKS = Duration.ofHours(FULL ? 4 : 8);
    private static final Duration SET_BACK = Duration.ofMinutes(45);
    private static final int ATTEMPTS = 3;

    @TempDir
    Path folder;

    static LongStream seeds() {
        long first = Long.getLong("autodump.test.seed", 2026);
        return LongStream.range(first, first + (isLarge() ? 2 : 1));
    }

    private static boolean isLarge() {
        return "large".equals(System.getProperty("autodump.test.random"));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void everyViewAgreesWithWhatHappened(long seed) throws IOException, InterruptedException {
        Random random = new Random(seed);
        MonthFaults faults = MonthFaults.of(random);
        try (MonthWorld world = new MonthWorld(folder, faults, random)) {
            Month month = new Month(world, faults, random);
            for (Instant now = MonthFaults.BEGIN; now.isBefore(MonthFaults.END); now = now.plus(STEP)) {
                month.live(now);
            }
            world.stop();
            month.checkEnd();
        } catch (AssertionError disagreement) {
            throw new AssertionError("-Dautodump.test.seed=" + seed + " " + faults, disagreement);
        }
    }

    private static final class Month {
        private final MonthWorld world;
        private final MonthFaults faults;
        private final Random random;
        private final MonthTruth truth;
        private final MonthMessages messages;

        Month(MonthWorld world, MonthFaults faults, Random random) {
            this.world = world;
            this.faults = faults;
            this.random = random;
            this.truth = new MonthTruth(faults);
            this.messages = new MonthMessages(truth);
            world.start(false);
        }

        /** Half an hour. */
        void live(Instant now) throws IOException, InterruptedException {
            world.setClock(now);
            change(now);
            if (!faults.off().isAt(now)) {
                tick(now);
            }
            if (isWorthALook(now) || random.nextInt(isLarge() ? 48 : 480) == 0) {
                MonthViews.check(world, truth);
            }
        }

        private void tick(Instant now) {
            world.tick();
            if (world.server().wasKilled()) {
                world.server().restarted();
                restart(now);
                world.tick();
            }
            messages.tick(now);
            // The scheduler looks more often, which takes its time.
            if (now.getEpochSecond() % LOOKS.toSeconds() == 0) {
                world.look();
                messages.look(now);
            }
            if (now.equals(Instant.parse("2026-10-31T08:30:00Z"))) {
                world.setClock(now.minus(SET_BACK));
                world.tick();
                world.setClock(now);
            }
        }

        /** While each trouble is at its worst, and after the long ones. */
        private boolean isWorthALook(Instant now) {
            return Stream.of(faults.password(), faults.pause(), faults.disk(), faults.off(), faults.broken())
                            .anyMatch(trouble -> now.plus(STEP).equals(trouble.to()))
                    || now.equals(faults.removal().from())
                    || now.equals(faults.off().to());
        }

        private void restart(Instant now) {
            world.stop();
            world.start(faults.disk().isAt(now));
        }

        private void change(Instant now) throws IOException {
            boolean off = now.equals(faults.off().from());
            if (off) {
                world.stop();
            } else if (List.of(
                            faults.disk().from(),
                            faults.disk().to(),
                            faults.off().to())
                    .contains(now)) {
                restart(now);
            }
            if (now.equals(faults.pause().from()) || now.equals(faults.pause().to())) {
                world.writeSecret(
                        database(faults.pause().database()),
                        now.equals(faults.pause().to()));
            }
            if (now.equals(faults.removal().from())) {
                MonthDatabase database = database(faults.removal().database());
                Instant newest = truth.newestDump(database, now).orElseThrow();
                world.remove(database, newest);
                truth.removed(newest);
            }
        }

        private static MonthDatabase database(String name) {
            return MonthDatabase.ALL.stream()
                    .filter(one -> one.name().equals(name))
                    .findFirst()
                    .orElseThrow();
        }

        void checkEnd() throws IOException, InterruptedException {
            MonthViews.check(world, truth);
            assertThat(world.problems()).isEmpty();
            assertThat(MonthMessages.received(world.web().hooks())).isEqualTo(messages.expected());
            assertThat(world.subjects())
                    .isEqualTo(MonthMessages.subjects(world.web().hooks()));
            for (MonthDatabase database : MonthDatabase.ALL) {
                checkAttempts(database);
            }
        }

        /** Each attempt that the server saw is one that the views and the dead man's switch know of. */
        private void checkAttempts(MonthDatabase database) {
            Map<Instant, String> runs = truth.all(database);
            List<Attempt> attempts = world.server().attempts().stream()
                    .filter(attempt -> attempt.database().equals(database.name()))
                    .toList();
            long failed = runsThat("failed", runs);
            long made = runsThat("made", runs);
            long killed = attempts.stream().filter(Attempt::killed).count();
            boolean missed = runs.containsValue("missed");
            assertThat(attempts)
                    .hasSize((int) (ATTEMPTS * failed + made + killed + (ATTEMPTS - 1) * madeBeside(database, runs)));
            if (database.database().isEmpty()) {
                assertThat(MonthMessages.pings(world.web().pings(), database.secret()))
                        .as("calls of %s", database.name())
                        .isEqualTo(new TreeMap<>(Map.of(
                                "/start",
                                (long) attempts.size(),
                                "/fail",
                                ATTEMPTS * failed + (missed ? 1 : 0),
                                "",
                                made)));
            }
        }

        /** The runs in which another database of the secret failed: they are tried again, and find the dump. */
        private long madeBeside(MonthDatabase database, Map<Instant, String> runs) {
            return MonthDatabase.ALL.stream()
                    .filter(other -> other.secret().equals(database.secret()) && !other.equals(database))
                    .map(truth::all)
                    .flatMap(others -> others.entrySet().stream())
                    .filter(run -> run.getValue().equals("failed") && "made".equals(runs.get(run.getKey())))
                    .count();
        }

        private static long runsThat(String outcome, Map<Instant, String> runs) {
            return runs.values().stream().filter(outcome::equals).count();
        }
    }
}

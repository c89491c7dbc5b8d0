package io.autodump.cli.month;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;

/**
 * What goes wrong in the month. All of it begins and ends at ten in the morning or eight in the evening, when no run
 * is due.
 *
 * @param password when the server refuses the password of a database
 * @param pause when a secret is paused
 * @param disk when the store takes nothing
 * @param off when no scheduler runs
 * @param broken when one of several databases of a secret can't be dumped
 * @param removal when the newest dump of a database is removed
 * @param kill the run in which the scheduler is killed
 */
record MonthFaults(
        Trouble password, Trouble pause, Trouble disk, Trouble off, Trouble broken, Trouble removal, Trouble kill) {
    static final Instant BEGIN = Instant.parse("2026-10-02T10:00:00Z");
    static final Instant END = Instant.parse("2026-11-02T10:00:00Z");

    /** Of one database; of all, if it has none. */
    record Trouble(String database, Instant from, Instant to) {
        boolean isAt(Instant instant) {
            return !instant.isBefore(from) && instant.isBefore(to);
        }

        boolean hits(MonthDatabase one, Instant instant) {
            return one.name().equals(database) && isAt(instant);
        }
    }

    static MonthFaults of(Random random) {
        return new MonthFaults(
                trouble(single(random), random, 2, 2, 3),
                trouble(single(random), random, 7, 2, 3),
                trouble("", random, 12, 2, 2),
                trouble("", random, 19, 2, 3),
                trouble("erp/hr", random, 24, 1, 3),
                trouble(single(random), random, 16, 2, 1),
                trouble(single(random), random, 1, 2, 8));
    }

    private static String single(Random random) {
        return MonthDatabase.ALL
                .get(random.nextInt(MonthDatabase.ALL.size() - 2))
                .name();
    }

    /** Begins on one of a few days, and lasts from half a day on. */
    private static Trouble trouble(String database, Random random, int day, int days, int longest) {
        int from = 2 * (day + random.nextInt(days)) + random.nextInt(2);
        return new Trouble(database, half(from), half(from + 1 + random.nextInt(2 * longest)));
    }

    /** Even halves begin at ten in the morning, odd ones at eight in the evening. */
    private static Instant half(int halves) {
        return BEGIN.plus(Duration.ofDays(halves / 2)).plus(Duration.ofHours(halves % 2 == 0 ? 0 : 10));
    }
}
